import { TopnError } from '../contract/errors'
import type { Split } from '../contract/experiment'
import type { Repeat } from '../contract/repeat'

export interface Repetition {
  seed: number
  split: Split
}

const seeds = 2 ** 32

/** What each repetition of an experiment is trained with, in order. Throws BAD_REQUEST for folds of a split that has none. */
export function repetitionsOf(repeat: Repeat | null, { seed, split }: Repetition): Repetition[] {
  if (repeat === null) return [{ seed, split }]
  if (repeat.kind === 'seeds') {
    return Array.from({ length: repeat.count }, (_, index) => ({ seed: (seed + index) % seeds, split }))
  }
  if (split.strategy !== 'k-fold') {
    const message = `repeat: only a k-fold split has folds, and this one is ${split.strategy}. Choose k-fold, or repeat over seeds.`
    throw new TopnError('BAD_REQUEST', message, { field: 'repeat' })
  }
  return Array.from({ length: split.folds }, (_, fold) => ({ seed, split: { ...split, fold } }))
}
