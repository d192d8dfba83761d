import { type Candidate, type Catalogue, relevances } from './catalogue'

/**
 * Maximal marginal relevance (Carbonell and Goldstein 1998): place after place the candidate with the highest
 * (1 - diversity) r - diversity x s, r its relevance between 0 and 1 and s its greatest similarity to what is listed before
 * it: the cosine of their categories. Ties go to the one that stood first. O(k² x candidates).
 */
export function diversify(
  candidates: readonly Candidate[],
  { diversity, k }: { diversity: number; k: number },
  catalogue: Catalogue,
): Candidate[] {
  if (diversity === 0) return candidates.slice(0, k)
  const relevance = relevances(candidates)
  const nearest = new Float64Array(candidates.length)
  const left = new Set(candidates.keys())
  const list: Candidate[] = []
  while (list.length < k && left.size > 0) {
    let best = -1
    let highest = Number.NEGATIVE_INFINITY
    for (const at of left) {
      const value = (1 - diversity) * relevance[at] - diversity * nearest[at]
      if (value <= highest) continue
      best = at
      highest = value
    }
    left.delete(best)
    list.push(candidates[best])
    for (const at of left) {
      nearest[at] = Math.max(nearest[at], similarityOf(candidates[at].item, candidates[best].item, catalogue))
    }
  }
  return list
}

/** The cosine of two items' categories; 0 where one has none. */
export function similarityOf(one: number, other: number, { categoriesOf }: Catalogue): number {
  const [left, right] = [categoriesOf(one), categoriesOf(other)]
  if (left.length === 0 || right.length === 0) return 0
  const shared = left.filter((category) => right.includes(category)).length
  return shared / Math.sqrt(left.length * right.length)
}
