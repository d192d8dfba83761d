import type { HoldOut } from '../../contract/experiment'
import type { Random } from '../../models/random'
import type { EncodedInteractions } from '../prepared'
import { kFold } from './k-fold'
import { leaveLastOut } from './leave-last-out'
import { leaveOneOut } from './leave-one-out'
import { randomShare } from './random-share'
import { temporal } from './temporal'
import { userHoldout } from './user-holdout'

export interface Held {
  held: Uint32Array
  /** Rows of the known histories of users who are held out. */
  foldIn: Uint32Array
}

/** What a strategy takes of `rows` (ascending). `field` names the rule in errors. */
export function holdOut(
  encoded: EncodedInteractions,
  rows: Uint32Array,
  rule: HoldOut,
  field: string,
  random: Random,
): Held {
  if (rule.strategy === 'user-holdout') return userHoldout(encoded, rows, rule, field, random)
  return { held: heldRows(encoded, rows, rule, field, random), foldIn: new Uint32Array(0) }
}

function heldRows(
  encoded: EncodedInteractions,
  rows: Uint32Array,
  rule: Exclude<HoldOut, { strategy: 'user-holdout' }>,
  field: string,
  random: Random,
): Uint32Array {
  switch (rule.strategy) {
    case 'random':
      return randomShare(encoded, rows, rule, random)
    case 'leave-last-out':
      return leaveLastOut(encoded, rows, rule.count, field)
    case 'leave-one-out':
      return leaveOneOut(encoded, rows, random)
    case 'temporal':
      return temporal(encoded, rows, rule, field)
    case 'k-fold':
      return kFold(encoded, rows, rule, field, random)
  }
}

/** Whether the seed matters. */
export function drawsAtRandom({ strategy }: { strategy: string }): boolean {
  return ['random', 'leave-one-out', 'user-holdout', 'k-fold'].includes(strategy)
}
