import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RunRecord } from '../contract/records'
import { emptyLists, noItem } from '../evaluation/lists'
import { openStore, type Store } from './index'
import { testFolder } from './testing/folder'

const { folder } = testFolder()
let store: Store
beforeAll(async () => {
  store = await openStore(folder)
})
afterAll(() => store.close())

describe('runs', () => {
  const record = (id: string, createdAt: string) =>
    ({
      id,
      createdAt,
      metrics: { 'ndcg@10': 0.1 },
      tags: ['a'],
      notes: 'b',
      bytes: 3,
      dataHash: 'c',
      leftOut: {},
    }) as unknown as RunRecord

  test('of an older version get what they lack', async () => {
    await store.saveRun({ id: 'old', createdAt: '2025-01-01' } as RunRecord)
    const [old] = await store.runs()
    expect(old).toEqual({
      id: 'old',
      createdAt: '2025-01-01',
      tags: [],
      notes: '',
      bytes: 0,
      dataHash: '',
      leftOut: {},
    })
    await store.deleteRun('old')
  })

  test('are kept as they are, the oldest first, the newest version of each', async () => {
    await store.saveRun(record('b', '2026-01-02'))
    await store.saveRun(record('a', '2026-01-01'))
    await store.saveRun({ ...record('b', '2026-01-02'), name: "it's" })
    expect(await store.runs()).toEqual([record('a', '2026-01-01'), { ...record('b', '2026-01-02'), name: "it's" }])
  })

  test('with lists of any length for any user', async () => {
    const lists = emptyLists(Uint32Array.of(3, 1), 2)
    lists.items.set([7, 5, 9])
    lists.scores.set([0.5, -0.25, 1])
    const values = { 'recall@2': Float64Array.of(0.1, Number.NaN) }
    const results = { lists, userMetrics: { users: Uint32Array.of(3, 1), values } }
    await store.saveRunResults('a', results)
    await store.saveRunResults('a', results)
    expect(await store.listOf('a', 3)).toEqual({ items: Uint32Array.of(7, 5), scores: Float32Array.of(0.5, -0.25) })
    expect(await store.listOf('a', 1)).toEqual({ items: Uint32Array.of(9), scores: Float32Array.of(1) })
    expect(await store.listOf('a', 2)).toBeNull()
    expect(lists.items[3]).toBe(noItem)
    await store.copyRunResults('a', 'copy')
    await store.copyRunResults('a', 'copy')
    expect(await store.listOf('copy', 3)).toEqual(await store.listOf('a', 3))
    await store.deleteRun('a')
    expect(await store.listOf('a', 3)).toBeNull()
    expect((await store.runs()).map(({ id }) => id)).toEqual(['b'])
    expect((await store.listOf('copy', 1))?.items).toEqual(Uint32Array.of(9))
  })
})

test('settings are any JSON under any key, the newest of each', async () => {
  await store.remember('columns', ['a'])
  await store.remember('columns', { widths: [1, 2.5], sorted: null })
  await store.remember('__proto__', "it's")
  const settings = await store.settings()
  expect(Object.entries(settings)).toEqual([
    ['__proto__', "it's"],
    ['columns', { widths: [1, 2.5], sorted: null }],
  ])
})

test('writes of the same row at the same moment all succeed, and the last one stays', async () => {
  const values = Array.from({ length: 20 }, (_, at) => at)
  await Promise.all(values.map((value) => store.remember('counter', value)))
  expect((await store.settings()).counter).toBe(19)
  const run = { id: 'busy', createdAt: '2026-01-03' } as RunRecord
  await Promise.all(values.map((seed) => store.saveRun({ ...run, seed })))
  expect((await store.runs()).find(({ id }) => id === 'busy')).toMatchObject({ seed: 19 })
})
