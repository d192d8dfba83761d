import { TopnError } from '../../contract/errors'
import type { HoldOut } from '../../contract/experiment'
import type { Random } from '../../models/random'
import type { EncodedInteractions } from '../prepared'
import { draw, forEachUser, requireTimestamps } from './rows'

type UserHoldoutRule = Extract<HoldOut, { strategy: 'user-holdout' }>

/**
 * Strong generalisation (Marlin 2004; Liang et al. 2018): users are drawn at random, and nothing of them is left in
 * place. `fold_in` of each one's interactions, rounded to the nearest, is known when they get their list, the rest is
 * held out: at random or the latest ones; at least one is known and one held out. Users with a single interaction are
 * never drawn, and one user at least stays.
 */
export function userHoldout(
  encoded: EncodedInteractions,
  rows: Uint32Array,
  { ratio, count, fold_in, tested }: UserHoldoutRule,
  field: string,
  random: Random,
): { held: Uint32Array; foldIn: Uint32Array } {
  if (tested === 'latest') requireTimestamps(encoded, 'user-holdout with the latest tested', field)
  const histories: Uint32Array[] = []
  let users = 0
  forEachUser(encoded, rows, (from, to) => {
    users++
    if (to - from > 1) histories.push(rows.subarray(from, to))
  })
  const most = Math.max(0, Math.min(histories.length, users - 1))
  const wanted = count ?? Math.max(1, Math.round(users * ratio))
  if (most < 1 || (count !== undefined && count > most)) throw tooMany(field, most)
  const places = Uint32Array.from(histories.keys())
  const held: number[] = []
  const foldIn: number[] = []
  for (const place of draw(places, Math.min(wanted, most), random.derive('users')).toSorted()) {
    const history = histories[place]
    const size = Math.min(history.length - 1, Math.max(1, Math.round(history.length * (1 - fold_in))))
    const taken = new Set(tested === 'latest' ? history.subarray(-size) : draw(history.slice(), size, random))
    for (const row of history) (taken.has(row) ? held : foldIn).push(row)
  }
  return { held: Uint32Array.from(held), foldIn: Uint32Array.from(foldIn) }
}

function tooMany(field: string, most: number): TopnError {
  const message = `${field}.count: at most ${most} users can be held out; each needs two interactions, and one must stay.`
  return new TopnError('BAD_REQUEST', message, { field: `${field}.count` })
}
