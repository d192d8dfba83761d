import { describe, expect, test } from 'vitest'
import type { HoldOut, Split } from '../contract/experiment'
import type { Interactions } from '../models/model'
import { createRandom, type Random } from '../models/random'
import { mergeParts } from './merge-parts'
import type { EncodedInteractions } from './prepared'
import { splitInteractions } from './split'
import { encodedOf, rowsOf } from './testing/interactions'

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
