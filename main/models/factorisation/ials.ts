import { fillGram, gramChunks } from '../../compute/gram'
import type { Kernels } from '../../compute/kernels/kernels'
import { solveSymmetric } from '../cholesky'
import { dotScorer } from '../dot-scorer'
import type { ScoringForm, Trained } from '../form'
import { areFew, derived, distinctItems, historyExplainer, rowScorer } from '../history-explainer'
import type { Explainer, FitInput, FittedModel, Interactions, Model, Parameters, Scorer, Tensors } from '../model'
import type { Random } from '../random'
import { type BinaryRows, presence, transpose } from '../sparse'
import {
  dotForm,
  factorTensors,
  itemVectors,
  knownItems,
  knownRows,
  paddedLength,
  scoreUsers,
  userVectors,
  vectorsOf,
} from './factors'
import { addOuterProducts, gramOfVectors, productsWith } from './normal-equations'

/**
 * Implicit alternating least squares. With p = 1 where user u has interacted with item i and 0 elsewhere, and
 * confidence c = 1 + alpha where p = 1 and 1 elsewhere, it minimises
 *
 *   sum over all (u, i) of c (p - x_u . y_i)^2  +  sum over rows of r |row|^2,   r = regularization x C^exponent
 *
 * where C is the row's total confidence: 1 x the other side's number of rows + alpha x the row's interactions. Exponent
 * 0 is Hu, Koren and Volinsky (2008); exponent 1 is the frequency-scaled form of Rendle, Krichene, Zhang and Koren
 * (2022, "Revisiting the performance of iALS on item recommendation benchmarks"), with alpha the inverse of their
 * unobserved weight. Each half-step takes a few steps of conjugate gradient from the vectors of the last epoch (Takács,
 * Pilászy and Tikk 2011), on the Gram matrix of the other side: see `solveChunk` for its operations.
 */
export const ials: Model = {
  id: 'ials',
  name: 'iALS',
  family: 'Factorisation',
  feedback: 'implicit',
  summary: 'Finds vectors of users and items whose dot product is high where a user has chosen an item.',
  source: 'Hu, Koren and Volinsky 2008; Takács, Pilászy and Tikk 2011; Rendle, Krichene, Zhang and Koren 2022',
  assumes:
    'Assumes that a number of tastes explain who chooses what, and that what was not chosen is weak evidence of dislike.',
  suits:
    'Among the best all round when tuned, and takes new histories without training; needs its regularisation to suit the data.',
  presets: [
    { id: 'balanced', name: 'Balanced', meaning: 'Does well on data of many kinds in a short time.', params: {} },
    {
      id: 'accurate',
      name: 'Accurate',
      meaning:
        'Twice the components and epochs, which much data wants, regularised by frequency after Rendle et al. 2022.',
      params: { embedding_size: 256, epochs: 30 },
    },
    {
      id: 'quick',
      name: 'Quick',
      meaning: 'Short vectors and few epochs, for a first look.',
      params: { embedding_size: 64, epochs: 6 },
    },
    {
      id: 'uniform',
      name: 'Uniform',
      meaning: 'The form of Hu, Koren and Volinsky 2008: all rows are regularised alike.',
      params: { regularization_exponent: 0, regularization: 30 },
    },
  ],
  parameters: [
    {
      name: 'embedding_size',
      type: 'integer',
      default: 128,
      minimum: 1,
      maximum: 1024,
      scale: 'logarithmic',
      search: [16, 256],
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
      default: 0.01,
      minimum: 0,
      maximum: 10_000,
      scale: 'logarithmic',
      search: [0.001, 0.05],
      meaning: 'How strongly vectors are kept short: more for little or noisy data.',
    },
    {
      name: 'regularization_exponent',
      type: 'number',
      default: 1,
      minimum: 0,
      maximum: 1,
      meaning:
        'How much more active users and popular items are regularised: 0 for all alike, 1 by their total confidence.',
    },
    {
      name: 'alpha',
      type: 'number',
      default: 8,
      minimum: 0.01,
      maximum: 10_000,
      scale: 'logarithmic',
      search: [1, 64],
      meaning: 'Weight of an interaction over that of an item not chosen.',
    },
    {
      name: 'conjugate_gradient_steps',
      type: 'integer',
      default: 3,
      minimum: 1,
      maximum: 100,
      meaning: 'Steps of the solver for each vector and epoch: more are nearer to the exact solution.',
    },
  ],
  fit,
  score: scoreUsers,
  foldIn,
  explain,
  form,
  scoresByProduct: true,
  itemVectors,
  userVectors,
  estimateBytes({ users, items, interactions }, params) {
    const length = lengthOf(params)
    const factors = (users + items) * length * 4 * 3
    return factors + interactions * 4 * 6 + (gramChunks(Math.max(users, items)) + 1) * length * length * 4
  },
  /** Each step of the solver goes through all interactions from both sides and multiplies each vector by a matrix. */
  estimateWork({ users, items, interactions }, params) {
    const length = lengthOf(params)
    const perStep = 4 * interactions * length + (users + items) * length ** 2
    const steps = Number(params.epochs) * (Number(params.conjugate_gradient_steps) + 1)
    return { dense: 0, blocked: steps * perStep + users * items * length, sparse: 0 }
  },
}

/** Few, so that a cancel is heard soon even where rows have very many interactions. */
const rowsInChunk = 16
/** The standard deviation of a dot product at the start, over sqrt(components), as in Rendle et al. */
const initialScale = 0.1

const lengthOf = ({ embedding_size }: Parameters) => paddedLength(Number(embedding_size))

/** One side's vectors, its interactions with the other side, and what its rows are regularised by, in shared memory. */
interface Side {
  rows: number
  factors: Float32Array
  offsets: Uint32Array
  indices: Uint32Array
  regularization: Float32Array
  /** For each row its part of the objective after it was last solved for, and the part of that which regularises. */
  objectives: Float32Array
}

async function fit(input: FitInput): Promise<Tensors> {
  const { train, params, random, report, signal } = input
  const { kernels } = input.compute
  return kernels.scoped(async () => {
    const matrix = presence(train)
    const solver = createSolver(kernels, params)
    const users = createSide(kernels, matrix, params)
    const items = createSide(kernels, transpose(matrix), params)
    fillNormal(users.factors, params, random.derive('users'))
    fillNormal(items.factors, params, random.derive('items'))
    const epochs = Number(params.epochs)
    for (let epoch = 1; epoch <= epochs; epoch++) {
      await solver.solve(users, items, signal)
      await solver.solve(items, users, signal)
      report({
        phase: 'fit',
        fraction: epoch / epochs,
        epoch,
        epochs,
        values: { objective: objectiveOf(users, items) },
      })
    }
    const known = { users: knownRows(users.offsets), items: knownRows(items.offsets) }
    return factorTensors(users.factors, items.factors, known, lengthOf(params), Number(params.embedding_size))
  })
}

function regularizationOf(params: Parameters, others: number, interactions: number): number {
  const [lambda, exponent, alpha] = ['regularization', 'regularization_exponent', 'alpha'].map((name) =>
    Number(params[name]),
  )
  return lambda * (others + alpha * interactions) ** exponent
}

function createSide(kernels: Kernels, { rows, columns, offsets, indices }: BinaryRows, params: Parameters): Side {
  const weights = kernels.float32(rows)
  for (let row = 0; row < rows; row++) weights[row] = regularizationOf(params, columns, offsets[row + 1] - offsets[row])
  return {
    rows,
    factors: kernels.float32(rows * lengthOf(params)),
    offsets: kernels.share(offsets),
    indices: kernels.share(indices),
    regularization: weights,
    objectives: kernels.float32(rows * 2),
  }
}

/**
 * The objective once `last` was solved for. The rows of `last` hold all of it but the regularisation of
 * `first`; a row without interactions is zero and costs nothing.
 */
function objectiveOf(first: Side, last: Side): number {
  let sum = 0
  for (let at = 0; at < last.objectives.length; at += 2) sum += last.objectives[at]
  for (let at = 1; at < first.objectives.length; at += 2) sum += first.objectives[at]
  return sum
}

function fillNormal(factors: Float32Array, params: Parameters, random: Random): void {
  const [size, padded] = [Number(params.embedding_size), lengthOf(params)]
  const scale = initialScale / Math.sqrt(size)
  for (let start = 0; start < factors.length; start += padded) {
    for (let at = 0; at < size; at++) factors[start + at] = scale * random.normal()
  }
}

/** Solves one side's rows against the other side's vectors. */
function createSolver(kernels: Kernels, params: Parameters) {
  const length = lengthOf(params)
  const gram = kernels.float32(length * length)
  const scratch = kernels.float32(kernels.threads * length * 3)
  return {
    async solve(side: Side, other: Side, signal?: AbortSignal): Promise<void> {
      await fillGram(kernels, gram, other.factors, other.rows, length, signal)
      const sizes = [side.rows, length, Number(params.alpha), Number(params.conjugate_gradient_steps), rowsInChunk]
      const { factors, offsets, indices, regularization, objectives } = side
      const places = [factors, other.factors, gram, offsets, indices, regularization, objectives]
      await kernels.run('solveChunk', Math.ceil(side.rows / rowsInChunk), [...places, ...sizes, scratch], signal)
    },
  }
}

function form({ tensors, params }: Trained): ScoringForm {
  const [alpha, factor, exponent] = [params.alpha, params.regularization, params.regularization_exponent].map(Number)
  const users = dotForm(tensors)
  return {
    users,
    histories: {
      kind: 'least-squares',
      items: users.items,
      everywhere: 1,
      own: alpha,
      regularization: { factor, base: users.items.count, each: alpha, exponent },
      target: 1 + alpha,
      biases: null,
    },
  }
}

/** Enough steps for a small system to be solved to single precision from nothing. */
const foldInSteps = 30

async function foldIn(fitted: FittedModel, histories: Interactions): Promise<Scorer> {
  const { tensors, params, compute } = fitted
  const length = lengthOf(params)
  if (areFew(histories, length * length)) return scoreFew(fitted, histories)
  const { kernels } = compute
  const items = knownItems(tensors)
  const users = await kernels.scoped(async () => {
    const exact = { ...params, conjugate_gradient_steps: foldInSteps }
    const solver = createSolver(kernels, exact)
    const side = createSide(kernels, presence(histories), exact)
    const none = new Uint32Array(0)
    const other = { ...side, rows: items.count, factors: kernels.share(items.data), offsets: none, indices: none }
    await solver.solve(side, other)
    return {
      count: side.rows,
      dimensions: items.dimensions,
      data: side.factors.slice(),
      known: knownRows(side.offsets),
    }
  })
  return dotScorer(compute, users, items)
}

const gramOfItems = derived((tensors) => gramOfVectors(vectorsOf(tensors, 'item_factors')))

/** Solves a user's equations, by elimination, for each of `sides`. */
function solveUser({ tensors, params }: FittedModel, history: readonly number[], sides: readonly Float64Array[]): void {
  const items = vectorsOf(tensors, 'item_factors')
  const matrix = gramOfItems(tensors).slice()
  addOuterProducts(matrix, items, history, Number(params.alpha))
  const weight = regularizationOf(params, items.count, history.length)
  for (let at = 0; at < matrix.length; at += items.dimensions + 1) matrix[at] += weight
  solveSymmetric(matrix, items.dimensions, sides)
}

/** For a few users the equations are solved where they are, without the kernels. */
function scoreFew(fitted: FittedModel, histories: Interactions): Scorer {
  const { tensors, params } = fitted
  const items = vectorsOf(tensors, 'item_factors')
  const known = tensors.item_known.data
  return rowScorer(histories, (user, into) => {
    const history = distinctItems(histories, user)
    if (history.length === 0) return into.fill(Number.NaN)
    const vector = new Float64Array(items.dimensions)
    for (const item of history) {
      for (let at = 0; at < vector.length; at++) vector[at] += items.data[item * vector.length + at]
    }
    for (let at = 0; at < vector.length; at++) vector[at] *= 1 + Number(params.alpha)
    solveUser(fitted, history, [vector])
    productsWith(items, vector, into)
    for (let item = 0; item < into.length; item++) if (known[item] === 0) into[item] = Number.NaN
  })
}

/**
 * With A the user's equations, x = A^-1 sum of (1 + alpha) y_j over the history, so that a score is the sum of
 * (1 + alpha) y_i' A^-1 y_j (Hu, Koren and Volinsky 2008, section 5).
 */
async function explain(fitted: FittedModel, histories: Interactions): Promise<Explainer> {
  const items = vectorsOf(fitted.tensors, 'item_factors')
  const { dimensions } = items
  let last: { item: number; user: number; weights: Float64Array } | null = null
  const weightsOf = (item: number, user: number) => {
    if (last?.item === item && last.user === user) return last.weights
    const weights = Float64Array.from(items.data.subarray(item * dimensions, (item + 1) * dimensions))
    solveUser(fitted, distinctItems(histories, user), [weights])
    last = { item, user, weights }
    return weights
  }
  return historyExplainer('shares', histories, (item, own, user) => {
    const weights = weightsOf(item, user)
    let sum = 0
    for (let at = 0; at < dimensions; at++) sum += weights[at] * items.data[own * dimensions + at]
    return (1 + Number(fitted.params.alpha)) * sum
  })
}
