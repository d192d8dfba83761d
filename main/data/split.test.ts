import { describe, expect, test } from 'vitest'
import type { HoldOut, Split } from '../contract/experiment'
import { createRandom } from '../models/random'
import type { EncodedInteractions } from './prepared'
import { countParts, type Parts, splitInteractions } from './split'
import { encodedOf, interactionsOf, rowsOf } from './testing/interactions'

const split = (encoded: EncodedInteractions, rule: Split, seed = 1) =>
  splitInteractions(encoded, rule, createRandom(seed))
const itemsOf = ({ train, validation, test }: Parts) => ({
  train: rowsOf(train),
  validation: validation && rowsOf(validation),
  test: rowsOf(test),
})
const withoutTimes = (encoded: EncodedInteractions): EncodedInteractions => ({ ...encoded, timestamps: null })

describe('leave-last-out', () => {
  test('takes the latest interactions, whatever their place in the file', () => {
    const encoded = encodedOf(
      [
        [
          [0, 30],
          [1, 10],
          [2, 20],
        ],
        [
          [3, 5],
          [4, 6],
        ],
      ],
      5,
    )
    expect(itemsOf(split(encoded, { strategy: 'leave-last-out', count: 1 }))).toEqual({
      train: [[1, 2], [3]],
      validation: null,
      test: [[0], [4]],
    })
  })

  test('of equal timestamps the later line is the later one', () => {
    const encoded = encodedOf(
      [
        [
          [0, 9],
          [1, 9],
          [2, 9],
        ],
      ],
      3,
    )
    const parts = split(encoded, {
      strategy: 'leave-last-out',
      count: 1,
      validation: { strategy: 'leave-last-out', count: 1 },
    })
    expect(itemsOf(parts)).toEqual({ train: [[0]], validation: [[1]], test: [[2]] })
  })

  test('a user keeps the earliest interaction, also where fewer exist than are asked for', () => {
    const encoded = encodedOf(
      [
        [[0, 1]],
        [
          [1, 1],
          [2, 2],
        ],
        [
          [3, 3],
          [4, 2],
          [5, 1],
          [6, 4],
        ],
        [],
      ],
      7,
    )
    const rule: Split = { strategy: 'leave-last-out', count: 2, validation: { strategy: 'leave-last-out', count: 1 } }
    expect(itemsOf(split(encoded, rule))).toEqual({
      train: [[0], [1], [5], []],
      validation: [[], [], [4], []],
      test: [[], [2], [3, 6], []],
    })
  })
})

describe('leave-one-out', () => {
  const history = Array.from({ length: 4 }, (_, item) => [item, item] as [number, number])

  test('takes one of each user, none of a user with a single one, and needs no times', () => {
    const encoded = withoutTimes(encodedOf([history, [[0, 0]], [], history], 4))
    const { train, test: held } = split(encoded, { strategy: 'leave-one-out' })
    expect(rowsOf(held).map((row) => row.length)).toEqual([1, 0, 0, 1])
    expect(rowsOf(train).map((row) => row.length)).toEqual([3, 1, 0, 3])
  })

  test('every interaction is as likely as another', () => {
    const encoded = encodedOf(
      Array.from({ length: 4000 }, () => history),
      4,
    )
    const drawn = rowsOf(split(encoded, { strategy: 'leave-one-out' }).test).flat()
    // Four standard deviations of a binomial distribution (n 4000, p 1/4).
    for (const item of [0, 1, 2, 3]) {
      expect(Math.abs(drawn.filter((other) => other === item).length - 1000)).toBeLessThan(4 * Math.sqrt(750))
    }
  })
})

describe('random', () => {
  const historyOf = (length: number) => Array.from({ length }, (_, item) => [item, item] as [number, number])

  test('per user the share is rounded to the nearest, halves up, and never everything', () => {
    const encoded = encodedOf([1, 2, 3, 5, 10, 12, 13].map(historyOf), 13)
    const sizes = (ratio: number) =>
      rowsOf(split(encoded, { strategy: 'random', ratio, per: 'user' }).test).map((row) => row.length)
    expect(sizes(0.2)).toEqual([0, 0, 1, 1, 2, 2, 3])
    expect(sizes(0.5)).toEqual([0, 1, 2, 3, 5, 6, 7])
    expect(sizes(0.95)).toEqual([0, 1, 2, 4, 9, 11, 12])
  })

  test('globally the share is of all interactions', () => {
    const encoded = encodedOf([5, 10, 1000].map(historyOf), 1000)
    const parts = split(encoded, { strategy: 'random', ratio: 0.25, per: 'global' })
    expect(parts.test.itemIndices.length).toBe(254)
    expect(parts.train.itemIndices.length).toBe(1015 - 254)
  })

  test('every interaction is as likely as another', () => {
    const encoded = encodedOf(
      Array.from({ length: 4000 }, () => historyOf(4)),
      4,
    )
    const drawn = rowsOf(split(encoded, { strategy: 'random', ratio: 0.5, per: 'user' }).test).flat()
    // Four standard deviations of a binomial distribution (n 4000, p 1/2).
    for (const item of [0, 1, 2, 3]) {
      expect(Math.abs(drawn.filter((other) => other === item).length - 2000)).toBeLessThan(4 * Math.sqrt(1000))
    }
  })

  test('the seed alone decides', () => {
    const encoded = encodedOf([30, 40].map(historyOf), 40)
    const drawn = (seed: number) => rowsOf(split(encoded, { strategy: 'random', ratio: 0.2, per: 'user' }, seed).test)
    expect(drawn(1)).toEqual(drawn(1))
    expect(drawn(2)).not.toEqual(drawn(1))
  })
})

test('strategies that need times refuse data without and say what to choose', () => {
  const encoded = withoutTimes(encodedOf([[[0, 0]], [[1, 0]]], 2))
  const rules: HoldOut[] = [
    { strategy: 'leave-last-out', count: 1 },
    { strategy: 'temporal', quantile: 0.8 },
  ]
  for (const rule of rules) {
    expect(() => split(encoded, rule)).toThrow(
      expect.objectContaining({
        code: 'BAD_REQUEST',
        data: { field: 'split.strategy' },
        message: expect.stringContaining('Choose random or leave-one-out'),
      }),
    )
    expect(() => split(encoded, { strategy: 'leave-one-out', validation: rule })).toThrow(
      expect.objectContaining({ data: { field: 'split.validation.strategy' } }),
    )
  }
})

test('countParts counts what occurs, and what occurs in the test part only', () => {
  const parts: Parts = {
    train: interactionsOf([[0, 0, 1], [], [2]], 5),
    foldIn: null,
    validation: interactionsOf([[], [3], []], 5),
    test: interactionsOf(
      [
        [3, 3],
        [0, 4],
        [1, 2],
      ],
      5,
    ),
  }
  expect(countParts(parts)).toEqual({
    train: { interactions: 4, users: 2, items: 3 },
    foldIn: null,
    validation: { interactions: 1, users: 1, items: 1 },
    test: { interactions: 6, users: 3, items: 5 },
    coldUsers: 1,
    coldItems: 2,
  })
  expect(countParts({ ...parts, validation: null }).validation).toBe(null)
  // Of whom a history is known is not cold; an item that nobody was trained on is.
  const foldIn = interactionsOf([[], [3, 4], []], 5)
  expect(countParts({ ...parts, foldIn })).toMatchObject({
    foldIn: { interactions: 2, users: 1, items: 2 },
    coldUsers: 0,
    coldItems: 2,
  })
})
