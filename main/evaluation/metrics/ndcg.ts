import { discount, sumOfDiscounts, type UserMetric } from '../metric'

export const ndcg: UserMetric = {
  id: 'ndcg',
  kind: 'user',
  name: 'NDCG',
  formula: 'sum of 1 / log2(rank + 1) over hits, divided by the same sum over ranks 1 to min(R, k)',
  range: [0, 1],
  direction: 'higher',
  meaning: 'Hits count more the higher they stand; 1 where no order could be better.',
  source: 'Järvelin and Kekäläinen 2002, Cumulated gain-based evaluation of IR techniques; binary gain',
  value({ hits, relevant }, k) {
    let gain = 0
    for (let rank = 0; rank < Math.min(k, hits.length); rank++) if (hits[rank]) gain += discount(rank)
    return gain / sumOfDiscounts(Math.min(k, relevant))
  },
}
