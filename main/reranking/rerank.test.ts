import { describe, expect, test } from 'vitest'
import { calibrate, divergence, mixOf } from './calibrate'
import type { Candidate, Catalogue } from './catalogue'
import { diversify, similarityOf } from './diversify'
import { rerank } from './rerank'
import { applyRules } from './rules'

/** Items 0 to 3 are of category 0, 4 and 5 of 1, 6 of both, 7 of none; item n has n users. */
const categories = [[0], [0], [0], [0], [1], [1], [0, 1], []]
const catalogue: Catalogue = { categoriesOf: (item) => categories[item], popularityOf: (item) => item }
const candidates = (...items: number[]): Candidate[] => items.map((item, at) => ({ item, score: 10 - at }))
const itemsOf = (list: readonly Candidate[]) => list.map(({ item }) => item)
const none = { only: null, mostOfCategory: null, leastPopularity: 0 }

test('rules leave what they allow, in its order', () => {
  const all = candidates(0, 1, 4, 2, 6, 5, 7)
  expect(itemsOf(applyRules(all, { ...none, only: 1 }, catalogue))).toEqual([4, 6, 5])
  expect(itemsOf(applyRules(all, { ...none, leastPopularity: 4 }, catalogue))).toEqual([4, 6, 5, 7])
  // 6 is of both categories, and 0 is full with 0 and 1.
  expect(itemsOf(applyRules(all, { ...none, mostOfCategory: 2 }, catalogue))).toEqual([0, 1, 4, 5, 7])
})

describe('diversity', () => {
  test('similarity is the cosine of categories', () => {
    expect(similarityOf(0, 1, catalogue)).toBe(1)
    expect(similarityOf(0, 6, catalogue)).toBeCloseTo(1 / Math.SQRT2, 12)
    expect(similarityOf(0, 4, catalogue)).toBe(0)
    expect(similarityOf(0, 7, catalogue)).toBe(0)
  })

  test('by hand: relevances 1, 2/3, 1/3, 0', () => {
    const all = candidates(0, 1, 2, 4)
    expect(itemsOf(diversify(all, { diversity: 0, k: 3 }, catalogue))).toEqual([0, 1, 2])
    // After 0 the others of category 0 are worth r / 2 - 1 / 2 < 0, and 4 is worth 0.
    expect(itemsOf(diversify(all, { diversity: 0.5, k: 3 }, catalogue))).toEqual([0, 4, 1])
    // 1 is worth 0.8 x 2/3 - 0.2 = 1/3, more than the 0 of 4.
    expect(itemsOf(diversify(all, { diversity: 0.2, k: 3 }, catalogue))).toEqual([0, 1, 2])
  })
})

describe('calibration', () => {
  test('an item is spread over its categories', () => {
    expect([...mixOf([0, 6, 7], catalogue)]).toEqual([
      [0, 0.75],
      [1, 0.25],
    ])
    expect(divergence(new Map([[0, 1]]), new Map([[0, 1]]))).toBeCloseTo(0, 12)
    expect(divergence(new Map([[0, 1]]), new Map([[1, 1]]))).toBeCloseTo(-Math.log(0.01), 12)
  })

  test('the mix of the list goes towards that of the history', () => {
    const all = candidates(0, 1, 2, 3, 4, 5)
    const known = [0, 4]
    expect(itemsOf(calibrate(all, { calibration: 0, k: 4 }, known, catalogue))).toEqual([0, 1, 2, 3])
    const list = itemsOf(calibrate(all, { calibration: 0.9, k: 4 }, known, catalogue))
    expect(divergence(mixOf(known, catalogue), mixOf(list, catalogue))).toBeCloseTo(0, 12)
    expect(list.toSorted()).toEqual([0, 1, 4, 5])
    expect(itemsOf(calibrate(all, { calibration: 0.9, k: 2 }, [7], catalogue))).toEqual([0, 1])
  })
})

test('all of them together: no more of a category than allowed, whatever else is asked for', () => {
  const all = candidates(0, 1, 2, 3, 4, 5, 6)
  const asked = { only: null, mostOfCategory: 1, leastPopularity: 1, diversity: 0.5, calibration: 0.5 }
  const list = itemsOf(rerank(all, asked, { k: 3, known: [0, 4], catalogue }))
  expect(list.toSorted()).toEqual([1, 4])
  const plain = { ...none, diversity: 0, calibration: 0 }
  expect(itemsOf(rerank(all, plain, { k: 3, known: [], catalogue }))).toEqual([0, 1, 2])
})
