import type { EncodedInteractions } from '../prepared'
import { forEachUser, requireTimestamps } from './rows'

/**
 * The latest `count` interactions of each user; equal timestamps keep file order, so the later line counts as later.
 * A user keeps at least one interaction: with no more than `count`, the earliest stays; a single one is not held out.
 */
export function leaveLastOut(
  encoded: EncodedInteractions,
  rows: Uint32Array,
  count: number,
  field: string,
): Uint32Array {
  requireTimestamps(encoded, 'leave-last-out', field)
  const held: number[] = []
  forEachUser(encoded, rows, (from, to) => {
    for (let at = Math.max(from + 1, to - count); at < to; at++) held.push(rows[at])
  })
  return Uint32Array.from(held)
}
