import { expect, test } from 'vitest'
import { createRandom } from '../models/random'
import { noItem, type TopLists } from './lists'
import { jaccard, meanOverlap, rankBiasedOverlap } from './overlap'

const list = (...items: number[]) => Uint32Array.from(items)

test('Jaccard counts shared items, whatever their order', () => {
  expect(jaccard(list(1, 2, 3), list(3, 4, 1))).toBe(2 / 4)
  expect(jaccard(list(1, 2), list(2, 1))).toBe(1)
  expect(jaccard(list(1), list(2))).toBe(0)
  expect(jaccard(list(), list(1))).toBe(0)
  expect(jaccard(list(), list())).toBe(1)
})

test('RBO, by hand', () => {
  // Overlaps 0, 2/2, 3/3 at depths 1 to 3: (1 - p)/p (p^2 + p^3) + p^3.
  const p = 0.9
  const expected = ((1 - p) / p) * (p ** 2 + p ** 3) + p ** 3
  expect(rankBiasedOverlap(list(1, 2, 3), list(2, 1, 3), p)).toBeCloseTo(expected, 12)
  // One item against two: agreement 1 at depth 1 goes on at depth 2, where half is seen and half assumed.
  expect(rankBiasedOverlap(list(1), list(1, 2), 0.5)).toBeCloseTo(1, 12)
  // The long list's second item is the short one's first: overlaps 0 and 1 of 2.
  expect(rankBiasedOverlap(list(2), list(1, 2), 0.5)).toBeCloseTo(0.5 ** 2 * (1 / 2) + (1 / 2) * 0.5 ** 2, 12)
})

test('RBO is 1 for the same list, 0 for disjoint ones, and the same both ways', () => {
  expect(rankBiasedOverlap(list(4, 2, 9), list(4, 2, 9), 0.7)).toBeCloseTo(1, 12)
  expect(rankBiasedOverlap(list(4, 2), list(1, 3, 5))).toBe(0)
  expect([rankBiasedOverlap(list(), list(1)), rankBiasedOverlap(list(), list())]).toEqual([0, 1])
  const [a, b] = [list(5, 1, 4), list(1, 2, 5, 3, 4, 6)]
  expect(rankBiasedOverlap(a, b)).toBe(rankBiasedOverlap(b, a))
})

test('RBO of long lists approaches its definition, the weighed mean of all overlaps', () => {
  const random = createRandom(3)
  const shuffled = () =>
    list(
      ...Array.from({ length: 400 }, (_, item) => [random.uniform(), item])
        .sort(([x], [y]) => x - y)
        .map(([, item]) => item),
    )
  const [a, b] = [shuffled(), shuffled()]
  const p = 0.9
  let sum = 0
  for (let depth = 1; depth <= 400; depth++) {
    const shared = a.subarray(0, depth).filter((item) => b.indexOf(item) < depth).length
    sum += (1 - p) * p ** (depth - 1) * (shared / depth)
  }
  expect(rankBiasedOverlap(a, b, p)).toBeCloseTo(sum, 12)
})

test('the overlap of two runs is the mean over users, of the first items, without who has no list', () => {
  const lists = (k: number, ...items: number[]): TopLists => ({
    k,
    users: list(5, 7, 9),
    items: list(...items),
    scores: new Float32Array(items.length),
  })
  const first = lists(3, 1, 2, 3, 4, noItem, noItem, noItem, noItem, noItem)
  const second = lists(2, 2, 1, noItem, noItem, noItem, noItem)
  // Of two items: the same ones in another order, overlaps 0 and 1; and a list beside none.
  const rbo = ((1 - 0.9) / 0.9) * 0.9 ** 2 + 0.9 ** 2
  expect(meanOverlap(first, second, 2)).toEqual({ k: 2, users: 2, jaccard: 1 / 2, rbo: expect.closeTo(rbo / 2, 12) })
  expect(meanOverlap(first, second, 1)).toEqual({ k: 1, users: 2, jaccard: 0, rbo: 0 })
})
