import type { Random } from '../../models/random'
import type { EncodedInteractions } from '../prepared'
import { forEachUser } from './rows'

/** One interaction of each user, drawn at random; a user with a single interaction keeps it. */
export function leaveOneOut(encoded: EncodedInteractions, rows: Uint32Array, random: Random): Uint32Array {
  const held: number[] = []
  forEachUser(encoded, rows, (from, to) => {
    const chosen = from + random.integer(to - from)
    if (to - from > 1) held.push(rows[chosen])
  })
  return Uint32Array.from(held)
}
