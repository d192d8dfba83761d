import { expect, test } from 'vitest'
import type { Split } from '../../contract/experiment'
import { createRandom } from '../../models/random'
import { splitInteractions } from '../split'
import { encodedOf } from '../testing/interactions'

/** Rows carry their place in the file as their value. */
const lengths = [1, 2, 3, 7, 12, 0, 4]
const encoded = encodedOf(
  lengths.map((length) => Array.from({ length }, (_, item) => [item, item] as [number, number])),
  12,
)
const foldOf = (fold: number, rule: Partial<Extract<Split, { strategy: 'k-fold' }>> = {}, seed = 5) =>
  splitInteractions(encoded, { strategy: 'k-fold', folds: 5, fold, per: 'user', ...rule }, createRandom(seed)).test

for (const per of ['user', 'global'] as const) {
  test(`the folds of ${per} hold everything exactly once, in sizes that differ by one at most`, () => {
    const folds = [0, 1, 2, 3, 4].map((fold) => foldOf(fold, { per }))
    const rows = folds.flatMap(({ values }) => [...values])
    expect(rows.sort((a, b) => a - b)).toEqual(Array.from({ length: 29 }, (_, row) => row))
    expect(folds.map(({ itemIndices }) => itemIndices.length).sort()).toEqual([5, 6, 6, 6, 6])
  })
}

test('a user’s share of any two folds differs by one at most', () => {
  for (const [user, length] of lengths.entries()) {
    const sizes = [0, 1, 2, 3, 4].map((fold) => {
      const { offsets } = foldOf(fold)
      return offsets[user + 1] - offsets[user]
    })
    expect(sizes.reduce((sum, size) => sum + size)).toBe(length)
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
  }
})

test('another seed deals otherwise', () => {
  expect([...foldOf(0, {}, 6).values]).not.toEqual([...foldOf(0).values])
})

test('validation cut off by k-fold is no fold of the test part', () => {
  const rule: Split = {
    strategy: 'k-fold',
    folds: 5,
    fold: 0,
    per: 'user',
    validation: { strategy: 'k-fold', folds: 5, fold: 0, per: 'user' },
  }
  const { validation, test: held } = splitInteractions(encoded, rule, createRandom(5))
  const tested = new Set(held.values)
  expect(validation?.values.length).toBeGreaterThan(0)
  expect([...(validation?.values ?? [])].filter((row) => tested.has(row))).toEqual([])
})

test('a fold that does not exist is refused by its field', () => {
  expect(() => foldOf(5)).toThrow(
    expect.objectContaining({
      code: 'BAD_REQUEST',
      data: { field: 'split.fold' },
      message: 'split.fold: with 5 folds it takes a whole number from 0 to 4.',
    }),
  )
})
