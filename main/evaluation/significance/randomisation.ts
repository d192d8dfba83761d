import type { Random } from '../../models/random'
import type { TestResult } from './test'

/** Up to so many differences that are not 0 all signs are tried. */
export const exactUpTo = 16

/** Sums that differ by less than this share of all sizes together are equal but for rounding. */
const rounding = 1e-12

/**
 * The randomisation test on both sides: were the runs equally good, each difference could have had the other sign
 * (Fisher 1935, The design of experiments; Smucker, Allan and Carterette 2007, A comparison of statistical significance
 * tests for information retrieval evaluation). The statistic is the mean difference. p is the share of signs whose sum
 * is at least as far from 0: of all signs up to 16 differences that are not 0, beyond of m = `resamples` random ones, as
 * (b + 1) / (m + 1) (Phipson and Smyth 2010, Permutation p-values should never be zero).
 */
export function randomisation(differences: Float64Array, resamples: number, random: Random): TestResult {
  const kept = differences.filter((difference) => difference !== 0)
  const sum = kept.reduce((sum, difference) => sum + difference, 0)
  const sizes = kept.reduce((sum, difference) => sum + Math.abs(difference), 0)
  const least = Math.abs(sum) - rounding * sizes
  const p = kept.length <= exactUpTo ? allSigns(kept, least) : someSigns(kept, sum, { least, resamples, random })
  return { statistic: sum / differences.length, p }
}

function allSigns(kept: Float64Array, least: number): number {
  function asFar(at: number, sum: number): number {
    if (at === kept.length) return Math.abs(sum) >= least ? 1 : 0
    return asFar(at + 1, sum + kept[at]) + asFar(at + 1, sum - kept[at])
  }
  return asFar(0, 0) / 2 ** kept.length
}

interface Draws {
  least: number
  resamples: number
  random: Random
}

function someSigns(kept: Float64Array, total: number, { least, resamples, random }: Draws): number {
  let asFar = 0
  for (let resample = 0; resample < resamples; resample++) {
    let positive = 0
    for (let from = 0; from < kept.length; from += 32) {
      const signs = random.integer(2 ** 32)
      const to = Math.min(from + 32, kept.length)
      for (let at = from; at < to; at++) positive += ((signs >>> (at - from)) & 1) * kept[at]
    }
    if (Math.abs(2 * positive - total) >= least) asFar++
  }
  return (asFar + 1) / (resamples + 1)
}
