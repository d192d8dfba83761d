import type { ScoringForm, Trained } from '../form'
import { breakdownExplainer, derived, rowOf } from '../history-explainer'
import type { Explainer, FitInput, FittedModel, Interactions, Model, Parameters, Scorer, Tensors } from '../model'
import { ratings, type ValuedRows } from '../sparse'
import { neighbourRater, ratingParameter } from './rater'
import { sparseScorer } from './scorer'
import { findNeighbours, type Neighbours, neighboursOf, neighbourTensors, searchBytes, searchWork } from './search'
import { isSameRow, type Profiles, profilesOf, sharesOfColumns, similarityParameters } from './similarity'

/**
 * User neighbours: the score of an item is the sum of the user's similarities to those of the `neighbors` most similar
 * users that have it. The model keeps the training interactions, so that a new history finds its neighbours too.
 */
export const userKnn: Model = {
  id: 'user-knn',
  name: 'User k-NN',
  family: 'Neighbours',
  feedback: 'implicit',
  summary: 'Recommends what the users with the most similar histories have chosen.',
  source: 'Resnick, Iacovou, Suchak, Bergstrom and Riedl 1994, GroupLens',
  assumes: 'Assumes that people agree with those they agreed with before.',
  suits:
    'Good where users are fewer than items or tastes go in groups; a user with a short history has arbitrary neighbours.',
  presets: [
    { id: 'cosine', name: 'Cosine', meaning: 'Compares who has chosen what, every interaction alike.', params: {} },
    {
      id: 'tf-idf',
      name: 'TF-IDF',
      meaning: 'Cosine in which rarely chosen items count more.',
      params: { weighting: 'tf-idf' },
    },
    {
      id: 'plain-ratings',
      name: 'Plain ratings',
      meaning: 'For expected ratings: the mean of the 40 nearest raters, as in KNNBasic of Surprise.',
      params: { similarity: 'mean-squared-difference', shrinkage: 0, neighbors: 40, rating_prediction: 'plain' },
    },
    {
      id: 'centred-ratings',
      name: 'Centred ratings',
      meaning: 'For expected ratings: the same less the mean of each rater, as in KNNWithMeans of Surprise.',
      params: { similarity: 'mean-squared-difference', shrinkage: 0, neighbors: 40, rating_prediction: 'mean-centred' },
    },
    {
      id: 'baseline-ratings',
      name: 'Baseline ratings',
      meaning: 'For expected ratings: the same less the biases of raters and items, as in KNNBaseline of Surprise.',
      params: { similarity: 'mean-squared-difference', shrinkage: 0, neighbors: 40 },
    },
  ],
  parameters: [
    {
      name: 'neighbors',
      type: 'integer',
      default: 100,
      minimum: 1,
      maximum: 10_000,
      scale: 'logarithmic',
      search: [10, 500],
      meaning: 'Similar users that are asked.',
    },
    ...similarityParameters,
    ratingParameter,
  ],

  async fit({ train, params, compute, report, signal }: FitInput): Promise<Tensors> {
    const users = ratings(train)
    const profiles = profilesOf(users, params)
    const options = { report, signal }
    const found = await findNeighbours(compute.kernels, profiles, profiles, Number(params.neighbors), options)
    return {
      ...neighbourTensors(found),
      history_offsets: { shape: [users.rows + 1], data: users.offsets },
      history_items: { shape: [users.indices.length], data: users.indices },
      history_ratings: { shape: [users.values.length], data: users.values },
      items: { shape: [1], data: Uint32Array.of(users.columns) },
    }
  },

  score: async (fitted) => scoreByNeighbours(fitted, neighboursOf(fitted.tensors)),
  foldIn,
  explain,
  form,
  rate: (fitted, train) => neighbourRater(fitted, train, 'users'),

  estimateBytes: ({ users, interactions }, params) =>
    searchBytes(users, users, interactions, Number(params.neighbors)) + 8 * interactions,
  /** As for item neighbours, with users for items; a score adds up the neighbours' histories. */
  estimateWork: ({ users, items, interactions }, params) => ({
    dense: 0,
    sparse: searchWork(users, { users: items, interactions }) + interactions * Number(params.neighbors),
  }),
}

function form({ tensors }: Trained): ScoringForm {
  const { indices: neighbours, similarities, count } = neighboursOf(tensors)
  const histories = historiesOf(tensors)
  return {
    users: { kind: 'neighbour-histories', items: histories.columns, count, neighbours, similarities, histories },
  }
}

async function foldIn(fitted: FittedModel, histories: Interactions): Promise<Scorer> {
  return scoreByNeighbours(fitted, (await neighboursOfHistories(fitted, histories)).found)
}

/**
 * Of a trained user's own history those that training found: nobody is a neighbour of their own, so one who has the very
 * same history is left out, who could list nothing that is not in it.
 */
async function neighboursOfHistories({ tensors, params, compute }: FittedModel, histories: Interactions) {
  const trained = historiesOf(tensors)
  const asked = profilesOf(ratings(histories), params, trained)
  const among = profilesOfTrained(tensors)(params)
  const wanted = Math.min(Number(params.neighbors), Math.max(1, trained.rows - 1))
  const more = await findNeighbours(compute.kernels, asked, among, wanted + 1)
  return { asked, among, found: withoutThemselves(more, wanted, asked, among) }
}

/** The training histories as parameters compare them. */
const profilesOfTrained = derived((tensors) => {
  const made = new WeakMap<Parameters, Profiles>()
  return (params: Parameters) => {
    const profiles = made.get(params) ?? profilesOf(historiesOf(tensors), params)
    made.set(params, profiles)
    return profiles
  }
})

/** The first `count` neighbours of each row, without the first one that is the same row. */
function withoutThemselves(more: Neighbours, count: number, asked: Profiles, among: Profiles): Neighbours {
  const rows = asked.rows.rows
  const [indices, similarities] = [new Uint32Array(rows * count), new Float32Array(rows * count)]
  for (let row = 0; row < rows; row++) {
    const own = more.indices.subarray(row * more.count, (row + 1) * more.count)
    const similar = more.similarities.subarray(row * more.count, (row + 1) * more.count)
    const itself = own.findIndex((other, at) => similar[at] > 0 && isSameRow(asked, row, among, other))
    for (let at = 0, from = 0; at < count && from < more.count; from++) {
      if (from === itself) continue
      indices[row * count + at] = own[from]
      similarities[row * count + at++] = similar[from]
    }
  }
  return { indices, similarities, count }
}

/**
 * A score is the sum of the similarities of those neighbours who have the item; and each similarity a sum over the items
 * of the history that the neighbour has too.
 */
async function explain(fitted: FittedModel, histories: Interactions): Promise<Explainer> {
  const { offsets, indices } = historiesOf(fitted.tensors)
  return breakdownExplainer('users', async (user, item) => {
    const { asked, among, found } = await neighboursOfHistories(fitted, rowOf(histories, user))
    const users = Array.from(found.indices, (index, at) => ({ index, amount: found.similarities[at] })).filter(
      ({ index, amount }) => amount > 0 && indices.subarray(offsets[index], offsets[index + 1]).includes(item),
    )
    const amounts = new Map<number, number>()
    for (const { index, amount } of users) {
      for (const [own, share] of sharesOfColumns(asked, 0, among, index)) {
        amounts.set(own, (amounts.get(own) ?? 0) + amount * share)
      }
    }
    return [
      { of: 'users', parts: users, rest: 0 },
      { of: 'history', parts: [...amounts].map(([index, amount]) => ({ index, amount })), rest: 0 },
    ]
  })
}

function scoreByNeighbours({ tensors, compute }: FittedModel, { indices, similarities, count }: Neighbours): Scorer {
  const lists = historiesOf(tensors)
  const rows = indices.length / count
  const offsets = Uint32Array.from({ length: rows + 1 }, (_, row) => row * count)
  const asked = { rows, columns: lists.rows, offsets, indices, values: similarities }
  return sparseScorer(compute.kernels, asked, { ...lists, values: new Float32Array(lists.indices.length).fill(1) })
}

function historiesOf({ history_offsets, history_items, history_ratings, items }: Tensors): ValuedRows {
  return {
    rows: history_offsets.shape[0] - 1,
    columns: items.data[0],
    offsets: history_offsets.data as Uint32Array,
    indices: history_items.data as Uint32Array,
    values: history_ratings.data as Float32Array,
  }
}
