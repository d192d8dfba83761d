import { anyHit, gainByPossible, hitsByK, hitsByRelevant, precisionsByPossible, reciprocalRank } from './definitions'
import type { Profile } from './profile'

export const topn: Profile = {
  id: 'topn',
  name: 'TopN',
  version: 'this one',
  remark: null,
  definitions: {
    precision: hitsByK,
    recall: hitsByRelevant,
    'hit-rate': anyHit,
    ndcg: gainByPossible,
    map: precisionsByPossible,
    mrr: reciprocalRank,
  },
}
