import type { HoldOut } from '../../contract/experiment'
import type { Random } from '../../models/random'
import type { EncodedInteractions } from '../prepared'
import { draw, forEachUser } from './rows'

type RandomRule = Extract<HoldOut, { strategy: 'random' }>

/**
 * A share of the interactions, drawn without replacement: `ratio` of each user's, or of all. The number is rounded to
 * the nearest, halves up; a user's share leaves at least one interaction in place.
 */
export function randomShare(
  encoded: EncodedInteractions,
  rows: Uint32Array,
  { ratio, per }: RandomRule,
  random: Random,
): Uint32Array {
  if (per === 'global') return draw(rows.slice(), Math.round(rows.length * ratio), random)
  const held: number[] = []
  forEachUser(encoded, rows, (from, to) => {
    const size = Math.min(Math.round((to - from) * ratio), to - from - 1)
    for (const row of draw(rows.slice(from, to), size, random)) held.push(row)
  })
  return Uint32Array.from(held)
}
