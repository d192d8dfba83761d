import type { Interactions } from '../../models/model'
import { interactionsOf } from '../../models/testing'
import type { EncodedInteractions, PreparedData } from '../prepared'

export { interactionsOf }

/** The items of each user, the other way round. */
export function rowsOf({ users, offsets, itemIndices }: Interactions): number[][] {
  return Array.from({ length: users }, (_, user) => [...itemIndices.subarray(offsets[user], offsets[user + 1])])
}

/**
 * One user after another, each a list of [item, timestamp] in file order, sorted by time as the store sorts it. Values
 * are the row's number in the file, so that a test can tell equal rows apart.
 */
export function encodedOf(histories: readonly (readonly [number, number][])[], items: number): EncodedInteractions {
  let file = 0
  const rows = histories.flatMap((history, user) =>
    history
      .map(([item, timestamp]) => ({ user, item, timestamp, value: file++ }))
      .sort((a, b) => a.timestamp - b.timestamp || a.value - b.value),
  )
  return {
    userIds: histories.map((_, user) => `user-${user}`),
    itemIds: Array.from({ length: items }, (_, item) => `item-${item}`),
    titles: null,
    users: Uint32Array.from(rows, ({ user }) => user),
    items: Uint32Array.from(rows, ({ item }) => item),
    values: Float32Array.from(rows, ({ value }) => value),
    timestamps: Float64Array.from(rows, ({ timestamp }) => timestamp),
    parts: null,
  }
}

/** Prepared data of parts that were written down. */
export function preparedOf(
  parts: { train: number[][]; foldIn?: number[][]; validation?: number[][]; test: number[][] },
  items: number,
): PreparedData {
  return {
    hash: 'test',
    userIds: parts.train.map((_, user) => `user-${user}`),
    itemIds: Array.from({ length: items }, (_, item) => `item-${item}`),
    titles: null,
    train: interactionsOf(parts.train, items),
    foldIn: parts.foldIn ? interactionsOf(parts.foldIn, items) : null,
    validation: parts.validation ? interactionsOf(parts.validation, items) : null,
    test: interactionsOf(parts.test, items),
    candidates: null,
  }
}
