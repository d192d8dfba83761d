import { TopnError } from '../../contract/errors'
import type { Random } from '../../models/random'
import type { EncodedInteractions } from '../prepared'

/** Calls `visit` with the place of each user's first and one past the last row; rows of a user are neighbours. */
export function forEachUser(
  { users }: EncodedInteractions,
  rows: Uint32Array,
  visit: (from: number, to: number) => void,
): void {
  for (let from = 0; from < rows.length; ) {
    let to = from + 1
    while (to < rows.length && users[rows[to]] === users[rows[from]]) to++
    visit(from, to)
    from = to
  }
}

/** The timestamps, or BAD_REQUEST at `field` where the data has none. */
export function requireTimestamps({ timestamps }: EncodedInteractions, strategy: string, field: string): Float64Array {
  if (timestamps) return timestamps
  throw new TopnError(
    'BAD_REQUEST',
    `${field}.strategy: ${strategy} needs a timestamp column, which this data lacks. Choose random or leave-one-out.`,
    { field: `${field}.strategy` },
  )
}

/** `size` of `rows`, uniformly: the first steps of a Fisher-Yates shuffle, in place. */
export function draw(rows: Uint32Array, size: number, random: Random): Uint32Array {
  for (let at = 0; at < size; at++) {
    const other = at + random.integer(rows.length - at)
    const row = rows[at]
    rows[at] = rows[other]
    rows[other] = row
  }
  return rows.subarray(0, size)
}
