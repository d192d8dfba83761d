import type { Kernels } from '../../compute/kernels/kernels'
import { biasesOf } from '../baselines/bias'
import { solveSymmetric } from '../cholesky'
import { dotScorer } from '../dot-scorer'
import type { ScoringForm, Trained } from '../form'
import { breakdownExplainer, rowOf } from '../history-explainer'
import type { Explainer, FitInput, FittedModel, Interactions, Model, Parameters, Scorer, Tensors } from '../model'
import { type Biases, biasOf, fitBiases, usualBiases } from '../rating'
import { ratings, transposeValues, type ValuedRows } from '../sparse'
import { biasedForm, biasedTensors, extendedItems, extendedUsers, rateBiased, scoreBiased } from './biased'
import {
  factorTensors,
  fillNormal,
  itemVectors,
  knownRows,
  knownVectors,
  padded,
  paddedLength,
  userVectors,
  vectorsOf,
} from './factors'
import { addOuterProducts } from './normal-equations'

/**
 * Alternating least squares on ratings: with d(u, i) the rating less mean and biases (as `bias` fits them), it minimises
 * the sum over ratings of (d - x_u . y_i)² + regularization (n_u |x_u|² + n_i |y_i|²), n being numbers of ratings (Zhou et
 * al. 2008). Users and items are solved for by turns, by conjugate gradient from where the last epoch left them.
 */
export const als: Model = {
  id: 'als',
  name: 'ALS',
  family: 'Factorisation',
  feedback: 'explicit',
  summary: 'Expects ratings from biases and the product of two vectors, which are solved for by turns.',
  source: 'Zhou, Wilkinson, Schreiber and Pan 2008, Large-scale parallel collaborative filtering for the Netflix prize',
  assumes: 'Assumes what Funk SVD does, and solves for one side exactly where that takes steps.',
  suits:
    'Few epochs, no learning rate, and new users without training; as all that learn ratings, no help where there are none.',
  presets: [
    { id: 'balanced', name: 'Balanced', meaning: 'Does well on data of many kinds in a short time.', params: {} },
    { id: 'accurate', name: 'Accurate', meaning: 'Longer vectors.', params: { embedding_size: 50 } },
    {
      id: 'quick',
      name: 'Quick',
      meaning: 'Short vectors and half the epochs, for a first look.',
      params: { embedding_size: 10, epochs: 8 },
    },
  ],
  parameters: [
    {
      name: 'embedding_size',
      type: 'integer',
      default: 20,
      minimum: 1,
      maximum: 1024,
      scale: 'logarithmic',
      search: [8, 128],
      meaning: 'Components of each vector: more can tell more apart, and take longer.',
    },
    {
      name: 'epochs',
      type: 'integer',
      default: 15,
      minimum: 1,
      maximum: 1000,
      meaning: 'Times that all users and then all items are solved for.',
    },
    {
      name: 'regularization',
      type: 'number',
      default: 0.15,
      minimum: 0.0001,
      maximum: 100,
      scale: 'logarithmic',
      search: [0.01, 1],
      meaning: 'How strongly vectors are kept short: more for little or noisy data.',
    },
    {
      name: 'conjugate_gradient_steps',
      type: 'integer',
      default: 5,
      minimum: 1,
      maximum: 100,
      meaning: 'Steps of the solver for each vector and epoch: more are nearer to the exact solution.',
    },
  ],
  fit,
  score: scoreBiased,
  foldIn,
  explain,
  form,
  scoresByProduct: true,
  rate: rateBiased,
  itemVectors,
  userVectors,
  estimateBytes: ({ users, items, interactions }, params) => (users + items) * lengthOf(params) * 8 + interactions * 40,
  estimateWork({ users, items, interactions }, params) {
    const steps = Number(params.epochs) * (Number(params.conjugate_gradient_steps) + 1)
    const blocked = (4 * interactions * steps + users * items) * lengthOf(params)
    return { dense: 0, blocked, sparse: 20 * interactions }
  },
}

/** Few, so that a cancel is heard soon even where rows have very many entries. */
const rowsInChunk = 16
/** Of the numbers that vectors start with. */
const deviation = 0.1

const lengthOf = ({ embedding_size }: Parameters) => paddedLength(Number(embedding_size))

/** One side's vectors and its ratings less mean and biases, in shared memory. */
interface Side {
  rows: number
  factors: Float32Array
  entries: (Uint32Array | Float32Array)[]
  regularization: Float32Array
  /** Squared errors of each row before it was last solved for. */
  errors: Float32Array
}

async function fit({ train, params, random, compute: { kernels }, report, signal }: FitInput): Promise<Tensors> {
  return kernels.scoped(async () => {
    const biases = await fitBiases(train, usualBiases, () => {}, signal)
    const rated = lessBiases(ratings(train), biases)
    const byItem = transposeValues(rated)
    const known = { users: knownRows(rated.offsets), items: knownRows(byItem.offsets) }
    const users = createSide(kernels, rated, params)
    const items = createSide(kernels, byItem, params)
    fillNormal(items.factors, known.items, Number(params.embedding_size), deviation, random.derive('items').normal)
    const epochs = Number(params.epochs)
    for (let epoch = 1; epoch <= epochs; epoch++) {
      await solve(kernels, users, items.factors, params, signal)
      await solve(kernels, items, users.factors, params, signal)
      const squares = items.errors.reduce((sum, error) => sum + error, 0)
      const rmse = Math.sqrt(squares / Math.max(1, rated.values.length))
      report({ phase: 'fit', fraction: epoch / epochs, epoch, epochs, values: { rmse } })
    }
    const size = Number(params.embedding_size)
    return biasedTensors(factorTensors(users.factors, items.factors, known, lengthOf(params), size), biases)
  })
}

function lessBiases(rated: ValuedRows, { mean, users, items }: Biases): ValuedRows {
  const values = rated.values.slice()
  for (let user = 0; user < rated.rows; user++) {
    for (let at = rated.offsets[user]; at < rated.offsets[user + 1]; at++) {
      values[at] -= mean + users[user] + items[rated.indices[at]]
    }
  }
  return { ...rated, values }
}

function createSide(kernels: Kernels, { rows, offsets, indices, values }: ValuedRows, params: Parameters): Side {
  const weights = Float32Array.from({ length: rows }, (_, row) => offsets[row + 1] - offsets[row])
  return {
    rows,
    factors: kernels.float32(rows * lengthOf(params)),
    entries: [kernels.share(offsets), kernels.share(indices), kernels.share(values)],
    regularization: kernels.share(weights.map((count) => count * Number(params.regularization))),
    errors: kernels.float32(rows),
  }
}

async function solve(
  kernels: Kernels,
  { rows, factors, entries, regularization, errors }: Side,
  others: Float32Array,
  params: Parameters,
  signal?: AbortSignal,
): Promise<void> {
  const length = lengthOf(params)
  await kernels.scoped(async () => {
    const scratch = kernels.float32(kernels.threads * length * 3)
    const sizes = [rows, length, Number(params.conjugate_gradient_steps), rowsInChunk]
    const values = [factors, others, ...entries, regularization, errors, ...sizes, scratch]
    await kernels.run('ratingSolveChunk', Math.ceil(rows / rowsInChunk), values, signal)
  })
}

function form({ tensors, params }: Trained): ScoringForm {
  const { mean, items } = biasesOf(tensors)
  return {
    users: biasedForm(tensors),
    histories: {
      kind: 'least-squares',
      items: knownVectors(tensors, 'item'),
      everywhere: 0,
      own: 1,
      regularization: { factor: Number(params.regularization), base: 0, each: 1, exponent: 1 },
      target: 0,
      biases: { mean, items, userRegularization: usualBiases.userRegularization },
    },
  }
}

/** Enough steps for a small system to be solved to single precision from nothing. */
const foldInSteps = 30

/** A new user's bias is what theirs would be with those of the items as they are. */
function foldedBiases(known: Biases, { rows, offsets, indices, values }: ValuedRows): Float32Array {
  return Float32Array.from({ length: rows }, (_, user) => {
    const [from, to] = [offsets[user], offsets[user + 1]]
    let sum = 0
    for (let at = from; at < to; at++) sum += values[at] - known.mean - known.items[indices[at]]
    return sum / (usualBiases.userRegularization + to - from)
  })
}

async function foldIn({ tensors, params, compute }: FittedModel, histories: Interactions): Promise<Scorer> {
  const { kernels } = compute
  const known = biasesOf(tensors)
  const rated = ratings(histories)
  const biases = { ...known, users: foldedBiases(known, rated) }
  const factors = await kernels.scoped(async () => {
    const side = createSide(kernels, lessBiases(rated, biases), params)
    const items = kernels.share(padded(vectorsOf(tensors, 'item_factors')).data)
    await solve(kernels, side, items, { ...params, conjugate_gradient_steps: foldInSteps })
    return side.factors.slice()
  })
  const vectors = { count: rated.rows, dimensions: lengthOf(params), data: factors }
  const flags = knownRows(rated.offsets)
  return dotScorer(
    compute,
    extendedUsers(vectors, biases, flags, Number(params.embedding_size)),
    extendedItems(tensors),
  )
}

/**
 * With A = sum of y y' + r I over the history, x = A^-1 sum of d_j y_j, so that a rating is mean and biases plus the sum of
 * d_j y_i' A^-1 y_j.
 */
async function explain({ tensors, params }: FittedModel, histories: Interactions): Promise<Explainer> {
  const items = vectorsOf(tensors, 'item_factors')
  const { dimensions } = items
  const known = biasesOf(tensors)
  return breakdownExplainer('shares', async (user, item) => {
    const rated = ratings(rowOf(histories, user))
    const biases = { ...known, users: foldedBiases(known, rated) }
    const deviations = lessBiases(rated, biases)
    const matrix = new Float64Array(dimensions ** 2)
    addOuterProducts(matrix, items, deviations.indices, 1)
    const weight = rated.indices.length * Number(params.regularization)
    for (let at = 0; at < matrix.length; at += dimensions + 1) matrix[at] += weight
    const weights = Float64Array.from(items.data.subarray(item * dimensions, (item + 1) * dimensions))
    solveSymmetric(matrix, dimensions, [weights])
    const parts = Array.from(deviations.indices, (own, at) => {
      const product = weights.reduce((sum, value, place) => sum + value * items.data[own * dimensions + place], 0)
      return { index: own, amount: deviations.values[at] * product }
    })
    return [{ of: 'history', parts, rest: biasOf(biases, 0, item) }]
  })
}
