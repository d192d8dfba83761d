import { expect, test } from 'vitest'
import { createRandom } from '../models/random'
import type { PreparedData } from './prepared'
import { shareOfUsers } from './share-of-users'
import { preparedOf, rowsOf } from './testing/interactions'

const rows = Array.from({ length: 300 }, (_, user) => [user % 7, (user + 1) % 7])
const data = preparedOf({ train: rows, test: rows.map(([first]) => [first]) }, 7)
const usersOf = ({ train }: PreparedData) => rowsOf(train).flatMap((row, user) => (row.length > 0 ? [user] : []))
const share = (size: number, seed = 1) => shareOfUsers(data, size, createRandom(seed))

test('keeps whole users, those that are judged among them, and the numbers of all', () => {
  const third = share(1 / 3)
  const kept = usersOf(third)
  expect(kept.length).toBeGreaterThan(75)
  expect(kept.length).toBeLessThan(125)
  for (const user of rows.keys()) {
    expect(rowsOf(third.train)[user]).toEqual(kept.includes(user) ? rows[user] : [])
    expect(rowsOf(third.test)[user]).toEqual(kept.includes(user) ? [rows[user][0]] : [])
  }
  expect([third.train.users, third.train.items]).toEqual([300, 7])
})

test('a larger share has all users of a smaller one; the seed draws them; the whole is the data itself', () => {
  const [small, large] = [usersOf(share(1 / 9)), usersOf(share(1 / 3))]
  for (const user of small) expect(large).toContain(user)
  expect(usersOf(share(1 / 3, 2))).not.toEqual(large)
  expect(share(1)).toBe(data)
})

test('users that are held out wholly are all judged', () => {
  const held = { ...data, foldIn: data.test }
  expect(rowsOf(shareOfUsers(held, 1 / 9, createRandom(1)).test)).toEqual(rowsOf(data.test))
})
