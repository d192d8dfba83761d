import { hitsAt, type UserMetric } from '../metric'

export const precision: UserMetric = {
  id: 'precision',
  kind: 'user',
  name: 'Precision',
  formula: 'hits / k',
  range: [0, 1],
  direction: 'higher',
  meaning: 'Share of the k places that hold a relevant item.',
  source: 'Herlocker et al. 2004, Evaluating collaborative filtering recommender systems',
  value: (list, k) => hitsAt(list, k) / k,
}
