import type { PairedTest } from '../../contract/comparison'
import type { Random } from '../../models/random'
import { pairedT } from './paired-t'
import { randomisation } from './randomisation'
import type { TestResult } from './test'
import { wilcoxon } from './wilcoxon'

export interface TestSettings {
  test: PairedTest
  /** Of the randomisation test where not all signs are tried. */
  resamples: number
  random: Random
}

/** The chosen test of the differences of two users or more. */
export function pairedTest(differences: Float64Array, { test, resamples, random }: TestSettings): TestResult {
  switch (test) {
    case 't':
      return pairedT(differences)
    case 'wilcoxon':
      return wilcoxon(differences)
    case 'randomisation':
      return randomisation(differences, resamples, random.derive('signs'))
  }
}

/** Values that differ by less than this share are equal but for rounding, such as sums in another order. */
export const rounding = 1e-12

/** 0 where both are equal but for rounding. */
export function differencesOf(values: Float64Array, reference: Float64Array): Float64Array {
  return values.map((value, at) => {
    const difference = value - reference[at]
    return Math.abs(difference) <= rounding * Math.abs(value) ? 0 : difference
  })
}
