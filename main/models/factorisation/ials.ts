import type { Kernels } from '../../compute/kernels/kernels'
import { dotScorer } from '../dot-scorer'
import type { FitInput, FittedModel, Interactions, Model, Parameters, Scorer, Tensors, Vectors } from '../model'
import type { Random } from '../random'
import { type BinaryRows, presence, transpose } from '../sparse'

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
  parameters: [
    {
      name: 'embedding_size',
      type: 'integer',
      default: 128,
      minimum: 1,
      maximum: 1024,
      scale: 'logarithmic',
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
  itemVectors: ({ tensors }) => vectorsOf(tensors, 'item_factors'),
  userVectors: ({ tensors }) => vectorsOf(tensors, 'user_factors'),
  estimateBytes({ users, items, interactions }, params) {
    const length = paddedLength(params)
    const factors = (users + items) * length * 4 * 3
    return factors + interactions * 4 * 6 + (gramChunks(Math.max(users, items)) + 1) * length * length * 4
  },
  /** Each step of the solver goes through all interactions from both sides and multiplies each vector by a matrix. */
  estimateWork({ users, items, interactions }, params) {
    const length = paddedLength(params)
    const perStep = 4 * interactions * length + (users + items) * length ** 2
    const steps = Number(params.epochs) * (Number(params.conjugate_gradient_steps) + 1)
    return { dense: steps * perStep + users * items * length, sparse: 0 }
  },
}

/** Few, so that a cancel is heard soon even where rows have very many interactions. */
const rowsInChunk = 16
/** The standard deviation of a dot product at the start, over sqrt(components), as in Rendle et al. */
const initialScale = 0.1

/** The kernels take four components at a time; the ones added are zero and stay so. */
function paddedLength(params: Parameters): number {
  return Math.ceil(Number(params.embedding_size) / 4) * 4
}

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
    const size = Number(params.embedding_size)
    return {
      user_factors: { shape: [users.rows, size], data: unpad(users, size) },
      item_factors: { shape: [items.rows, size], data: unpad(items, size) },
      user_known: { shape: [users.rows], data: knownRows(users.offsets) },
      item_known: { shape: [items.rows], data: knownRows(items.offsets) },
    }
  })
}

function createSide(kernels: Kernels, { rows, columns, offsets, indices }: BinaryRows, params: Parameters): Side {
  const weights = kernels.float32(rows)
  const [lambda, exponent, alpha] = ['regularization', 'regularization_exponent', 'alpha'].map((name) =>
    Number(params[name]),
  )
  for (let row = 0; row < rows; row++) {
    weights[row] = lambda * (columns + alpha * (offsets[row + 1] - offsets[row])) ** exponent
  }
  return {
    rows,
    factors: kernels.float32(rows * paddedLength(params)),
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
  const [size, padded] = [Number(params.embedding_size), paddedLength(params)]
  const scale = initialScale / Math.sqrt(size)
  for (let start = 0; start < factors.length; start += padded) {
    for (let at = 0; at < size; at++) factors[start + at] = scale * random.normal()
  }
}

/** Solves one side's rows against the other side's vectors. */
function createSolver(kernels: Kernels, params: Parameters) {
  const length = paddedLength(params)
  const gram = kernels.float32(length * length)
  const scratch = kernels.float32(kernels.threads * length * 3)
  return {
    async solve(side: Side, other: Side, signal?: AbortSignal): Promise<void> {
      await fillGram(kernels, gram, other, length, signal)
      const sizes = [side.rows, length, Number(params.alpha), Number(params.conjugate_gradient_steps), rowsInChunk]
      const { factors, offsets, indices, regularization, objectives } = side
      const places = [factors, other.factors, gram, offsets, indices, regularization, objectives]
      await kernels.run('solveChunk', Math.ceil(side.rows / rowsInChunk), [...places, ...sizes, scratch], signal)
    },
  }
}

/** The number of partial sums depends on the rows alone, so that the result is the same at any number of threads. */
function gramChunks(rows: number): number {
  return Math.min(64, Math.ceil(rows / 512))
}

async function fillGram(kernels: Kernels, gram: Float32Array, side: Side, length: number, signal?: AbortSignal) {
  await kernels.scoped(async () => {
    const chunks = gramChunks(side.rows)
    const partials = kernels.float32(chunks * length * length)
    const values = [side.factors, side.rows, length, partials, Math.ceil(side.rows / chunks)]
    await kernels.run('gramChunk', chunks, values, signal)
    gram.fill(0)
    for (let start = 0; start < partials.length; start += gram.length) {
      for (let at = 0; at < gram.length; at++) gram[at] += partials[start + at]
    }
    for (let row = 1; row < length; row++) {
      for (let column = 0; column < row; column++) gram[row * length + column] = gram[column * length + row]
    }
  })
}

function unpad({ rows, factors }: Side, size: number): Float32Array {
  const padded = factors.length / Math.max(1, rows)
  const result = new Float32Array(rows * size)
  for (let row = 0; row < rows; row++) result.set(factors.subarray(row * padded, row * padded + size), row * size)
  return result
}

function knownRows(offsets: Uint32Array): Uint8Array {
  return Uint8Array.from({ length: offsets.length - 1 }, (_, row) => (offsets[row + 1] > offsets[row] ? 1 : 0))
}

function vectorsOf(tensors: Tensors, name: 'user_factors' | 'item_factors'): Vectors {
  const { shape, data } = tensors[name]
  return { count: shape[0], dimensions: shape[1], data: data as Float32Array }
}

/** Vectors filled up with zeros to a multiple of four components. */
function padded(vectors: Vectors): Vectors {
  const dimensions = Math.ceil(vectors.dimensions / 4) * 4
  if (dimensions === vectors.dimensions) return vectors
  const data = new Float32Array(vectors.count * dimensions)
  for (let row = 0; row < vectors.count; row++) {
    data.set(vectors.data.subarray(row * vectors.dimensions, (row + 1) * vectors.dimensions), row * dimensions)
  }
  return { count: vectors.count, dimensions, data }
}

async function scoreUsers({ tensors, compute }: FittedModel): Promise<Scorer> {
  const users = { ...padded(vectorsOf(tensors, 'user_factors')), known: tensors.user_known.data as Uint8Array }
  const items = { ...padded(vectorsOf(tensors, 'item_factors')), known: tensors.item_known.data as Uint8Array }
  return dotScorer(compute, users, items)
}

/** Enough steps for a small system to be solved to single precision from nothing. */
const foldInSteps = 30

async function foldIn({ tensors, params, compute }: FittedModel, histories: Interactions): Promise<Scorer> {
  const { kernels } = compute
  const items = padded(vectorsOf(tensors, 'item_factors'))
  const itemsKnown = tensors.item_known.data as Uint8Array
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
  return dotScorer(compute, users, { ...items, known: itemsKnown })
}
