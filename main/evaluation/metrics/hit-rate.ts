import { hitsAt, type UserMetric } from '../metric'

export const hitRate: UserMetric = {
  id: 'hit-rate',
  kind: 'user',
  name: 'Hit rate',
  formula: '1 where hits > 0, 0 otherwise',
  range: [0, 1],
  direction: 'higher',
  meaning: 'Share of users with at least one relevant item among the first k.',
  source: 'Deshpande and Karypis 2004, Item-based top-N recommendation algorithms',
  value: (list, k) => (hitsAt(list, k) > 0 ? 1 : 0),
}
