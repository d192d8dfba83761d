import { anyHit, hitsByK, hitsByRelevant, precisionsOfAllPlaces, reciprocalRank } from './definitions'
import type { Profile } from './profile'

export const elliot: Profile = {
  id: 'elliot',
  name: 'Elliot',
  version: '0.3.1',
  remark: 'Its NDCG takes gains from ratings above a threshold, which lists do not say.',
  definitions: {
    precision: hitsByK,
    recall: hitsByRelevant,
    'hit-rate': anyHit,
    ndcg: null,
    map: precisionsOfAllPlaces,
    mrr: reciprocalRank,
  },
}
