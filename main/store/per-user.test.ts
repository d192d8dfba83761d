import { afterAll, beforeAll, expect, test } from 'vitest'
import { dotName, valueCells } from '../contract/per-user'
import { emptyLists } from '../evaluation/lists'
import { openStore, type Store } from './index'
import { testFolder } from './testing/folder'

const { folder } = testFolder()
let store: Store
const users = Uint32Array.of(3, 5, 7, 8, 9, 11)
const values = {
  a: [0, 0.5, 0.5, 1, 1, 0.25],
  b: [0.5, 0.5, 0.5, 0, 1, 0.26],
  holes: [Number.NaN, 2, 4, 2, 2, 2],
}
beforeAll(async () => {
  store = await openStore(folder)
  for (const [run, column] of Object.entries(values)) {
    const metrics = { 'ndcg@10': Float64Array.from(column) }
    await store.saveRunResults(run, { lists: emptyLists(users, 1), userMetrics: { users, values: metrics } })
  }
})
afterAll(() => store.close())

test('values are counted by cells of the range of all runs', async () => {
  const spread = await store.valueSpread(['b', 'a'], 'ndcg@10')
  expect(spread).toMatchObject({ low: 0, high: 1 })
  const [b, a] = spread.runs
  expect([b.runId, a.runId]).toEqual(['b', 'a'])
  expect({ users: a.users, mean: a.mean }).toEqual({ users: 6, mean: 3.25 / 6 })
  expect([...a.counts]).toEqual([1, 1, 2, 2])
  expect([...a.cells]).toEqual([0, valueCells / 4, valueCells / 2, valueCells - 1])
})

test('an undefined value is no value, and a run without any is left out', async () => {
  const { low, high, runs } = await store.valueSpread(['holes', 'gone'], 'ndcg@10')
  expect([low, high, runs.length, runs[0].users]).toEqual([2, 4, 1, 5])
  expect(await store.valueSpread(['a'], 'coverage@10')).toEqual({ low: 0, high: 0, runs: [] })
  expect((await store.valuePairs('a', 'holes', 'ndcg@10')).users).toBe(5)
})

test('pairs say who is better off, exactly, also within a cell', async () => {
  const pairs = await store.valuePairs('a', 'b', 'ndcg@10')
  expect(pairs).toMatchObject({ users: 6, greater: 1, same: 3, less: 2 })
  const { first, second, counts, signs } = pairs.dots
  const dots = Array.from(counts, (count, at) => [first[at], second[at], signs[at], count])
  expect(dots).toEqual([
    [0, 0.5, -1, 1],
    [0.25, 0.26, -1, 1],
    [0.5, 0.5, 0, 2],
    [1, 0, 1, 1],
    [1, 1, 0, 1],
  ])
})

test('the users of dots are those of their values', async () => {
  const { dots } = await store.valuePairs('a', 'b', 'ndcg@10')
  const usersOf = async (...at: number[]) => [
    ...(await store.usersOfDots(
      'a',
      'b',
      'ndcg@10',
      at.map((place) => dotName(dots, place)),
    )),
  ]
  expect(await usersOf(2)).toEqual([5, 7])
  expect(await usersOf(0, 1)).toEqual([3, 11])
  expect(await usersOf(0, 1, 2, 3, 4)).toEqual([...users])
  expect(await usersOf()).toEqual([])
})
