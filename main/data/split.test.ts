import { describe, expect, test } from 'vitest'
import type { HoldOut, Split } from '../contract/experiment'
import type { Interactions } from '../models/model'
import { createRandom, type Random } from '../models/random'
import { mergeParts } from './merge-parts'
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

describe('on any data', () => {
  /** Users of 0 to 12 interactions, few distinct times and items, so that ties and repeats are common. */
  function randomData(random: Random): EncodedInteractions {
    const histories = Array.from({ length: 1 + random.integer(20) }, () =>
      Array.from({ length: random.integer(13) }, () => [random.integer(9), random.integer(15)] as [number, number]),
    )
    // Enough for every rule after every other one.
    for (let user = 0; user < 6; user++)
      histories.push([0, 4, 8, 12, 14].map((time) => [user, time] as [number, number]))
    return encodedOf(histories, 9)
  }

  const holdOuts: HoldOut[] = [
    { strategy: 'random', ratio: 0.3, per: 'user' },
    { strategy: 'random', ratio: 0.3, per: 'global' },
    { strategy: 'leave-last-out', count: 2 },
    { strategy: 'leave-one-out' },
    { strategy: 'temporal', quantile: 0.7 },
    { strategy: 'user-holdout', ratio: 0.2, fold_in: 0.8, tested: 'random' },
    { strategy: 'user-holdout', ratio: 0.2, fold_in: 0.5, tested: 'latest' },
    { strategy: 'k-fold', folds: 3, fold: 1, per: 'user' },
    { strategy: 'k-fold', folds: 3, fold: 2, per: 'global' },
  ]
  const pairs = holdOuts.flatMap((rule) => holdOuts.map((validation) => ({ rule, validation })))
  const nameOf = (rule: HoldOut) => Object.values(rule).join(' ')
  /** A row's place in the file, which `encodedOf` keeps as its value. */
  const rowsIn = (part: Interactions | null) => (part ? [...part.values] : [])
  const timesOf = (part: Interactions, user: number) => [
    ...part.timestamps!.subarray(part.offsets[user], part.offsets[user + 1]),
  ]

  for (const { rule, validation } of pairs) {
    test(`${nameOf(rule)}, then ${nameOf(validation)}: the parts are disjoint, complete and in order`, () => {
      for (let seed = 0; seed < 8; seed++) {
        const random = createRandom(seed)
        const encoded = randomData(random)
        const parts = splitInteractions(encoded, { ...rule, validation } as Split, random)
        const all = Object.values(parts).filter((part) => part !== null)
        const rows = all.flatMap(rowsIn)
        expect(rows.sort((a, b) => a - b)).toEqual([...encoded.values].sort((a, b) => a - b))
        for (const part of all) {
          expect(part.offsets.length).toBe(encoded.userIds.length + 1)
          expect(part.offsets.at(-1)).toBe(part.itemIndices.length)
          for (let user = 0; user < part.users; user++) {
            const times = timesOf(part, user)
            expect(times).toEqual(times.toSorted((a, b) => a - b))
          }
        }
        expect(parts.test.itemIndices.length).toBeGreaterThan(0)
        expect(parts.validation?.itemIndices.length).toBeGreaterThan(0)
        const holdsOutUsers = [rule, validation].some(({ strategy }) => strategy === 'user-holdout')
        expect(parts.foldIn !== null).toBe(holdsOutUsers)
        const merged = mergeParts(parts)
        // Whatever the split, the union is the data: the same rows of each user at the same times.
        expect([...merged.timestamps!]).toEqual([...encoded.timestamps!])
        expect(rowsIn(merged).sort((a, b) => a - b)).toEqual([...encoded.values].sort((a, b) => a - b))
        expect(rowsOf(merged).map((row) => row.length)).toEqual(
          encoded.userIds.map((_, user) => encoded.users.filter((other) => other === user).length),
        )
      }
    })
  }

  test('temporal: nothing held out lies before anything left for training, over all users', () => {
    for (let seed = 0; seed < 50; seed++) {
      const random = createRandom(seed)
      const encoded = randomData(random)
      const rule: Split = {
        strategy: 'temporal',
        quantile: 0.7,
        validation: { strategy: 'random', ratio: 0.2, per: 'user' },
      }
      const { train, validation, test: held } = splitInteractions(encoded, rule, random)
      const first = Math.min(...held.timestamps!)
      expect(Math.max(...train.timestamps!, ...validation!.timestamps!)).toBeLessThan(first)
    }
  })

  test('leave-last-out: nothing held out lies before what the user keeps, and no user loses everything', () => {
    for (let seed = 0; seed < 50; seed++) {
      const random = createRandom(seed)
      const encoded = randomData(random)
      const { train, test: held } = splitInteractions(encoded, { strategy: 'leave-last-out', count: 2 }, random)
      for (let user = 0; user < train.users; user++) {
        const [kept, taken] = [timesOf(train, user), timesOf(held, user)]
        if (taken.length > 0) expect(Math.max(...kept)).toBeLessThanOrEqual(Math.min(...taken))
        expect(kept.length > 0).toBe(kept.length + taken.length > 0)
        expect(taken.length).toBe(Math.min(2, Math.max(0, kept.length + taken.length - 1)))
      }
    }
  })
})

describe('mergeParts', () => {
  test('restores the order of time across parts; equal times keep training first', () => {
    const train = { ...interactionsOf([[0, 1, 2]], 6), timestamps: Float64Array.of(1, 5, 9) }
    const validation = { ...interactionsOf([[3]], 6), timestamps: Float64Array.of(5) }
    const held = { ...interactionsOf([[4, 5]], 6), timestamps: Float64Array.of(0, 9) }
    const merged = mergeParts({ train, foldIn: null, validation, test: held })
    expect(rowsOf(merged)).toEqual([[4, 0, 1, 3, 2, 5]])
    expect([...merged.timestamps!]).toEqual([0, 1, 5, 5, 9, 9])
  })

  test('without times, training comes first, then validation, then test', () => {
    const parts = {
      train: interactionsOf([[5], [1, 0]], 6),
      foldIn: null,
      validation: interactionsOf([[4], []], 6),
      test: interactionsOf([[0, 3], [2]], 6),
    }
    expect(rowsOf(mergeParts(parts))).toEqual([
      [5, 4, 0, 3],
      [1, 0, 2],
    ])
    expect(rowsOf(mergeParts({ ...parts, validation: null }))).toEqual([
      [5, 0, 3],
      [1, 0, 2],
    ])
    expect(mergeParts(parts).timestamps).toBe(null)
  })
})
