import { expect, test } from 'vitest'
import type { Interactions } from '../models/model'
import type { PreparedData } from './prepared'
import { withHistory, withUser } from './with-history'

const part = (offsets: number[], items: number[], times: number[]): Interactions => ({
  users: offsets.length - 1,
  items: 5,
  offsets: Uint32Array.from(offsets),
  itemIndices: Uint32Array.from(items),
  values: Float32Array.from(items, () => 3),
  timestamps: Float64Array.from(times),
})
const data: PreparedData = {
  hash: 'h',
  userIds: ['2', '10', 'b'],
  itemIds: ['p', 'q', 'r', 's', 't'],
  titles: null,
  train: part([0, 2, 4, 5], [0, 1, 1, 2, 3], [10, 20, 5, 90, 30]),
  foldIn: null,
  validation: null,
  test: part([0, 1, 1, 2], [4, 4], [95, 96]),
  candidates: { users: Uint32Array.of(0, 2), offsets: Uint32Array.of(0, 1, 2), items: Uint32Array.of(4, 4) },
}

test('one row is another history, all others are as they were', () => {
  const { train, test: held } = withHistory(data, 1, { items: [3, 1, 4], values: [1, 3, 2] })
  expect([...train.offsets]).toEqual([0, 2, 5, 6])
  expect([...train.itemIndices]).toEqual([0, 1, 3, 1, 4, 3])
  expect([...train.values]).toEqual([3, 3, 1, 3, 2, 3])
  // Item 1 had time 5, but follows one of the latest time, 90.
  expect([...(train.timestamps ?? [])]).toEqual([10, 20, 90, 90, 90, 30])
  expect(held).toBe(data.test)
  expect([...data.train.itemIndices]).toEqual([0, 1, 1, 2, 3])
})

test('a history that became shorter, and one without anything', () => {
  expect([...withHistory(data, 0, { items: [1], values: [3] }).train.offsets]).toEqual([0, 1, 3, 4])
  const { train } = withHistory(data, 0, { items: [], values: [] })
  expect([...train.offsets]).toEqual([0, 0, 2, 3])
  expect([...train.itemIndices]).toEqual([1, 2, 3])
})

test('one more user stands where the order of ids puts them, and has nothing', () => {
  const { data: grown, user } = withUser(data, 'a')
  expect(user).toBe(2)
  expect(grown.userIds).toEqual(['2', '10', 'a', 'b'])
  expect([...grown.train.offsets]).toEqual([0, 2, 4, 4, 5])
  expect([...grown.test.offsets]).toEqual([0, 1, 1, 1, 2])
  expect([...(grown.candidates?.users ?? [])]).toEqual([0, 3])
  expect(withUser(data, 'z').user).toBe(3)
  expect([...withUser(data, 'z').data.train.offsets]).toEqual([0, 2, 4, 5, 5])
})
