import { describe, expect, test } from 'vitest'
import type { CleanStep } from '../../contract/clean'
import type { Row } from '../testing/interactions'
import { rated, recipeRunner, timed } from './testing/run-recipe'

// Steps that change values, and the fingerprint of what is left.

const cleaned = recipeRunner()

describe('event weights', () => {
  const rows: Row[] = ['view', 'cart', undefined, 'buy'].map((event, at) => ({
    user: 'a',
    item: `i${at}`,
    ...(event && { event }),
  }))
  test('become the ratings; weight 0 and no event leave rows out', async () => {
    const found = await cleaned(rows, [{ step: 'event-weights', weights: { view: 0, cart: 0.1, buy: 10, other: 5 } }])
    expect(found.left).toEqual([
      { row: 1n, rating: 0.1, timestamp: null },
      { row: 3n, rating: 10, timestamp: null },
    ])
  })
  test('must name every event, by its own name', async () => {
    const some = cleaned(rows, [{ step: 'event-weights', weights: { view: 1 } }])
    await expect(some).rejects.toThrow('gives no weight to buy, cart.')
    const odd = [
      { user: 'a', item: 'x', event: "it's" },
      { user: 'a', item: 'y', event: 'toString' },
    ]
    await expect(cleaned(odd, [{ step: 'event-weights', weights: { "it's": 1 } }])).rejects.toThrow(
      'weight to toString',
    )
    expect((await cleaned(odd, [{ step: 'event-weights', weights: { "it's": 2, toString: 0 } }])).ratings).toEqual([2])
  })
})

test.each<CleanStep>([
  { step: 'event-weights', weights: { buy: 1e39 } },
  { step: 'duplicates', keep: 'sum' },
  { step: 'noise', epsilon: 1e-320, sensitivity: 1, seed: 1 },
])('%j: ratings beyond 32-bit numbers are refused', async (step) => {
  const rows: Row[] = [3e38, 3e38].map((rating) => ({ user: 'a', item: 'x', rating, event: 'buy' }))
  await expect(cleaned(rows, [step])).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    data: { field: 'clean[0]' },
    message: expect.stringContaining('makes ratings too large'),
  })
})

describe('ratings on another scale', () => {
  test.each<[CleanStep, (number | null)[]]>([
    [{ step: 'rating-map', map: 'threshold', threshold: 3, others: 'drop' }, [1, 1]],
    [{ step: 'rating-map', map: 'threshold', threshold: 3, others: 'zero' }, [0, 1, 1, 0]],
    [{ step: 'rating-map', map: 'clip', min: 1, max: 3 }, [1, 3, 3, null]],
    [{ step: 'rating-map', map: 'clip', max: 3 }, [0, 3, 3, null]],
    [{ step: 'rating-map', map: 'clip' }, [0, 3, 7, null]],
    [{ step: 'rating-map', map: 'log2' }, [0, 2, 3, null]],
  ])('%j', async (step, ratings) => {
    expect((await cleaned(rated(0, 3, 7, undefined), [step])).ratings).toEqual(ratings)
  })
  test('ln is the natural logarithm of 1 + r', async () => {
    const { ratings } = await cleaned(rated(0, Math.E - 1, 9), [{ step: 'rating-map', map: 'ln' }])
    expect(ratings.map((rating) => Number(rating?.toFixed(12)))).toEqual([0, 1, Number(Math.LN10.toFixed(12))])
  })
  test('no logarithm where there is none', async () => {
    await expect(cleaned(rated(3, -1), [{ step: 'rating-map', map: 'log2' }])).rejects.toThrow('go down to -1')
  })
})

test.each<['hour' | 'day' | 'week' | 'month', string, string]>([
  ['hour', '2024-02-29T23:59:59Z', '2024-02-29T23:00:00Z'],
  ['day', '2024-02-29T23:59:59Z', '2024-02-29T00:00:00Z'],
  ['week', '2024-03-03T23:59:59Z', '2024-02-26T00:00:00Z'],
  ['week', '2024-03-04T00:00:00Z', '2024-03-04T00:00:00Z'],
  ['week', '1969-12-31T12:00:00Z', '1969-12-29T00:00:00Z'],
  ['month', '2024-02-29T23:59:59Z', '2024-02-01T00:00:00Z'],
  ['month', '1969-12-31T12:00:00Z', '1969-12-01T00:00:00Z'],
])('time coarsened to a %s: %s becomes %s', async (to, before, after) => {
  const { left } = await cleaned(timed('a', Date.parse(before) / 1000), [{ step: 'coarsen-time', to }])
  expect(left[0].timestamp).toBe(Date.parse(after) / 1000)
})

test('noise follows the Laplace distribution of scale sensitivity / epsilon, the same for the same seed', async () => {
  const size = 5000
  const rows = rated(...Array.from({ length: size }, () => 3))
  const noisy = async (seed: number) =>
    (await cleaned(rows, [{ step: 'noise', epsilon: 0.5, sensitivity: 4, seed }])).ratings.map(Number)
  const ratings = await noisy(1)
  const deviations = ratings.map((rating) => rating - 3).sort((a, b) => a - b)
  const cumulative = (x: number) => (x < 0 ? Math.exp(x / 8) / 2 : 1 - Math.exp(-x / 8) / 2)
  const distances = deviations.map((x, at) =>
    Math.max(Math.abs(cumulative(x) - at / size), Math.abs(cumulative(x) - (at + 1) / size)),
  )
  // Kolmogorov-Smirnov: the critical distance at the 1 % level.
  expect(Math.max(...distances)).toBeLessThan(1.63 / Math.sqrt(size))
  expect(await noisy(1)).toEqual(ratings)
  expect(await noisy(2)).not.toEqual(ratings)
})

describe('the content hash', () => {
  const rows: Row[] = [
    { user: 'a', item: 'x', rating: 1, timestamp: 5 },
    { user: 'b', item: 'y', rating: 2 },
    { user: 'b', item: 'y', rating: 2 },
  ]
  const hashOf = async (of: Row[]) => (await cleaned(of, [])).hash
  test('is the same for the same rows in any order', async () => {
    expect(await hashOf(rows.toReversed())).toBe(await hashOf(rows))
  })
  test.each<[string, Row[]]>([
    ['one row less often', rows.slice(0, 2)],
    ['another rating', [{ ...rows[0], rating: 1.5 }, ...rows.slice(1)]],
    ['no rating', [{ user: 'a', item: 'x', timestamp: 5 }, ...rows.slice(1)]],
    ['a letter that changes sides', [{ ...rows[0], user: 'ax', item: '' }, ...rows.slice(1)]],
  ])('is another for %s', async (_, other) => {
    expect(await hashOf(other)).not.toBe(await hashOf(rows))
  })
})
