import { alikeExplainer } from '../history-explainer'
import type { FittedModel, Model, Tensors } from '../model'
import { type Biases, biasOf, fitBiases, forEachPair, usualBiases } from '../rating'
import { scoreAlike } from './alike'

/** Rating = mean of all + what the user rates above it + what the item is rated above it. */
export const bias: Model = {
  id: 'bias',
  name: 'Bias',
  family: 'Baselines',
  feedback: 'explicit',
  summary: 'Rates by how kind the user is and how well the item is liked; lists the best liked items for everyone.',
  source: 'Koren 2010, Factor in the neighbors: scalable and accurate collaborative filtering, 2.1',
  assumes: 'Assumes that a rating is the mean, plus how kind the user is, plus how well the item is liked.',
  suits: 'Explains most of what can be explained about ratings; its lists are the same for everyone.',
  presets: [
    { id: 'usual', name: 'Usual', meaning: 'Regularisation of the Surprise library.', params: {} },
    {
      id: 'koren',
      name: 'Koren 2010',
      meaning: 'Regularisation that Koren 2010 used on the ratings of Netflix, stronger for items: for much data.',
      params: { user_regularization: 10, item_regularization: 25 },
    },
  ],
  parameters: [
    {
      name: 'epochs',
      type: 'integer',
      default: usualBiases.epochs,
      minimum: 1,
      maximum: 1000,
      meaning: 'Times that all items and then all users are solved for.',
    },
    {
      name: 'user_regularization',
      type: 'number',
      default: usualBiases.userRegularization,
      minimum: 0,
      maximum: 10_000,
      search: [1, 50],
      meaning: 'Ratings of the mean that each user counts as having given.',
    },
    {
      name: 'item_regularization',
      type: 'number',
      default: usualBiases.itemRegularization,
      minimum: 0,
      maximum: 10_000,
      search: [1, 50],
      meaning: 'Ratings of the mean that each item counts as having got.',
    },
  ],

  async fit({ train, params, report, signal }) {
    const epochs = Number(params.epochs)
    const [userRegularization, itemRegularization] = [params.user_regularization, params.item_regularization].map(
      Number,
    )
    const biases = await fitBiases(
      train,
      { epochs, userRegularization, itemRegularization },
      (epoch, error) =>
        report({ phase: 'fit', fraction: epoch / epochs, epoch, epochs, values: { rmse: Math.sqrt(error) } }),
      signal,
    )
    const known = new Uint8Array(train.items)
    for (const item of train.itemIndices) known[item] = 1
    return { ...biasTensors(biases), item_known: { shape: [train.items], data: known } }
  },

  score: async ({ tensors }, train) => scoreAlike(itemRatings(tensors), train),
  foldIn: async ({ tensors }, histories) => scoreAlike(itemRatings(tensors), histories),
  explain: async ({ tensors }) => {
    const ratings = itemRatings(tensors)
    return alikeExplainer('everyone', (item) => ratings[item])
  },
  rate,
  form: ({ tensors }) => ({ histories: { kind: 'alike', scores: itemRatings(tensors) } }),

  estimateBytes: ({ users, items }) => 4 * users + 24 * items,
  estimateWork: ({ interactions }, params) => ({ dense: 0, sparse: 2 * interactions * Number(params.epochs) }),
}

/** The mean, and the biases of users and items, as tensors. */
export function biasTensors({ mean, users, items }: Biases): Tensors {
  return {
    mean_rating: { shape: [1], data: Float64Array.of(mean) },
    user_biases: { shape: [users.length], data: users },
    item_biases: { shape: [items.length], data: items },
  }
}

export function biasesOf({ mean_rating, user_biases, item_biases }: Tensors): Biases {
  return {
    mean: mean_rating.data[0],
    users: user_biases.data as Float32Array,
    items: item_biases.data as Float32Array,
  }
}

/** What a user without a bias would rate each known item. */
function itemRatings({ mean_rating, item_biases, item_known }: Tensors): Float32Array {
  return Float32Array.from(item_biases.data, (value, item) =>
    item_known.data[item] === 1 ? mean_rating.data[0] + value : Number.NaN,
  )
}

async function rate({ tensors }: FittedModel) {
  const biases = biasesOf(tensors)
  return forEachPair((user, item) => biasOf(biases, user, item))
}
