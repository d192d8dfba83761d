import { anyHit, gainByPossible, hitsByK, hitsByRelevant, precisionsByRelevant, reciprocalRank } from './definitions'
import type { Profile } from './profile'

export const trecEval: Profile = {
  id: 'trec-eval',
  name: 'ranx, trec_eval',
  version: 'ranx 0.3.21, pytrec_eval-terrier 0.5.11',
  remark: 'A user without any list counts as 0, as with trec_eval -c and the make_comparable of ranx.',
  definitions: {
    precision: hitsByK,
    recall: hitsByRelevant,
    'hit-rate': anyHit,
    ndcg: gainByPossible,
    map: precisionsByRelevant,
    mrr: reciprocalRank,
  },
}
