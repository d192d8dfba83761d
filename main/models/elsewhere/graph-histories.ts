import type { Interactions } from '../model'
import { breaksOf, recentOf } from '../sequence/windows'
import { ratings } from '../sparse'
import { type GraphCall, inputOf } from './graph-call'

/** Histories as a graph takes them: by its own rows, without items that it does not know. */
export interface Histories {
  /** Of a row of all items. */
  width: number
  /** Whether a user has anything that the graph is told. */
  has(user: number): boolean
  /** Items in their order that it is told of a user. */
  lengthOf(user: number): number
  /** How long the row of a history of that length is: longer where the graph takes one length alone. */
  paddedLength(length: number): number
  /** The rows of the items in their order, row 0 in front of them, or with `atStart` behind them, up to `length`. */
  sequence(user: number, length: number, atStart: boolean): number[]
  /** users x width: 1 for the items of the history. */
  presence(users: readonly number[]): Float32Array
  /** The same with what they were rated. */
  ratings(users: readonly number[]): Float32Array
}

/** Reads of the histories what the graph's inputs ask for, and nothing where it asks for none. */
export function createHistories(histories: Interactions, call: GraphCall, itemRows: Int32Array): Histories {
  const fixed = inputOf(call, 'items')?.shape[1] ?? null
  const most = Math.min(fixed ?? Number.POSITIVE_INFINITY, call.historyLength ?? Number.POSITIVE_INFINITY)
  const wide = (inputOf(call, 'history') ?? inputOf(call, 'ratings'))?.shape[1]
  const width = wide ?? itemRows.reduce((largest, row) => Math.max(largest, row), 0) + 1
  const ordered = inputOf(call, 'items') ? sequencesOf(histories, call, itemRows, most) : null
  const known = wide === undefined ? null : knownOf(histories, itemRows)
  const values = inputOf(call, 'ratings') ? ratings(histories) : null
  const dense = (users: readonly number[], fill: (user: number, put: (row: number, value: number) => void) => void) => {
    const data = new Float32Array(users.length * width)
    users.forEach((user, at) => {
      fill(user, (row, value) => {
        data[at * width + row] = value
      })
    })
    return data
  }
  return {
    width,
    has: (user) => [ordered, known].every((rows) => rows === null || (rows[user]?.length ?? 0) > 0),
    lengthOf: (user) => ordered?.[user]?.length ?? 0,
    paddedLength: (length) => fixed ?? length,
    sequence(user, length, atStart) {
      const own = ordered?.[user] ?? []
      const padding = new Array<number>(length - own.length).fill(0)
      return atStart ? [...own, ...padding] : [...padding, ...own]
    },
    presence: (users) =>
      dense(users, (user, put) => {
        for (const row of known?.[user] ?? []) put(row, 1)
      }),
    ratings: (users) =>
      dense(users, (user, put) => {
        for (let at = values?.offsets[user] ?? 0; values && at < values.offsets[user + 1]; at++) {
          const row = itemRows[values.indices[at]]
          if (row >= 0) put(row, values.values[at])
        }
      }),
  }
}

/** The graph's rows of each user's items. */
function knownOf({ users, offsets, itemIndices }: Interactions, itemRows: Int32Array): number[][] {
  return Array.from({ length: users }, (_, user) => {
    const own = Array.from(itemIndices.subarray(offsets[user], offsets[user + 1]), (item) => itemRows[item])
    return own.filter((row) => row >= 0)
  })
}

/** Those of each user's last session in their order, the last `most` of them. */
function sequencesOf(
  histories: Interactions,
  { sessionGap }: GraphCall,
  itemRows: Int32Array,
  most: number,
): number[][] {
  const { users, offsets, itemIndices } = histories
  const { from } = recentOf(histories, Number.POSITIVE_INFINITY, breaksOf(histories, sessionGap))
  return Array.from({ length: users }, (_, user) => {
    const own = Array.from(itemIndices.subarray(from[user], offsets[user + 1]), (item) => itemRows[item])
    const known = own.filter((row) => row >= 0)
    return most < known.length ? known.slice(-most) : known
  })
}
