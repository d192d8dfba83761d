import { calibrate } from './calibrate'
import type { Candidate, Catalogue } from './catalogue'
import { diversify } from './diversify'
import { applyRules, type Rules } from './rules'

export interface Reranking extends Rules {
  /** 0 to 1; 0 leaves the order as it is. */
  readonly diversity: number
  /** 0 to 1; 0 leaves the order as it is. */
  readonly calibration: number
}

/** A list of `k` by rules first, then by diversity, or by calibration; with both, what calibration leaves is diversified. */
export function rerank(
  candidates: readonly Candidate[],
  reranking: Reranking,
  { k, known, catalogue }: { k: number; known: readonly number[]; catalogue: Catalogue },
): Candidate[] {
  const { mostOfCategory, diversity, calibration } = reranking
  const allowed = applyRules(candidates, { ...reranking, mostOfCategory: null }, catalogue)
  // Room for the rule that counts, which comes last: it speaks of the list as it is shown.
  const length = mostOfCategory === null && diversity === 0 ? k : allowed.length
  const calibrated =
    calibration > 0 ? calibrate(allowed, { calibration, k: Math.min(length, 4 * k) }, known, catalogue) : allowed
  const spread =
    diversity > 0 ? diversify(calibrated, { diversity, k: Math.min(allowed.length, 4 * k) }, catalogue) : calibrated
  const counted = { only: null, leastPopularity: 0, mostOfCategory }
  return applyRules(spread, counted, catalogue).slice(0, k)
}
