import { anyHit, gainByPlaces, hitsByK, hitsByRelevant, precisionsByRelevant, reciprocalRank } from './definitions'
import type { Profile } from './profile'

export const rectools: Profile = {
  id: 'rectools',
  name: 'RecTools',
  version: '0.19.0',
  remark: 'With the default divide_by_achievable = False of NDCG.',
  definitions: {
    precision: hitsByK,
    recall: hitsByRelevant,
    'hit-rate': anyHit,
    ndcg: gainByPlaces,
    map: precisionsByRelevant,
    mrr: reciprocalRank,
  },
}
