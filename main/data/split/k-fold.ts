import { TopnError } from '../../contract/errors'
import type { HoldOut } from '../../contract/experiment'
import type { Random } from '../../models/random'
import type { EncodedInteractions } from '../prepared'
import { draw, forEachUser } from './rows'

type KFoldRule = Extract<HoldOut, { strategy: 'k-fold' }>

/**
 * One of `folds` parts: all folds of one seed together hold every interaction exactly once. Interactions are shuffled,
 * each user's or all, and dealt to the folds in turn, so that the sizes of two folds differ by at most one, of a user
 * (`per` user) and of all. A user with fewer interactions than folds is not tested in each, and one with a single
 * interaction is cold where it is tested.
 */
export function kFold(
  encoded: EncodedInteractions,
  rows: Uint32Array,
  { folds, fold, per }: KFoldRule,
  field: string,
  random: Random,
): Uint32Array {
  if (fold >= folds) {
    const message = `${field}.fold: with ${folds} folds it takes a whole number from 0 to ${folds - 1}.`
    throw new TopnError('BAD_REQUEST', message, { field: `${field}.fold` })
  }
  const held: number[] = []
  let dealt = 0
  const deal = (shuffled: Uint32Array) => {
    for (const row of shuffled) if (dealt++ % folds === fold) held.push(row)
  }
  if (per === 'global') deal(draw(rows.slice(), rows.length, random))
  else forEachUser(encoded, rows, (from, to) => deal(draw(rows.slice(from, to), to - from, random)))
  return Uint32Array.from(held)
}
