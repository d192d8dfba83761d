import { anyHit, gainByPossible, hitsByLength, hitsByPossible, precisionsByLength, reciprocalRank } from './definitions'
import type { Profile } from './profile'

export const lenskit: Profile = {
  id: 'lenskit',
  name: 'LensKit',
  version: '2026.3',
  remark: null,
  definitions: {
    precision: hitsByLength,
    recall: hitsByPossible,
    'hit-rate': anyHit,
    ndcg: gainByPossible,
    map: precisionsByLength,
    mrr: reciprocalRank,
  },
}
