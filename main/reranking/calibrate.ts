import { type Candidate, type Catalogue, relevances } from './catalogue'

/** Of the wanted mix in the given one, so that no category has a share of nothing. */
const alpha = 0.01

/**
 * Calibrated recommendations (Steck 2018): place after place the candidate that makes
 * (1 - calibration) x sum of r - calibration x KL(p, q) highest, r relevances between 0 and 1, p the mix of categories of
 * what the user knows and q that of the list so far. Ties go to the one that stood first. O(k x candidates x categories).
 */
export function calibrate(
  candidates: readonly Candidate[],
  { calibration, k }: { calibration: number; k: number },
  known: readonly number[],
  catalogue: Catalogue,
): Candidate[] {
  const wanted = mixOf(known, catalogue)
  if (calibration === 0 || wanted.size === 0) return candidates.slice(0, k)
  const relevance = relevances(candidates)
  const left = new Set(candidates.keys())
  const list: Candidate[] = []
  let sum = 0
  while (list.length < k && left.size > 0) {
    let best = -1
    let highest = Number.NEGATIVE_INFINITY
    const listed = list.map(({ item }) => item)
    for (const at of left) {
      const mix = mixOf([...listed, candidates[at].item], catalogue)
      const value = (1 - calibration) * (sum + relevance[at]) - calibration * divergence(wanted, mix)
      if (value <= highest) continue
      best = at
      highest = value
    }
    left.delete(best)
    list.push(candidates[best])
    sum += relevance[best]
  }
  return list
}

/** The share of each category: an item counts once, spread evenly over its own. */
export function mixOf(items: readonly number[], { categoriesOf }: Catalogue): Map<number, number> {
  const mix = new Map<number, number>()
  const described = items.map(categoriesOf).filter((categories) => categories.length > 0)
  for (const categories of described) {
    for (const category of categories) {
      mix.set(category, (mix.get(category) ?? 0) + 1 / categories.length / described.length)
    }
  }
  return mix
}

/** Kullback-Leibler divergence, as the metric `calibration` has it. */
export function divergence(wanted: ReadonlyMap<number, number>, given: ReadonlyMap<number, number>): number {
  let sum = 0
  for (const [category, p] of wanted) {
    sum += p * Math.log(p / ((1 - alpha) * (given.get(category) ?? 0) + alpha * p))
  }
  return sum
}
