import type { Interactions } from '../models/model'
import type { Random } from '../models/random'
import type { CandidateRows, PreparedData } from './prepared'

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

/** The data with at most `most` of those who are judged, spread evenly over them; all that is known of anyone stays. */
export function sampleOfTestUsers(data: PreparedData, most: number): { data: PreparedData; users: number } {
  const { offsets } = data.test
  const isJudged = (user: number) => offsets[user + 1] > offsets[user]
  const judged = data.candidates
    ? [...new Set(data.candidates.users)]
    : [...Array(data.test.users).keys()].filter(isJudged)
  const users = Math.min(most, judged.length)
  const isKept = new Uint8Array(data.test.users)
  for (let at = 0; at < users; at++) isKept[judged[Math.floor((at * judged.length) / users)]] = 1
  const candidates = data.candidates && candidatesOf(data.candidates, isKept)
  return { data: { ...data, test: rowsOf(data.test, isKept), candidates }, users }
}

function candidatesOf({ users, offsets, items }: CandidateRows, isKept: Uint8Array): CandidateRows {
  const rows = [...users.keys()].filter((row) => isKept[users[row]] === 1)
  const parts = rows.map((row) => items.subarray(offsets[row], offsets[row + 1]))
  const ends = new Uint32Array(rows.length + 1)
  for (const [at, part] of parts.entries()) ends[at + 1] = ends[at] + part.length
  const kept = new Uint32Array(ends[rows.length])
  for (const [at, part] of parts.entries()) kept.set(part, ends[at])
  return { users: Uint32Array.from(rows, (row) => users[row]), offsets: ends, items: kept }
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
