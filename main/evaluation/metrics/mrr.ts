import type { UserMetric } from '../metric'

export const mrr: UserMetric = {
  id: 'mrr',
  kind: 'user',
  name: 'MRR',
  formula: '1 / rank of the first hit, 0 where there is none among the first k',
  range: [0, 1],
  direction: 'higher',
  meaning: 'How far down the first relevant item stands.',
  source: 'Voorhees 1999, The TREC-8 question answering track report',
  value({ hits }, k) {
    const first = hits.indexOf(1)
    return first >= 0 && first < k ? 1 / (first + 1) : 0
  },
}
