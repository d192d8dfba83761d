import type { UserMetric } from '../metric'

export const map: UserMetric = {
  id: 'map',
  kind: 'user',
  name: 'MAP',
  formula: 'sum of precision@rank over the ranks of hits, divided by min(R, k)',
  range: [0, 1],
  direction: 'higher',
  meaning: 'Precision averaged over the places where relevant items stand.',
  source: 'Manning, Raghavan and Schütze 2008, Introduction to information retrieval, 8.4; divided by min(R, k)',
  value({ hits, relevant }, k) {
    let found = 0
    let sum = 0
    for (let rank = 0; rank < Math.min(k, hits.length); rank++) {
      if (hits[rank]) sum += ++found / (rank + 1)
    }
    return sum / Math.min(relevant, k)
  },
}
