import { describe, expect, test } from 'vitest'
import type { Split } from '../contract/experiment'
import { createRandom } from '../models/random'
import type { EncodedInteractions } from './prepared'
import { type Parts, splitInteractions } from './split'
import { encodedOf, rowsOf } from './testing/interactions'

const split = (encoded: EncodedInteractions, rule: Split, seed = 1) =>
  splitInteractions(encoded, rule, createRandom(seed))
const itemsOf = ({ train, validation, test }: Parts) => ({
  train: rowsOf(train),
  validation: validation && rowsOf(validation),
  test: rowsOf(test),
})

describe('temporal', () => {
  const encoded = encodedOf(
    [
      [
        [0, 10],
        [1, 20],
        [2, 30],
        [3, 40],
      ],
      [
        [0, 15],
        [1, 20],
      ],
      [[4, 50]],
    ],
    5,
  )

  test('cuts at a global point in time; interactions at the point are held out', () => {
    expect(itemsOf(split(encoded, { strategy: 'temporal', quantile: 0.8, at: 20 }))).toEqual({
      train: [[0], [0], []],
      validation: null,
      test: [[1, 2, 3], [1], [4]],
    })
  })

  test('finds the point by a quantile and never separates equal timestamps', () => {
    const test = (quantile: number) => rowsOf(split(encoded, { strategy: 'temporal', quantile }).test)
    // In order: 10 15 20 20 30 40 50.
    expect(test(5 / 7)).toEqual([[3], [], [4]])
    expect(test(3 / 7)).toEqual([[1, 2, 3], [1], [4]])
    expect(test(0.29)).toEqual([[1, 2, 3], [1], [4]])
    expect(test(0.99)).toEqual([[], [], [4]])
  })

  test('reads dates as UTC', () => {
    const day = 24 * 3600
    const dated = encodedOf(
      [
        [
          [0, day - 1],
          [1, day],
          [2, day + 3600],
        ],
      ],
      3,
    )
    const at = (text: string) => rowsOf(split(dated, { strategy: 'temporal', quantile: 0.8, at: text }).test)
    expect(at('1970-01-02')).toEqual([[1, 2]])
    expect(at('1970-01-02T01:00:00Z')).toEqual([[2]])
    expect(at('1970-01-02T02:00:00+01:00')).toEqual([[2]])
  })

  test('validation comes after training and before the test', () => {
    const rule: Split = {
      strategy: 'temporal',
      quantile: 0.8,
      at: 40,
      validation: { strategy: 'temporal', quantile: 0.6 },
    }
    // Left for training: 10 15 20 20 30; three fifths of them lie below 20 as far as ties allow.
    expect(itemsOf(split(encoded, rule))).toEqual({
      train: [[0], [0], []],
      validation: [[1, 2], [1], []],
      test: [[3], [], [4]],
    })
  })

  test('a point outside the data is refused by its field', () => {
    const refusal = (rule: Split) => expect(() => split(encoded, rule))
    refusal({ strategy: 'temporal', quantile: 0.8, at: 51 }).toThrow(
      expect.objectContaining({ code: 'BAD_REQUEST', data: { field: 'split.at' } }),
    )
    refusal({ strategy: 'temporal', quantile: 0.8, at: 10 }).toThrow(/^split\.at: .*before/)
    refusal({ strategy: 'temporal', quantile: 0.8, at: '2024-01-31T12:00:00+05' }).toThrow(
      /^split\.at: .*cannot be read/,
    )
    refusal({ strategy: 'temporal', quantile: 0.01 }).toThrow(/^split\.quantile: .*before/)
    const inside: Split = { strategy: 'leave-one-out', validation: { strategy: 'temporal', quantile: 0.8, at: 99 } }
    refusal(inside).toThrow(expect.objectContaining({ data: { field: 'split.validation.at' } }))
  })
})

describe('predefined', () => {
  const encoded: EncodedInteractions = {
    ...encodedOf(
      [
        [
          [0, 1],
          [1, 2],
          [2, 3],
        ],
        [
          [3, 1],
          [4, 2],
        ],
      ],
      5,
    ),
    parts: Uint8Array.of(2, 0, 1, 0, 0),
  }

  test('takes the parts as they come', () => {
    expect(itemsOf(split(encoded, { strategy: 'predefined', train: 'a', validation: 'b', test: 'c' }))).toEqual({
      train: [[1], [3, 4]],
      validation: [[2], []],
      test: [[0], []],
    })
  })

  test('cuts validation off the training file where a strategy says so', () => {
    const parts = Uint8Array.of(2, 0, 0, 0, 0)
    const rule: Split = {
      strategy: 'predefined',
      train: 'a',
      test: 'c',
      validation: { strategy: 'leave-last-out', count: 1 },
    }
    expect(itemsOf(split({ ...encoded, parts }, rule))).toEqual({
      train: [[1], [3]],
      validation: [[2], [4]],
      test: [[0], []],
    })
  })

  test('is refused for data that was read from one file', () => {
    expect(() => split({ ...encoded, parts: null }, { strategy: 'predefined', train: 'a', test: 'c' })).toThrow(
      expect.objectContaining({ code: 'BAD_REQUEST', data: { field: 'split.strategy' } }),
    )
  })
})
