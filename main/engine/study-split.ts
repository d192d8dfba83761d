import type { HoldOut, Split } from '../contract/experiment'

/** Whether a split leaves something to judge trials on. */
export function hasValidation(split: Split): boolean {
  return split.validation !== undefined
}

/**
 * The split with a validation part, cut off the training part as the test part was cut off the whole, so that what wins on
 * the one is likely to win on the other.
 */
export function withValidation(split: Split, hasTimes: boolean): Split {
  return hasValidation(split) ? split : { ...split, validation: likeTest(split, hasTimes) }
}

function likeTest(split: Split, hasTimes: boolean): HoldOut {
  switch (split.strategy) {
    case 'random':
      return { strategy: 'random', ratio: split.ratio, per: split.per }
    case 'leave-last-out':
      return { strategy: 'leave-last-out', count: split.count }
    case 'leave-one-out':
      return { strategy: 'leave-one-out' }
    case 'temporal':
      return { strategy: 'temporal', quantile: split.quantile }
    case 'user-holdout': {
      const { validation: _, ...rest } = split
      return rest
    }
    case 'k-fold':
      return { strategy: 'random', ratio: 1 / split.folds, per: split.per }
    case 'predefined':
      return hasTimes ? { strategy: 'leave-last-out', count: 1 } : { strategy: 'random', ratio: 0.2, per: 'user' }
  }
}

/** The split whose training part is train and validation together, with the same test part. */
export function joinValidation(split: Split): Split {
  if (split.strategy === 'predefined' && typeof split.validation === 'string') {
    return { ...split, join_validation: true }
  }
  const { validation: _, ...rest } = split
  return rest as Split
}
