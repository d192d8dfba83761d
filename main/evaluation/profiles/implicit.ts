import { allHitsByAllPossible, gainByPossible, precisionsByPossible } from './definitions'
import type { Profile } from './profile'

export const implicit: Profile = {
  id: 'implicit',
  name: 'implicit',
  version: '0.7.3',
  remark: 'Its precision is one fraction of sums over all users; it has no recall, hit rate or MRR.',
  definitions: {
    precision: allHitsByAllPossible,
    recall: null,
    'hit-rate': null,
    ndcg: gainByPossible,
    map: precisionsByPossible,
    mrr: null,
  },
}
