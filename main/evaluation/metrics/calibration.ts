import type { FeatureRows } from '../../models/model'
import type { DescribedMetric } from '../metric'

const alpha = 0.01

export const calibration: DescribedMetric = {
  id: 'calibration',
  kind: 'described',
  needsCategories: true,
  name: 'Miscalibration',
  formula:
    'sum of p x ln(p / (0.99 q + 0.01 p)) over categories; p, q: their shares of the items that the user knows, and of the list',
  /** -ln 0.01, rounded up. */
  range: [0, 4.61],
  direction: 'lower',
  meaning: 'How far the mix of categories in the list is from that of the user’s own history; 0 where it is the same.',
  source: 'Steck 2018, Calibrated recommendations; Kullback-Leibler divergence with alpha 0.01',
  value,
}

/** An item counts once, spread evenly over its categories. 0 where nothing that the user knows has a category. */
function value({ items, known, features }: Parameters<DescribedMetric['value']>[0], k: number): number {
  const wanted = mixOf(known, features)
  const given = mixOf(items.subarray(0, k), features)
  let divergence = 0
  for (const [category, p] of wanted) {
    const q = (1 - alpha) * (given.get(category) ?? 0) + alpha * p
    divergence += p * Math.log(p / q)
  }
  return Math.max(0, divergence)
}

/** The share of each category; empty where no item has any. */
function mixOf(items: Uint32Array, { offsets, indices }: FeatureRows): Map<number, number> {
  const mix = new Map<number, number>()
  let count = 0
  for (const item of items) {
    const categories = offsets[item + 1] - offsets[item]
    if (categories === 0) continue
    count++
    for (let at = offsets[item]; at < offsets[item + 1]; at++) {
      mix.set(indices[at], (mix.get(indices[at]) ?? 0) + 1 / categories)
    }
  }
  for (const [category, sum] of mix) mix.set(category, sum / count)
  return mix
}
