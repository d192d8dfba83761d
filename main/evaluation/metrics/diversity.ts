import type { DescribedMetric } from '../metric'

export const diversity: DescribedMetric = {
  id: 'diversity',
  kind: 'described',
  needsCategories: false,
  name: 'Diversity',
  formula: '1 - mean over all pairs of listed items of the cosine of their features',
  range: [0, 2],
  direction: 'higher',
  meaning: 'How different the items of one list are, by the attribute of items that the evaluation names.',
  source: 'Ziegler, McNee, Konstan and Lausen 2005, Improving recommendation lists through topic diversification',
  value,
}

/**
 * The squared length of the sum of n unit vectors is n and twice the sum of the cosines of all pairs, so no pair is
 * looked at. Items without features are passed over; 0 where fewer than two have any.
 */
function value({ items, features }: Parameters<DescribedMetric['value']>[0], k: number): number {
  const { offsets, indices, values } = features
  const sum = new Map<number, number>()
  let n = 0
  for (const item of items.subarray(0, k)) {
    const length = Math.hypot(...values.subarray(offsets[item], offsets[item + 1]))
    if (length === 0) continue
    n++
    for (let at = offsets[item]; at < offsets[item + 1]; at++) {
      sum.set(indices[at], (sum.get(indices[at]) ?? 0) + values[at] / length)
    }
  }
  if (n < 2) return 0
  let squares = 0
  for (const component of sum.values()) squares += component ** 2
  return 1 - (squares - n) / (n * (n - 1))
}
