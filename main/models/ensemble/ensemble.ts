import { TopnError } from '../../contract/errors'
import { breakdownExplainer, derived, rowOf } from '../history-explainer'
import type { Explainer, FitInput, FittedModel, Interactions, Member, Model, Scorer, Tensors } from '../model'
import { fusedForm } from './form'
import { addContributions, type Fusion, fusionOf, toContributions } from './fusion'
import {
  byFoldIn,
  byScore,
  closeAll,
  type MakeScorer,
  type MembersOf,
  memberTensors,
  readMembers,
  scorersOf,
  weightsOf,
} from './members'
import { batchBytes, markHistory, mostUsers, poolItems, weightCases } from './pools'
import { meanNdcg, mostRounds, searchWeights } from './weights'

/**
 * The lists of several trained models as one: score(u, i) = sum over members m of w(m) x c(m, u, i), with c as
 * `fusion.ts` says. The weights are equal, or those by which the validation part's NDCG is highest. It holds the tensors
 * of its members; each keeps its own way to score, and is not asked at a weight of 0.
 */
export function createEnsemble(findModel: (id: string) => Model): Model {
  const membersOf = derived((tensors) => readMembers(tensors, findModel))
  return {
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
    score: (fitted, train) => fuseScorers(fitted, train, byScore),
    foldIn: (fitted, histories) => fuseScorers(fitted, histories, byFoldIn),
    foldsIn: ({ tensors }) => membersOf(tensors).every(({ model, weight }) => weight === 0 || model.foldIn),
    explain: async (fitted, histories) => explainByMember(fitted, histories, membersOf),
    form: (trained) => fusedForm(trained, membersOf),
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
  }

  async function fuseScorers(
    { tensors, params, compute }: FittedModel,
    histories: Interactions,
    make: MakeScorer,
  ): Promise<Scorer> {
    const members = membersOf(tensors).filter(({ weight }) => weight !== 0)
    const scorers = await scorersOf(members, compute, histories, make)
    return fusedScorer(
      members.map(({ weight }, at) => ({ weight, scorer: scorers[at] })),
      histories,
      fusionOf(params),
    )
  }
}

/** A score is the sum of what each member adds at its weight. */
function explainByMember(
  { tensors, params, compute }: FittedModel,
  histories: Interactions,
  membersOf: MembersOf,
): Explainer {
  const members = membersOf(tensors)
  const fusion = fusionOf(params)
  return breakdownExplainer('members', async (user, item) => {
    const history = rowOf(histories, user)
    const seen = new Uint8Array(history.items)
    markHistory(seen, history, 0, 1)
    const asked = members.filter(({ weight }) => weight !== 0)
    const scorers = await scorersOf(asked, compute, history, byFoldIn)
    try {
      const parts: { index: number; amount: number }[] = []
      for (const [at, scorer] of scorers.entries()) {
        const scores = new Float32Array(history.items)
        await scorer.score(Uint32Array.of(0), scores)
        const unscored = toContributions(scores, seen, fusion)
        const own = Number.isNaN(scores[item]) ? unscored : scores[item]
        parts.push({ index: members.indexOf(asked[at]), amount: asked[at].weight * own })
      }
      return [{ of: 'members', parts, rest: 0 }]
    } finally {
      closeAll(scorers)
    }
  })
}

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

async function fit(input: FitInput): Promise<Tensors> {
  const { runs = [], params, report, signal } = input
  signal.throwIfAborted()
  if (runs.length < 2) {
    throw new TopnError('BAD_REQUEST', 'An ensemble needs two members at least. Name more trained runs.', {
      field: 'members',
    })
  }
  const weights = givenWeights(runs) ?? (params.weights === 'fitted' ? await fitWeights(input, runs) : equal(runs))
  report({ phase: 'fit', fraction: 1 })
  return memberTensors(runs, weights)
}

const equal = (members: readonly unknown[]) => members.map(() => 1 / members.length)

/** Null unless every member has one. */
function givenWeights(members: readonly Member[]): number[] | null {
  const weights = members.flatMap(({ weight }) => weight ?? [])
  return weights.length === members.length ? weights : null
}

/** The share of the work that scoring the validation users is, about. */
const scoringShare = 0.5

async function fitWeights(
  { train, validation, params, random, compute, report, signal }: FitInput,
  members: readonly Member[],
): Promise<number[]> {
  if (!validation) throw unfit('There is no validation part to find weights by.')
  const scorers = await scorersOf(members, compute, train, byScore)
  try {
    const cases = await weightCases({
      train,
      validation,
      scorers,
      fusion: fusionOf(params),
      random: random.derive('weights'),
      signal,
      async tell(fraction) {
        report({ phase: 'fit', fraction: fraction * scoringShare })
        await pause()
      },
    })
    if (cases.length === 0) throw unfit('No user of the validation part has a training history to find weights by.')
    const cutoff = Number(params.cutoff)
    const objective = async (weights: readonly number[]) => {
      await pause()
      signal.throwIfAborted()
      return meanNdcg(cases, weights, cutoff)
    }
    return await searchWeights(members.length, objective, async (epoch, ndcg) => {
      const fraction = scoringShare + (1 - scoringShare) * (epoch / (mostRounds + 1))
      report({ phase: 'fit', fraction, epoch, epochs: mostRounds, values: { [`ndcg@${cutoff}`]: ndcg } })
    })
  } finally {
    closeAll(scorers)
  }
}

function unfit(reason: string): TopnError {
  const message = `${reason} Add a validation part to the split, or choose equal weights.`
  return new TopnError('BAD_REQUEST', message, { field: 'params.weights' })
}

/** Lets the event loop run, so that a cancel is heard. */
const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 0))

/** Scores as many users at a time as are asked for: one member's scores beside the sums, never more. */
function fusedScorer(
  members: readonly { weight: number; scorer: Scorer }[],
  histories: Interactions,
  fusion: Fusion,
): Scorer {
  const { items } = histories
  const seen = new Uint8Array(items)
  return {
    async score(users, into) {
      const known = new Uint8Array(into.length)
      const scores = new Float32Array(into.length)
      into.fill(0)
      for (const { weight, scorer } of members) {
        await scorer.score(users, scores)
        users.forEach((user, row) => {
          const place = [row * items, (row + 1) * items] as const
          const own = scores.subarray(...place)
          markHistory(seen, histories, user, 1)
          const unscored = toContributions(own, seen, fusion)
          addContributions(own, unscored, weight, into.subarray(...place), known.subarray(...place))
          markHistory(seen, histories, user, 0)
        })
      }
      for (let at = 0; at < into.length; at++) if (known[at] === 0) into[at] = Number.NaN
    },
    close: () => closeAll(members.map(({ scorer }) => scorer)),
  }
}
