import { normalUpper } from './distributions'
import type { TestResult } from './test'

/** Up to so many differences that are not 0 the distribution is counted out. */
export const exactUpTo = 50

/** Sizes that differ by less than this share are equal but for rounding, such as 0.3 - 0.2 and 0.2 - 0.1. */
const rounding = 1e-9

/**
 * Wilcoxon's signed rank test on both sides (Wilcoxon 1945, Individual comparisons by ranking methods). Differences of 0
 * are left out; equal sizes share the mean of their ranks. The statistic is the sum of the ranks of positive
 * differences, W. Up to 50 differences its distribution over all signs is counted out, ties included; beyond, it is
 * taken as normal with a correction for ties and one of 1/2 for continuity (Hollander, Wolfe and Chicken 2014, 3.1).
 */
export function wilcoxon(differences: Float64Array): TestResult {
  const kept = differences.filter((difference) => difference !== 0)
  const ranks = doubleRanks(kept)
  const doubled = kept.reduce((sum, difference, at) => sum + (difference > 0 ? ranks[at] : 0), 0)
  const p = kept.length <= exactUpTo ? exact(ranks, doubled) : normal(ranks, doubled)
  return { statistic: doubled / 2, p }
}

/** Twice the rank by size, from 1, so that the means of equal sizes are whole numbers. */
function doubleRanks(differences: Float64Array): Float64Array {
  const sizes = differences.map(Math.abs)
  const order = Uint32Array.from(sizes.keys()).sort((a, b) => sizes[a] - sizes[b])
  const ranks = new Float64Array(sizes.length)
  for (let from = 0, to = 0; from < order.length; from = to) {
    const most = sizes[order[from]] * (1 + rounding)
    while (to < order.length && sizes[order[to]] <= most) to++
    for (let at = from; at < to; at++) ranks[order[at]] = from + 1 + to
  }
  return ranks
}

/** Twice the smaller share of all signs whose sum is as small, or as large, as the one found. */
function exact(ranks: Float64Array, found: number): number {
  const most = ranks.reduce((sum, rank) => sum + rank, 0)
  let shares = new Float64Array(most + 1)
  shares[0] = 1
  for (const rank of ranks) {
    shares = shares.map((share, sum) => (share + (sum >= rank ? shares[sum - rank] : 0)) / 2)
  }
  let [below, above] = [0, 0]
  for (let sum = 0; sum <= most; sum++) {
    if (sum <= found) below += shares[sum]
    if (sum >= found) above += shares[sum]
  }
  return Math.min(1, 2 * Math.min(below, above))
}

/** Mean sum of ranks / 2, variance sum of squared ranks / 4: with shared ranks that is the correction for ties. */
function normal(ranks: Float64Array, found: number): number {
  const mean = ranks.reduce((sum, rank) => sum + rank / 4, 0)
  const variance = ranks.reduce((sum, rank) => sum + rank ** 2 / 16, 0)
  const distance = Math.max(0, Math.abs(found / 2 - mean) - 0.5)
  return Math.min(1, 2 * normalUpper(distance / Math.sqrt(variance)))
}
