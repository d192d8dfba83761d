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

export function differencesOf(values: Float64Array, reference: Float64Array): Float64Array {
  return values.map((value, at) => value - reference[at])
}
