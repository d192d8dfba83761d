import { gramChunks } from '../../compute/gram'
import type { ScoringForm, Trained } from '../form'
import type { FitInput, Model, Parameters, Tensors } from '../model'
import type { Random } from '../random'
import { presence, transpose } from '../sparse'
import { dotForm, factorTensors, itemVectors, knownRows, scoreUsers, userVectors } from './factors'
import { explain, foldIn } from './ials-histories'
import { createSide, createSolver, lengthOf, objectiveOf } from './ials-solver'

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

/** The standard deviation of a dot product at the start, over sqrt(components), as in Rendle et al. */
const initialScale = 0.1

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

function fillNormal(factors: Float32Array, params: Parameters, random: Random): void {
  const [size, padded] = [Number(params.embedding_size), lengthOf(params)]
  const scale = initialScale / Math.sqrt(size)
  for (let start = 0; start < factors.length; start += padded) {
    for (let at = 0; at < size; at++) factors[start + at] = scale * random.normal()
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
