import { discount, type GradedMetric } from '../metric'

export const gradedNdcg: GradedMetric = {
  id: 'graded-ndcg',
  kind: 'graded',
  name: 'Graded NDCG',
  formula:
    'sum of test rating / log2(rank + 1) over hits, divided by the highest such sum that any list of k could have',
  range: [0, 1],
  direction: 'higher',
  meaning: 'Hits count more the higher they stand and the higher the user rated them.',
  source: 'Järvelin and Kekäläinen 2002, Cumulated gain-based evaluation of IR techniques; the rating is the gain',
  /** 0 where no rating is above 0. */
  value({ gains, ideal }, k) {
    const best = discounted(ideal, k)
    return best === 0 ? 0 : discounted(gains, k) / best
  },
}

function discounted(gains: Float32Array, k: number): number {
  let sum = 0
  for (let rank = 0; rank < Math.min(k, gains.length); rank++) sum += gains[rank] * discount(rank)
  return sum
}
