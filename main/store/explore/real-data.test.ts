import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Exploration } from '../../contract/exploration'
import type { Filter } from '../../contract/filters'
import { openStore, type Store } from '../index'
import { testFolder } from '../testing/folder'
import { quiet } from '../testing/read'

const data = process.env.TOPN_DATA ?? resolve(import.meta.dirname, '../../../../shared/data')
const { folder } = testFolder()

interface Row {
  user: string
  item: string
  rating: number
  time: number
}

/** How many rows have each key, by plain counting. */
function countBy<K>(rows: readonly Row[], key: (row: Row) => K): Map<K, number> {
  const counts = new Map<K, number>()
  for (const row of rows) counts.set(key(row), (counts.get(key(row)) ?? 0) + 1)
  return counts
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const within = (value: number, { from, to }: { from: number; to: number }) => value >= from && value <= to

/** The Gini coefficient as the mean difference over twice the mean, by the ranks of the sorted values. */
function gini(counts: number[]): number {
  const sorted = counts.toSorted((a, b) => a - b)
  const weighted = sorted.reduce((sum, value, at) => sum + (2 * (at + 1) - sorted.length - 1) * value, 0)
  return weighted / (sorted.length * sorted.reduce((sum, value) => sum + value, 0))
}

/** All that `found` says of `rows`, which are what is left of `all`, counted once more. */
function expectCounted(found: Exploration, all: Row[], rows: Row[], titles: Map<string, string>): void {
  const [users, items] = [countBy(rows, ({ user }) => user), countBy(rows, ({ item }) => item)]
  expect(found.left).toMatchObject({
    interactions: rows.length,
    users: users.size,
    items: items.size,
    density: rows.length / (users.size * items.size),
    repeats: 0,
    firstTimestamp: Math.min(...rows.map(({ time }) => time)),
    lastTimestamp: Math.max(...rows.map(({ time }) => time)),
  })
  for (const [of, left, whole] of [
    ['users', users, countBy(all, ({ user }) => user)],
    ['items', items, countBy(all, ({ item }) => item)],
  ] as const) {
    const counts = [...left.values()]
    const activity = found.activity?.[of]
    const expected = activity?.bins.map(
      (bin) => [...left.keys()].filter((id) => within(whole.get(id) ?? 0, bin)).length,
    )
    expect(activity?.bins.map(({ count }) => count)).toEqual(expected)
    expect(expected?.reduce((sum, count) => sum + count)).toBe(left.size)
    expect(activity?.mean).toBeCloseTo(mean(counts), 10)
    expect(activity?.maximum).toBe(Math.max(...counts))
    expect(found.tail?.[of].gini).toBeCloseTo(gini(counts), 10)
  }
  const ratings = found.ratings
  expect(ratings?.bins.map(({ count }) => count)).toEqual(
    ratings?.bins.map((bin) => rows.filter(({ rating }) => within(rating, bin)).length),
  )
  expect(ratings?.mean).toBeCloseTo(mean(rows.map(({ rating }) => rating)), 10)
  expectTimes(found, all, rows)
  const popular = [...items].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, 50)
  expect(found.popularItems?.map(({ item, title, interactions }) => [item, title, interactions])).toEqual(
    popular.map(([item, count]) => [item, titles.get(item) ?? null, count]),
  )
}

function expectTimes(found: Exploration, all: Row[], rows: Row[]): void {
  const first = (key: (row: Row) => string) => {
    const seen = new Set<string>()
    return new Set(all.toSorted((a, b) => a.time - b.time).filter((row) => !seen.has(key(row)) && seen.add(key(row))))
  }
  const [firstOfUser, firstOfItem] = [first(({ user }) => user), first(({ item }) => item)]
  const bins = found.time?.bins ?? []
  const inBins = (some: Row[]) => bins.map((bin) => some.filter(({ time }) => within(time, bin)).length)
  expect(bins.map(({ count }) => count)).toEqual(inBins(rows))
  expect(bins.map(({ newUsers }) => newUsers)).toEqual(inBins(rows.filter((row) => firstOfUser.has(row))))
  expect(bins.map(({ newItems }) => newItems)).toEqual(inBins(rows.filter((row) => firstOfItem.has(row))))
  const calendar = Array.from({ length: 7 }, () => new Array(24).fill(0))
  for (const { time } of rows)
    calendar[(new Date(time * 1000).getUTCDay() + 6) % 7][new Date(time * 1000).getUTCHours()]++
  expect(found.calendar).toEqual(calendar)
}

describe.skipIf(!existsSync(data))('ml-100k (skipped where TOPN_DATA and ../shared/data are absent)', () => {
  let store: Store
  let id: string
  let rows: Row[]
  const titles = new Map<string, string>()
  beforeAll(async () => {
    store = await openStore(folder)
    const source = {
      interactions: join(data, 'ml-100k/u.data'),
      items: { path: join(data, 'ml-100k/u.item') },
      clean: [],
    }
    id = (await store.loadDataset({ source, name: 'ml-100k', ...quiet() })).id
    rows = readFileSync(join(data, 'ml-100k/u.data'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split('\t'))
      .map(([user, item, rating, time]) => ({ user, item, rating: Number(rating), time: Number(time) }))
    for (const line of readFileSync(join(data, 'ml-100k/u.item'), 'latin1').trim().split('\n')) {
      titles.set(line.split('|')[0], line.split('|')[1])
    }
  })
  afterAll(() => store.close())

  const explore = (filters: Filter[]) =>
    store.explore({ datasetId: id, clean: [], filters, signal: new AbortController().signal })

  test('all of it, counted once more', async () => {
    const found = await explore([])
    expect(found.all).toEqual(found.left)
    expect(found.time?.unit).toBe('week')
    expect(found.tail?.items.head.interactions).toBeGreaterThanOrEqual(20_000)
    expectCounted(found, rows, rows, titles)
  })

  test('what several filters leave, counted once more', async () => {
    const numberOf = countBy(rows, ({ user }) => user)
    const filters: Filter[] = [
      { by: 'time', from: 880_000_000, to: 888_000_000 },
      { by: 'rating', from: 2, to: 4 },
      { by: 'user-interactions', from: 40, to: 250 },
      { by: 'calendar', weekdays: [1, 2, 7], hours: [17, 18, 19, 20, 21, 22, 23] },
      { by: 'text', of: 'items', contains: 'the' },
    ]
    const left = rows.filter(({ user, item, rating, time }) => {
      const date = new Date(time * 1000)
      const many = numberOf.get(user) ?? 0
      return (
        time >= 880_000_000 &&
        time <= 888_000_000 &&
        rating >= 2 &&
        rating <= 4 &&
        many >= 40 &&
        many <= 250 &&
        date.getUTCDay() <= 2 &&
        date.getUTCHours() >= 17 &&
        titles.get(item)?.toLowerCase().includes('the')
      )
    })
    expect(left.length).toBeGreaterThan(500)
    const found = await explore(filters)
    expect(found.all.interactions).toBe(100_000)
    expectCounted(found, rows, left, titles)
  })
})
