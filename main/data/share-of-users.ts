import type { Interactions } from '../models/model'
import type { Random } from '../models/random'
import type { PreparedData } from './prepared'

/**
 * The data with a share of the training users alone, drawn so that a larger share has all users of a smaller one. What is
 * judged are the same users, or all of those that are held out wholly.
 */
export function shareOfUsers(data: PreparedData, share: number, random: Random): PreparedData {
  if (share >= 1) return data
  const isKept = Uint8Array.from({ length: data.train.users }, () => (random.uniform() < share ? 1 : 0))
  const train = rowsOf(data.train, isKept)
  return data.foldIn ? { ...data, train } : { ...data, train, test: rowsOf(data.test, isKept) }
}

/** The rows that are marked; the others are empty. */
export function rowsOf(part: Interactions, isKept: Uint8Array): Interactions {
  const { users, offsets, itemIndices, values, timestamps } = part
  const rows: number[] = []
  const kept = new Uint32Array(users + 1)
  for (let user = 0; user < users; user++) {
    if (isKept[user]) for (let at = offsets[user]; at < offsets[user + 1]; at++) rows.push(at)
    kept[user + 1] = rows.length
  }
  return {
    ...part,
    offsets: kept,
    itemIndices: Uint32Array.from(rows, (at) => itemIndices[at]),
    values: Float32Array.from(rows, (at) => values[at]),
    timestamps: timestamps && Float64Array.from(rows, (at) => timestamps[at]),
  }
}
