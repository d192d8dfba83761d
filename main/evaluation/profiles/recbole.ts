import { anyHit, gainByPossible, hitsByK, hitsByRelevant, precisionsByPossible, reciprocalRank } from './definitions'
import type { Profile } from './profile'

export const recbole: Profile = {
  id: 'recbole',
  name: 'RecBole',
  version: '1.2.1',
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
