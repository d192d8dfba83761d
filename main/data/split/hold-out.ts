import type { HoldOut } from '../../contract/experiment'
import type { Random } from '../../models/random'
import type { EncodedInteractions } from '../prepared'
import { leaveLastOut } from './leave-last-out'
import { leaveOneOut } from './leave-one-out'
import { randomShare } from './random-share'
import { temporal } from './temporal'

/** The rows, out of `rows` (ascending), that a strategy holds out. `field` names the rule in errors. */
export function holdOut(
  encoded: EncodedInteractions,
  rows: Uint32Array,
  rule: HoldOut,
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
  }
}
