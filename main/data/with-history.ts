import type { Interactions } from '../models/model'
import { compareIds } from './ids'
import type { PreparedData } from './prepared'

/** Items by index, the oldest first. */
export interface History {
  readonly items: readonly number[]
  readonly values: readonly number[]
}

/**
 * Prepared data in which the training part of one user is another history; the parts that are held out stay. Items that the
 * user had keep their times, others have that of the latest training interaction; none is earlier than the one before it.
 * Returns `hash` as it was: the data is a copy for one question, and no folder is named by it.
 */
export function withHistory(data: PreparedData, user: number, history: History): PreparedData {
  return { ...data, train: replaceRow(data.train, user, history) }
}

/** Prepared data with one more user, who has nothing, in the place that the order of ids gives them. */
export function withUser(data: PreparedData, id: string): { data: PreparedData; user: number } {
  const after = data.userIds.findIndex((other) => compareIds(other, id) > 0)
  const user = after < 0 ? data.userIds.length : after
  const grown = (part: Interactions): Interactions => ({
    ...part,
    users: part.users + 1,
    offsets: withEmptyRow(part.offsets, user),
  })
  const { candidates } = data
  return {
    user,
    data: {
      ...data,
      userIds: data.userIds.toSpliced(user, 0, id),
      train: grown(data.train),
      foldIn: data.foldIn && grown(data.foldIn),
      validation: data.validation && grown(data.validation),
      test: grown(data.test),
      candidates: candidates && {
        ...candidates,
        users: candidates.users.map((other) => (other < user ? other : other + 1)),
      },
    },
  }
}

/** Offsets of rows with one more, which has nothing, before the row `row`. */
export function withEmptyRow(offsets: Uint32Array, row: number): Uint32Array {
  return Uint32Array.from({ length: offsets.length + 1 }, (_, at) => offsets[at <= row ? at : at - 1])
}

function replaceRow(part: Interactions, user: number, { items, values }: History): Interactions {
  const [from, to] = [part.offsets[user], part.offsets[user + 1]]
  const more = items.length - (to - from)
  const joined = <A extends Uint32Array | Float32Array | Float64Array>(all: A, own: readonly number[]): A => {
    const result = new (all.constructor as new (length: number) => A)(all.length + more)
    result.set(all.subarray(0, from))
    result.set(own, from)
    result.set(all.subarray(to), from + own.length)
    return result
  }
  return {
    ...part,
    offsets: part.offsets.map((offset, at) => (at <= user ? offset : offset + more)),
    itemIndices: joined(part.itemIndices, items),
    values: joined(part.values, values),
    timestamps: part.timestamps && joined(part.timestamps, timesOf(part, user, items)),
  }
}

function timesOf({ offsets, itemIndices, timestamps }: Interactions, user: number, items: readonly number[]): number[] {
  const known = new Map<number, number>()
  let latest = 0
  timestamps?.forEach((time, at) => {
    latest = at === 0 ? time : Math.max(latest, time)
    if (at >= offsets[user] && at < offsets[user + 1]) known.set(itemIndices[at], time)
  })
  const times: number[] = []
  for (const item of items) times.push(Math.max(known.get(item) ?? latest, times.at(-1) ?? Number.NEGATIVE_INFINITY))
  return times
}
