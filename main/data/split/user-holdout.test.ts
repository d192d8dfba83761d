import { expect, test } from 'vitest'
import type { Split } from '../../contract/experiment'
import { createRandom } from '../../models/random'
import type { EncodedInteractions } from '../prepared'
import { splitInteractions } from '../split'
import { encodedOf, rowsOf } from '../testing/interactions'

type Rule = Extract<Split, { strategy: 'user-holdout' }>

/** `users` users who have chosen items 0 to `length` - 1, one after another. */
function uniform(users: number, length: number): EncodedInteractions {
  return encodedOf(
    Array.from({ length: users }, () => Array.from({ length }, (_, item) => [item, item] as [number, number])),
    length,
  )
}

function cut(encoded: EncodedInteractions, rule: Partial<Rule>, seed = 1) {
  const whole: Rule = { strategy: 'user-holdout', ratio: 0.1, fold_in: 0.8, tested: 'random', ...rule }
  const parts = splitInteractions(encoded, whole, createRandom(seed))
  const lengthsOf = (part: typeof parts.foldIn) => (part ? rowsOf(part).map((row) => row.length) : [])
  return {
    ...parts,
    sizes: { train: lengthsOf(parts.train), foldIn: lengthsOf(parts.foldIn), test: lengthsOf(parts.test) },
  }
}

test('held-out users have a known history and a test part, and nothing in training', () => {
  const { sizes } = cut(uniform(50, 10), { ratio: 0.2 })
  const held = sizes.test.flatMap((size, user) => (size > 0 ? [user] : []))
  expect(held).toHaveLength(10)
  for (const [user, size] of sizes.train.entries()) {
    const isHeld = held.includes(user)
    expect([size, sizes.foldIn[user], sizes.test[user]]).toEqual(isHeld ? [0, 8, 2] : [10, 0, 0])
  }
})

test('the share of the known history is rounded, with one interaction at least on either side', () => {
  const sizesOf = (length: number, fold_in: number) => {
    const { sizes } = cut(uniform(3, length), { count: 1, fold_in })
    const user = sizes.test.findIndex((size) => size > 0)
    return [sizes.foldIn[user], sizes.test[user]]
  }
  expect(sizesOf(2, 0.8)).toEqual([1, 1])
  expect(sizesOf(3, 0.8)).toEqual([2, 1])
  expect(sizesOf(7, 0.8)).toEqual([6, 1])
  expect(sizesOf(8, 0.8)).toEqual([6, 2])
  expect(sizesOf(5, 0.01)).toEqual([1, 4])
})

test('the latest are tested where the rule says so', () => {
  const { foldIn, test: held } = cut(uniform(4, 5), { count: 1, tested: 'latest', fold_in: 0.6 })
  expect(rowsOf(held).filter((row) => row.length > 0)).toEqual([[3, 4]])
  expect(foldIn && rowsOf(foldIn).filter((row) => row.length > 0)).toEqual([[0, 1, 2]])
  const withoutTimes = { ...uniform(4, 5), timestamps: null }
  expect(() => cut(withoutTimes, { count: 1, tested: 'latest' })).toThrow(/^split\.strategy: .*needs a timestamp/)
  expect(cut(withoutTimes, { count: 1 }).sizes.test).toContain(1)
})

test('every user and every interaction is as likely as another', () => {
  const encoded = uniform(10, 4)
  const users = new Uint32Array(10)
  const items = new Uint32Array(4)
  const draws = 2000
  for (let seed = 0; seed < draws; seed++) {
    const { test: held } = cut(encoded, { count: 1, fold_in: 0.75 }, seed)
    users[rowsOf(held).findIndex((row) => row.length > 0)]++
    items[held.itemIndices[0]]++
  }
  // Four standard deviations of a binomial distribution.
  for (const count of users) expect(Math.abs(count - draws / 10)).toBeLessThan(4 * Math.sqrt(draws * 0.1 * 0.9))
  for (const count of items) expect(Math.abs(count - draws / 4)).toBeLessThan(4 * Math.sqrt(draws * 0.25 * 0.75))
})

test('users with a single interaction are never held out, and one user stays', () => {
  const encoded = encodedOf(
    [
      [[0, 0]],
      [
        [0, 0],
        [1, 1],
      ],
      [
        [0, 0],
        [1, 1],
      ],
    ],
    2,
  )
  expect(cut(encoded, { ratio: 0.9 }).sizes.test).toEqual([0, 1, 1])
  expect(cut(uniform(3, 2), { ratio: 0.99 }).sizes.test.filter((size) => size > 0)).toHaveLength(2)
  expect(() => cut(encoded, { count: 3 })).toThrow(
    expect.objectContaining({ code: 'BAD_REQUEST', data: { field: 'split.count' } }),
  )
  expect(() => cut(uniform(1, 5), {})).toThrow(/at most 0 users can be held out/)
})

test('validation users are other users, with known histories of their own', () => {
  const rule = {
    count: 5,
    validation: { strategy: 'user-holdout', ratio: 0.1, count: 3, fold_in: 0.5, tested: 'random' },
  }
  const { train, foldIn, validation, test: held } = cut(uniform(20, 4), rule as Partial<Rule>)
  const usersOf = (part: typeof foldIn) =>
    (part ? rowsOf(part) : []).flatMap((row, user) => (row.length > 0 ? [user] : []))
  expect(usersOf(held)).toHaveLength(5)
  expect(usersOf(validation)).toHaveLength(3)
  expect(usersOf(foldIn)).toEqual([...usersOf(held), ...usersOf(validation)].sort((a, b) => a - b))
  expect(usersOf(train)).toHaveLength(12)
  expect(new Set([...usersOf(train), ...usersOf(foldIn)]).size).toBe(20)
})
