import { expect, test } from 'vitest'
import { assembleFeatures } from '../data/features/assemble'
import type { EncodedFeature } from '../data/features/encode'
import { preparedOf } from '../data/testing/interactions'
import { withEmptyUser, withOwnHistory } from './own-history'

const base = preparedOf({ train: [[0, 1], [2]], test: [[2], [0]] }, 3)
const historyOf = ({ offsets, itemIndices }: typeof base.train, user: number) => [
  ...itemIndices.subarray(offsets[user], offsets[user + 1]),
]

test('a user of the data has another history, and everyone else theirs', () => {
  const own = withOwnHistory(base, { kind: 'list-one', user: 1, history: { items: [0, 1], values: [1, 1] } })
  expect(own).toMatchObject({ user: 1, added: null })
  expect([0, 1].map((user) => historyOf(own.data.train, user))).toEqual([
    [0, 1],
    [0, 1],
  ])
})

test('one user more has the history, no features of their own, and interests by what they chose', () => {
  const named = { ...base, userIds: ['a', 'z'] }
  const own = withOwnHistory(named, { kind: 'list-one', user: null, history: { items: [2], values: [1] } })
  expect(own).toMatchObject({ user: 1, added: 1 })
  expect(own.data.userIds).toEqual(['a', 'what-if', 'z'])
  expect([0, 1, 2].map((user) => historyOf(own.data.train, user))).toEqual([[0, 1], [2], [2]])
  const block = (rowsOf: 'users' | 'items', group: string, rows: number): EncodedFeature => ({
    of: 'users',
    rowsOf,
    group,
    names: Array.from({ length: rows }, (_, row) => `${row}`),
    offsets: Uint32Array.from({ length: rows + 1 }, (_, row) => row),
    indices: Uint32Array.from({ length: rows }, (_, row) => row),
    values: new Float32Array(rows).fill(1),
  })
  const encoded = withEmptyUser([block('users', 'age', 2), block('items', 'genre', 3)], 1)
  const { users } = assembleFeatures(encoded, own.data.train)
  const columnsOf = (user: number) => [...users.indices.subarray(users.offsets[user], users.offsets[user + 1])]
  expect([0, 1, 2].map(columnsOf)).toEqual([[0, 2, 3], [4], [1, 4]])
})
