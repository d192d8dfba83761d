import { afterAll, beforeAll, expect, test } from 'vitest'
import { emptyLists } from '../evaluation/lists'
import { openStore, type Store } from './index'
import { testFolder } from './testing/folder'

const { folder } = testFolder()
let store: Store
beforeAll(async () => {
  store = await openStore(folder)
  const values = {
    a: [0.1, 0.5, 0.3, 0.9],
    b: [0.2, 0.4, 0.3, 0.5],
    c: [0, 0, 1, 1],
  }
  for (const [run, column] of Object.entries(values)) {
    const users = Uint32Array.of(3, 5, 7, 8)
    const metrics = { 'ndcg@10': Float64Array.from(column), 'recall@10': new Float64Array(4) }
    await store.saveRunResults(run, { lists: emptyLists(users, 1), userMetrics: { users, values: metrics } })
  }
})
afterAll(() => store.close())

/** Variance of a sample, by its definition. */
function variance(values: number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)
}

test('the spread of differences over users, pooled over pairs of runs', async () => {
  const ab = variance([-0.1, 0.1, 0, 0.4])
  const ac = variance([0.1, 0.5, -0.7, -0.1])
  const bc = variance([0.2, 0.4, -0.7, -0.5])
  const two = await store.deviationOfDifferences(['b', 'a'], 'ndcg@10')
  expect(two).toEqual({ deviation: expect.closeTo(Math.sqrt(ab), 12), comparisons: 1 })
  const three = await store.deviationOfDifferences(['a', 'b', 'c'], 'ndcg@10')
  expect(three).toEqual({ deviation: expect.closeTo(Math.sqrt((ab + ac + bc) / 3), 12), comparisons: 3 })
})

test('without a pair there is none', async () => {
  const none = { deviation: null, comparisons: 0 }
  for (const runs of [[], ['a'], ['a', 'gone']])
    expect(await store.deviationOfDifferences(runs, 'ndcg@10')).toEqual(none)
  expect(await store.deviationOfDifferences(['a', 'b'], 'map@3')).toEqual(none)
  expect(await store.deviationOfDifferences(['a', 'b'], 'recall@10')).toEqual({ deviation: 0, comparisons: 1 })
})
