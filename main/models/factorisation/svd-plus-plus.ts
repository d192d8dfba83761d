import type { FitInput, FittedModel, Interactions, Model, Scorer, Tensors } from '../model'
import { meanOf } from '../rating'
import { rangesOf, ratings, transpose } from '../sparse'
import { biasedForm, biasedTensors, foldInBiased, rateBiased, scoreBiased } from './biased'
import { factorTensors, fillNormal, itemVectors, knownRows, paddedLength, userVectors, vectorsOf } from './factors'
import { descentOf } from './fold-in'
import { funkSvd } from './funk-svd'

const defaults: Record<string, number> = { embedding_size: 20, learning_rate: 0.007 }

/**
 * SVD++: as Funk SVD, and a user's vector is their own plus what having rated their items says of them: rating(u, i) ~
 * mean + b_u + b_i + y_i . (x_u + sum of z_j over the user's items / sqrt(their number)). Parameters and defaults are
 * those of Surprise; users' own vectors start from nothing, as those of Funk SVD. Users share the vectors z, so it trains on
 * one thread; see the kernel for how a user's steps are taken in time that grows with their ratings and not with the square
 * of them.
 */
export const svdPlusPlus: Model = {
  id: 'svd-plus-plus',
  name: 'SVD++',
  family: 'Factorisation',
  feedback: 'explicit',
  summary: 'Expects ratings as Funk SVD does, and also learns from which items a user has rated at all.',
  source: 'Koren 2008, Factorization meets the neighborhood',
  assumes: 'Assumes what Funk SVD does, and that which items were rated at all says something of a user.',
  suits:
    'The best expected ratings here, on data with many ratings; slow, since it trains on one thread, and no better in lists.',
  presets: [
    { id: 'usual', name: 'Usual', meaning: 'Parameters of the Surprise library.', params: {} },
    {
      id: 'accurate',
      name: 'Accurate',
      meaning: 'More epochs, with stronger regularisation that they need.',
      params: { epochs: 40, regularization: 0.08 },
    },
    {
      id: 'quick',
      name: 'Quick',
      meaning: 'Half the epochs with half the components, for a first look.',
      params: { embedding_size: 10, epochs: 10 },
    },
  ],
  parameters: funkSvd.parameters.map((parameter) =>
    parameter.type !== 'boolean' && parameter.type !== 'choice' && parameter.name in defaults
      ? { ...parameter, default: defaults[parameter.name] }
      : parameter,
  ),
  fit,
  score: scoreBiased,
  foldIn,
  foldsInBySteps: true,
  form: ({ tensors }) => ({ users: biasedForm(tensors) }),
  scoresByProduct: true,
  rate: rateBiased,
  itemVectors,
  userVectors,
  estimateBytes: ({ users, items, interactions }, params) =>
    (users + 2 * items) * paddedLength(Number(params.embedding_size)) * 8 + interactions * 24,
  estimateWork: ({ users, items, interactions }, params) => ({
    dense: (14 * interactions * Number(params.epochs) + users * items) * Number(params.embedding_size),
    sparse: 10 * interactions * Number(params.epochs),
    isSerial: true,
  }),
}

/** Of the numbers that items' vectors start with. */
const deviation = 0.1
/** Steps between two looks at whether it is cancelled, times components. */
const stepsAtATime = 2_000_000
const usersInChunk = 32

async function fit({ train, params, random, compute: { kernels }, report, signal }: FitInput): Promise<Tensors> {
  return kernels.scoped(async () => {
    const rated = ratings(train)
    const known = { users: knownRows(rated.offsets), items: knownRows(transpose(rated).offsets) }
    const size = Number(params.embedding_size)
    const length = paddedLength(size)
    const drawn = (name: string) => {
      const factors = kernels.float32(rated.columns * length)
      fillNormal(factors, known.items, size, deviation, random.derive(name).normal)
      return factors
    }
    const users = kernels.float32(rated.rows * length)
    const [items, implicit] = [drawn('items'), drawn('implicit')]
    const [userBiases, itemBiases] = [kernels.float32(rated.rows), kernels.float32(rated.columns)]
    const place = kernels.float32(2)
    const error = new Float64Array(place.buffer, place.byteOffset, 1)
    const mean = meanOf(train.values)
    const [offsets, indices] = [kernels.share(rated.offsets), kernels.share(rated.indices)]
    const values = [
      ...[offsets, indices, kernels.share(rated.values), users, items, implicit, userBiases, itemBiases],
      ...[length, mean, Number(params.learning_rate), Number(params.regularization)],
      ...[kernels.float32(3 * length), place],
    ]
    const ranges = rangesOf(rated.offsets, Math.ceil(stepsAtATime / length))
    const epochs = Number(params.epochs)
    for (let epoch = 1; epoch <= epochs; epoch++) {
      error[0] = 0
      for (const [from, to] of ranges) {
        await kernels.run('implicitDescentChunk', 1, [from, to, ...values], signal)
      }
      const rmse = Math.sqrt(error[0] / Math.max(1, rated.values.length))
      report({ phase: 'fit', fraction: epoch / epochs, epoch, epochs, values: { rmse } })
    }
    const wholes = [offsets, indices, rated.rows, users, implicit, length, usersInChunk]
    await kernels.run('addImplicitChunk', Math.ceil(rated.rows / usersInChunk), wholes, signal)
    const biases = { mean, users: userBiases.slice(), items: itemBiases.slice() }
    const factors = factorTensors(users, items, known, length, size)
    const { item_factors } = factorTensors(users, implicit, known, length, size)
    return { ...biasedTensors(factors, biases), implicit_factors: item_factors }
  })
}

/** A vector starts from what having rated the items of the history says. */
async function foldIn(fitted: FittedModel, histories: Interactions): Promise<Scorer> {
  const { implicit_factors } = fitted.tensors
  const { dimensions } = vectorsOf(fitted.tensors, 'item_factors')
  return foldInBiased(fitted, histories, descentOf(fitted.params, 'squared'), (items) => {
    const start = new Float64Array(dimensions + 1)
    // Older artifacts have no vectors of what was rated at all.
    if (!implicit_factors) return start
    for (const item of items) {
      for (let at = 0; at < dimensions; at++) {
        start[at] += implicit_factors.data[item * dimensions + at] / Math.sqrt(items.length)
      }
    }
    return start
  })
}
