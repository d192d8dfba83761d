import { expect, test } from 'vitest'
import { createSample } from './sample'

const sample = createSample()
const { users, items, ratings, timestamps, catalogue } = sample
const genresOf = new Map(catalogue.map(({ id, genres }) => [id, genres]))

/** Row numbers of each user, in order. */
function histories(): number[][] {
  const found = new Map<string, number[]>()
  users.forEach((user, row) => {
    found.set(user, [...(found.get(user) ?? []), row])
  })
  return [...found.values()]
}

test('is the same every time', () => {
  expect(createSample()).toEqual(sample)
})

test('has the promised size and shape', () => {
  expect(new Set(users).size).toBe(500)
  expect(catalogue.length).toBe(300)
  expect(new Set(catalogue.map(({ title }) => title)).size).toBe(300)
  expect(users.length).toBeGreaterThan(17_000)
  expect(users.length).toBeLessThan(23_000)
  for (const column of [items, ratings, timestamps]) expect(column.length).toBe(users.length)
  for (const { genres } of catalogue) expect([1, 2, 3]).toContain(genres.length)
  expect(new Set(catalogue.flatMap(({ genres }) => genres)).size).toBe(8)
  expect(items.every((item) => genresOf.has(item))).toBe(true)
  expect([...new Set(ratings)].sort()).toEqual([1, 2, 3, 4, 5])
})

test('each user meets an item once, in the order of time, within a year', () => {
  for (const rows of histories()) {
    expect(rows.length).toBeGreaterThanOrEqual(5)
    expect(new Set(rows.map((row) => items[row])).size).toBe(rows.length)
    const times = rows.map((row) => timestamps[row])
    expect(times).toEqual(times.toSorted((a, b) => a - b))
  }
  const span = timestamps.reduce((a, b) => Math.max(a, b)) - timestamps.reduce((a, b) => Math.min(a, b))
  expect(span).toBeLessThanOrEqual(366 * 24 * 3600)
})

test('a few items are far more popular than most', () => {
  const counts = catalogue.map(({ id }) => items.filter((item) => item === id).length).sort((a, b) => b - a)
  const share = (from: number, to: number) =>
    counts.slice(from, to).reduce((sum, count) => sum + count, 0) / items.length
  expect(share(0, 30)).toBeGreaterThan(2 * (30 / 300))
  expect(share(150, 300)).toBeLessThan(0.4)
})

/** Share of row pairs, chosen by `pairs`, whose items have a genre in common. */
function sharedGenre(pairs: Iterable<[number, number]>): number {
  let [shared, count] = [0, 0]
  for (const [a, b] of pairs) {
    count++
    if (genresOf.get(items[a])!.some((genre) => genresOf.get(items[b])!.includes(genre))) shared++
  }
  return shared / count
}

test('the genres of what a user liked say what the same user likes next', () => {
  const own = histories().flatMap((rows) => rows.slice(1).map((row, at) => [rows[at], row] as [number, number]))
  // The same items, each paired with one that somebody else chose, so that popular genres explain nothing.
  const foreign = own.map(([before], at) => [before, own[(at + 9973) % own.length][1]] as [number, number])
  expect(sharedGenre(own)).toBeGreaterThan(sharedGenre(foreign) + 0.1)
})

test('tastes drift: choices of one half of the year are more alike than choices across halves', () => {
  const middle = Date.UTC(2025, 0, 1) / 1000 + (365 / 2) * 24 * 3600
  const late = (row: number) => timestamps[row] > middle
  const pairs = histories().flatMap((rows) =>
    rows.flatMap((a, at) => rows.slice(at + 1).map((b) => [a, b] as [number, number])),
  )
  const within = [true, false].map((half) =>
    sharedGenre(pairs.filter(([a, b]) => late(a) === half && late(b) === half)),
  )
  const across = sharedGenre(pairs.filter(([a, b]) => late(a) !== late(b)))
  // Without drift the difference is 0.01: favourite items are used up first.
  expect(Math.min(...within) - across).toBeGreaterThan(0.03)
})

test('higher ratings go to the genres that a user chooses most', () => {
  let [liked, likedCount, other, otherCount] = [0, 0, 0, 0]
  for (const rows of histories()) {
    const counts = new Map<string, number>()
    for (const row of rows)
      for (const genre of genresOf.get(items[row])!) counts.set(genre, (counts.get(genre) ?? 0) + 1)
    const [favourite] = [...counts].sort((a, b) => b[1] - a[1])[0]
    for (const row of rows) {
      if (genresOf.get(items[row])!.includes(favourite)) {
        liked += ratings[row]
        likedCount++
      } else {
        other += ratings[row]
        otherCount++
      }
    }
  }
  expect(liked / likedCount).toBeGreaterThan(other / otherCount + 0.3)
})
