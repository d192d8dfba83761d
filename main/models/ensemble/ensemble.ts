import { derived } from '../history-explainer'
import type { Model } from '../model'
import { fit } from './fit'
import { fusedForm } from './form'
import { byFoldIn, byScore, readMembers, weightsOf } from './members'
import { batchBytes, mostUsers, poolItems } from './pools'
import { explainByMember, fuseScorers } from './scorer'

const parameters: Model['parameters'] = [
  {
    name: 'method',
    type: 'choice',
    default: 'weighted-sum',
    choices: ['weighted-sum', 'reciprocal-rank', 'borda'],
    meaning: 'What is added up: scores, 1 / (constant + rank), or points that fall evenly with the rank.',
  },
  {
    name: 'normalisation',
    type: 'choice',
    default: 'min-max',
    choices: ['min-max', 'z-score', 'none'],
    when: { method: ['weighted-sum'] },
    meaning: 'How scores of different models are put on one scale, for each user.',
  },
  {
    name: 'rank_constant',
    type: 'integer',
    default: 60,
    minimum: 0,
    maximum: 100_000,
    scale: 'logarithmic',
    when: { method: ['reciprocal-rank'] },
    meaning: 'Constant of the reciprocal rank: more makes the first ranks less special.',
  },
  {
    name: 'weights',
    type: 'choice',
    default: 'fitted',
    choices: ['fitted', 'equal'],
    meaning: 'Weights of the members: found by the NDCG of the validation part, or all alike.',
  },
  {
    name: 'cutoff',
    type: 'integer',
    default: 10,
    minimum: 1,
    maximum: poolItems,
    when: { weights: ['fitted'] },
    meaning: 'Length of the lists by whose NDCG weights are found.',
  },
]

/** What does not depend on which models there are. */
const described = {
  id: 'ensemble',
  name: 'Ensemble',
  family: 'Ensembles',
  feedback: 'implicit',
  summary: 'Fuses the scores or ranks of trained runs into one list, each run with a weight.',
  source:
    'Fox and Shaw 1994, Combination of multiple searches (weighted sum); Aslam and Montague 2001, Models for metasearch (Borda); Cormack et al. 2009, Reciprocal rank fusion',
  assumes: 'Assumes that models err differently, so that what several put first is more likely right.',
  suits:
    'Shines where its members are about equally good and of different families; costs what its members cost together.',
  presets: [
    { id: 'usual', name: 'Usual', meaning: 'A weighted sum, with weights found by the validation part.', params: {} },
    {
      id: 'reciprocal-rank',
      name: 'Reciprocal rank',
      meaning: 'As Cormack et al. 2009: ranks alone, all members alike. It needs no validation part.',
      params: { method: 'reciprocal-rank', weights: 'equal' },
    },
    {
      id: 'borda',
      name: 'Borda',
      meaning: 'Points by rank, all members alike. It needs no validation part.',
      params: { method: 'borda', weights: 'equal' },
    },
  ],
  parameters,
  fit,
  memberWeights: weightsOf,
  needsValidation: { weights: ['fitted'] },

  estimateBytes({ users, items, members = [], ...size }) {
    const pools = Math.min(users, mostUsers) * poolItems * Math.max(2, members.length) ** 2 * 4
    const scores = 2 * Math.min(batchBytes, 4 * users * items)
    const own = members.map(({ model, params }) => model.estimateBytes({ users, items, ...size }, params))
    return own.reduce((sum, bytes) => sum + bytes, pools + scores)
  },
  estimateWork({ users, items, members = [], ...size }) {
    const work = members.map(({ model, params }) => model.estimateWork({ users, items, ...size }, params))
    return {
      dense: work.reduce((sum, { dense }) => sum + dense, 0),
      sparse: work.reduce((sum, { sparse }) => sum + sparse, 2 * users * items * Math.max(2, members.length)),
    }
  },
} satisfies Partial<Model>

/**
 * The lists of several trained models as one: score(u, i) = sum over members m of w(m) x c(m, u, i), with c as
 * `fusion.ts` says. The weights are equal, or those by which the validation part's NDCG is highest. It holds the tensors
 * of its members; each keeps its own way to score, and is not asked at a weight of 0.
 */
export function createEnsemble(findModel: (id: string) => Model): Model {
  const membersOf = derived((tensors) => readMembers(tensors, findModel))
  return {
    ...described,
    score: (fitted, train) => fuseScorers(fitted, train, membersOf, byScore),
    foldIn: (fitted, histories) => fuseScorers(fitted, histories, membersOf, byFoldIn),
    foldsIn: ({ tensors }) => membersOf(tensors).every(({ model, weight }) => weight === 0 || model.foldIn),
    explain: async (fitted, histories) => explainByMember(fitted, histories, membersOf),
    form: (trained) => fusedForm(trained, membersOf),
  }
}
