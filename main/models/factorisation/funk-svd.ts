import { createStrata, runRounds } from '../../compute/strata'
import type { FitInput, Model, Tensors } from '../model'
import { meanOf } from '../rating'
import { ratings, transpose } from '../sparse'
import { biasedForm, biasedTensors, foldInBiased, rateBiased, scoreBiased } from './biased'
import { factorTensors, fillNormal, itemVectors, knownRows, paddedLength, userVectors } from './factors'
import { descentOf, fixedItems } from './fold-in'
import { explainByInfluence } from './influence'

/**
 * Biased matrix factorisation: rating(u, i) ~ mean + b_u + b_i + x_u . y_i, by stochastic gradient descent on squared
 * errors, everything but the mean regularised (Funk 2006; Koren, Bell and Volinsky 2009). Parameters and defaults are
 * those of Surprise's SVD, which draws users' vectors at the start as it does those of items. Here they start from
 * nothing: what they become is of the user's ratings alone, so that the same steps find it again for a history that is
 * folded in.
 */
export const funkSvd: Model = {
  id: 'funk-svd',
  name: 'Funk SVD',
  family: 'Factorisation',
  feedback: 'explicit',
  summary: 'Expects ratings from biases and the product of two vectors, and lists the highest.',
  source: 'Funk 2006, Netflix update: try this at home; Koren, Bell and Volinsky 2009',
  assumes: 'Assumes that ratings are biases plus the product of two vectors, and that what is missing says nothing.',
  suits: 'Right for expecting ratings; its lists bring up what few but fond people rated.',
  presets: [
    { id: 'usual', name: 'Usual', meaning: 'Parameters of the Surprise library.', params: {} },
    {
      id: 'accurate',
      name: 'Accurate',
      meaning: 'More epochs, with stronger regularisation that they need.',
      params: { epochs: 50, regularization: 0.1 },
    },
    {
      id: 'quick',
      name: 'Quick',
      meaning: 'Short vectors and half the epochs in larger steps, for a first look.',
      params: { embedding_size: 20, epochs: 10, learning_rate: 0.01 },
    },
  ],
  parameters: [
    {
      name: 'embedding_size',
      type: 'integer',
      default: 100,
      minimum: 1,
      maximum: 1024,
      scale: 'logarithmic',
      search: [10, 200],
      meaning: 'Components of each vector: more can tell more apart, and take longer.',
    },
    {
      name: 'epochs',
      type: 'integer',
      default: 20,
      minimum: 1,
      maximum: 1000,
      meaning: 'Times that all ratings are gone through.',
    },
    {
      name: 'learning_rate',
      type: 'number',
      default: 0.005,
      minimum: 0.00001,
      maximum: 1,
      scale: 'logarithmic',
      search: [0.002, 0.02],
      meaning: 'Size of a step: larger ones are quicker, until they no longer converge.',
    },
    {
      name: 'regularization',
      type: 'number',
      default: 0.02,
      minimum: 0,
      maximum: 10,
      search: [0.005, 0.2],
      scale: 'logarithmic',
      meaning: 'How strongly vectors are kept short: more for little or noisy data.',
    },
  ],
  fit,
  score: scoreBiased,
  foldIn: async (fitted, histories) => foldInBiased(fitted, histories, descentOf(fitted.params, 'squared')),
  foldsInBySteps: true,
  explain: async ({ tensors, params }, histories) =>
    explainByInfluence(fixedItems(tensors, tensors.mean_rating.data[0]), descentOf(params, 'squared'), histories),
  form: ({ tensors }) => ({ users: biasedForm(tensors) }),
  scoresByProduct: true,
  rate: rateBiased,
  itemVectors,
  userVectors,
  estimateBytes: ({ users, items, interactions }, params) =>
    (users + items) * paddedLength(Number(params.embedding_size)) * 8 + interactions * 24,
  estimateWork: ({ users, items, interactions }, params) => ({
    dense: (6 * interactions * Number(params.epochs) + users * items) * Number(params.embedding_size),
    sparse: 16 * interactions * Number(params.epochs),
  }),
}

/** Of the numbers that items' vectors start with. */
const deviation = 0.1

async function fit({ train, params, random, compute: { kernels }, report, signal }: FitInput): Promise<Tensors> {
  return kernels.scoped(async () => {
    const rated = ratings(train)
    const known = { users: knownRows(rated.offsets), items: knownRows(transpose(rated).offsets) }
    const size = Number(params.embedding_size)
    const length = paddedLength(size)
    const users = kernels.float32(rated.rows * length)
    const items = kernels.float32(rated.columns * length)
    fillNormal(items, known.items, size, deviation, random.derive('items').normal)
    const [userBiases, itemBiases] = [kernels.float32(rated.rows), kernels.float32(rated.columns)]
    const strata = createStrata(kernels, known, random.derive('strata').integer)
    const place = kernels.float32(2 * strata.count)
    const errors = new Float64Array(place.buffer, place.byteOffset, strata.count)
    const mean = meanOf(train.values)
    const values = [
      ...[strata.userOffsets, strata.users, strata.itemStrata],
      ...[kernels.share(rated.offsets), kernels.share(rated.indices), kernels.share(rated.values)],
      ...[users, items, userBiases, itemBiases, length, mean],
      ...[Number(params.learning_rate), Number(params.regularization), place],
    ]
    const epochs = Number(params.epochs)
    for (let epoch = 1; epoch <= epochs; epoch++) {
      let squares = 0
      await runRounds(kernels, 'ratingDescentChunk', strata, values, signal, () => {
        for (const error of errors) squares += error
      })
      const rmse = Math.sqrt(squares / Math.max(1, rated.values.length))
      report({ phase: 'fit', fraction: epoch / epochs, epoch, epochs, values: { rmse } })
    }
    const biases = { mean, users: userBiases.slice(), items: itemBiases.slice() }
    return biasedTensors(factorTensors(users, items, known, length, size), biases)
  })
}
