import type { Kernels } from '../../compute/kernels/kernels'
import { columnsOfFeatures } from '../feature-size'
import type { FeatureRows, FitInput, Model, Parameters, Tensors } from '../model'
import { meanOf } from '../rating'
import { rangesOf, ratings, transpose, type ValuedRows } from '../sparse'
import { biasedForm, biasedTensors, foldInBiased, rateBiased, scoreBiased } from './biased'
import { bpr } from './bpr'
import { factorTensors, fillNormal, itemVectors, knownRows, paddedLength, userVectors } from './factors'
import { type Descent, descentOf, fixedItems } from './fold-in'
import { explainByInfluence } from './influence'
import { newItemTensors, scoreByFeatures } from './new-item'
import { transferBiased } from './transfer'

/** In the order of the kernel's numbers. */
const losses = ['squared', 'logistic', 'bpr']
const defaults: Record<string, number> = { embedding_size: 32, epochs: 40, learning_rate: 0.02, negatives: 2 }

/**
 * Factorisation machine of second order over user, item and their features: w0 + sum of w x + sum over pairs of columns
 * of x x' (v . v'), in time linear in the columns of a row (Rendle 2010). Features of a row are divided by their length, so
 * that rows with many count as much as a user or item does. Once trained a user, and an item, is one vector and one
 * number. Columns are shared between rows, so it trains on one thread. Items that nobody has chosen have no column of their
 * own: their features alone speak.
 */
export const fm: Model = {
  id: 'fm',
  name: 'FM',
  family: 'Factorisation',
  feedback: 'implicit',
  summary: 'Finds vectors of users, items and features, and scores by how well all of them fit together.',
  source: 'Rendle 2010, Factorization machines',
  features: 'optional',
  assumes:
    'Assumes that any two of user, item and their features may fit together, each pair by the product of their vectors.',
  suits:
    'Scores items that nobody has chosen by what they are like; without features BPR and Funk SVD do the same faster.',
  presets: [
    { id: 'pairs', name: 'Pairs', meaning: 'Puts what was chosen before drawn items, as BPR does.', params: {} },
    {
      id: 'choices',
      name: 'Choices',
      meaning: 'Judges what was chosen and drawn items each by itself, by the log loss.',
      params: { loss: 'logistic' },
    },
    {
      id: 'ratings',
      name: 'Ratings',
      meaning: 'Learns the ratings themselves, by squared errors.',
      params: { loss: 'squared', epochs: 20, learning_rate: 0.01, regularization: 0.02 },
    },
  ],
  parameters: [
    {
      name: 'loss',
      type: 'choice',
      default: 'bpr',
      choices: losses,
      meaning: 'Squared errors of ratings; or choices against drawn items, each by itself or in pairs.',
    },
    ...bpr.parameters
      .map((parameter) =>
        parameter.type !== 'boolean' && parameter.type !== 'choice' && parameter.name in defaults
          ? { ...parameter, default: defaults[parameter.name] }
          : parameter,
      )
      .map((parameter) =>
        parameter.name === 'negatives' ? { ...parameter, when: { loss: ['logistic', 'bpr'] } } : parameter,
      ),
  ],
  fit,
  score: scoreBiased,
  /** A new user has no features: the vector that is found stands for all that is known of them. */
  foldIn: async (fitted, histories) => foldInBiased(fitted, histories, stepsOf(fitted.params)),
  foldsInBySteps: true,
  explain: async ({ tensors, params }, histories) =>
    explainByInfluence(fixedItems(tensors, tensors.mean_rating.data[0]), stepsOf(params), histories),
  form: ({ tensors }) => ({ users: biasedForm(tensors) }),
  scoresByProduct: true,
  scoreNewItem: (fitted, _, item) => scoreByFeatures(fitted, item),
  transfer: (fitted, to) => transferBiased(fitted, to, stepsOf(fitted.params)),
  scoresAreLogits: ({ loss }) => loss === 'logistic',
  /** Only where ratings were learned. */
  rate: async (fitted) => (fitted.params.loss === 'squared' ? rateBiased(fitted) : null),
  itemVectors,
  userVectors,
  estimateBytes(size, params) {
    const { users, items, interactions, featureValues = 0 } = size
    const vectors = users + items + columnsOfFeatures(size)
    return vectors * paddedLength(Number(params.embedding_size)) * 12 + (interactions + featureValues) * 24
  },
  estimateWork({ users, items, interactions, featureValues = 0 }, params) {
    const columns = 2 + featureValues / Math.max(1, users + items)
    const samples = interactions * Number(params.epochs) * (1 + Number(params.negatives))
    return {
      dense: (8 * columns * samples + users * items) * Number(params.embedding_size),
      sparse: 10 * columns * samples,
      isSerial: true,
    }
  },
}

const stepsOf = (params: Parameters) => descentOf(params, params.loss as Descent['loss'])

/** Multiply-adds between two looks at whether it is cancelled, about. */
const workAtATime = 50_000_000
const rowsInChunk = 64

async function fit(input: FitInput): Promise<Tensors> {
  const { train, features, params, random, compute, report, signal } = input
  const { kernels } = compute
  return kernels.scoped(async () => {
    const rated = ratings(train)
    const size = Number(params.embedding_size)
    const length = paddedLength(size)
    const lists = listsOf(train, features?.users, features?.items)
    const chosen = knownRows(transpose(rated).offsets)
    const columns = lists.users.columns
    const vectors = kernels.float32(columns * length)
    const known = { users: knownRows(rated.offsets), items: chosen }
    const learned = learnedColumns(lists, known)
    const drawn = new Uint8Array(columns).fill(1)
    fillNormal(vectors, drawn, size, Number(params.deviation) / Math.sqrt(size), random.derive('vectors').normal)
    // Drawn for all, so that a seed gives a column the same whatever else is learned; what no interaction teaches then says
    // nothing, rather than something at random.
    learned.forEach((flag, column) => {
      if (flag === 0) vectors.fill(0, column * length, (column + 1) * length)
    })
    const weights = kernels.float32(columns)
    const tables = { users: share(kernels, lists.users), items: share(kernels, lists.items) }
    const mean = params.loss === 'squared' ? meanOf(train.values) : 0
    const members = Uint32Array.from(chosen.keys()).filter((item) => chosen[item] === 1)
    const told = kernels.float32(4)
    const sums = new Float64Array(told.buffer, told.byteOffset, 2)
    const values = [
      ...[kernels.share(rated.offsets), kernels.share(rated.indices), kernels.share(rated.values)],
      ...[...tables.users, ...tables.items, weights, vectors, length, mean],
      ...[Number(params.learning_rate), Number(params.regularization), losses.indexOf(String(params.loss))],
      ...[Number(params.negatives), kernels.share(members), members.length],
    ]
    const last = [kernels.uint32(2), kernels.float32(4 * length), told]
    const epochs = Number(params.epochs)
    const ranges = rangesOf(rated.offsets, Math.ceil(workAtATime / workOfEntry(lists, params, length)))
    const draws = random.derive('draws')
    for (let epoch = 1; epoch <= epochs; epoch++) {
      sums.fill(0)
      const seed = draws.integer(2 ** 32)
      for (const [from, to] of ranges) {
        await kernels.run('machineDescentChunk', 1, [from, to, ...values, seed, ...last], signal)
      }
      const loss = sums[0] / Math.max(1, sums[1])
      const told = params.loss === 'squared' ? { rmse: Math.sqrt(loss) } : { loss }
      report({ phase: 'fit', fraction: epoch / epochs, epoch, epochs, values: told })
    }
    const [users, items] = [
      await sumsOf(kernels, tables.users, lists.users, weights, vectors, length, signal),
      await sumsOf(kernels, tables.items, lists.items, weights, vectors, length, signal),
    ]
    const scored = { ...known, items: withAny(lists.items, learned) }
    const factors = factorTensors(users.sums, items.sums, scored, length, size)
    const columnsOfItems = features?.items.columns ?? 0
    const ofFeatures = { from: columns - columnsOfItems, columns: columnsOfItems, length, size }
    const biases = { mean, users: users.scores, items: items.scores }
    return { ...biasedTensors(factors, biases), ...newItemTensors(vectors, weights, ofFeatures) }
  })
}

interface Lists {
  users: ValuedRows
  items: ValuedRows
}

/** For each user and item its own column and those of its features; columns of both are numbered together. */
function listsOf({ users, items }: FitInput['train'], ofUsers?: FeatureRows, ofItems?: FeatureRows): Lists {
  const itemsFrom = users
  const userFeaturesFrom = users + items
  const itemFeaturesFrom = userFeaturesFrom + (ofUsers?.columns ?? 0)
  const columns = itemFeaturesFrom + (ofItems?.columns ?? 0)
  return {
    users: listsOfSide(users, columns, 0, userFeaturesFrom, ofUsers),
    items: listsOfSide(items, columns, itemsFrom, itemFeaturesFrom, ofItems),
  }
}

function listsOfSide(
  rows: number,
  columns: number,
  ownFrom: number,
  featuresFrom: number,
  features?: FeatureRows,
): ValuedRows {
  const count = features?.values.length ?? 0
  const offsets = new Uint32Array(rows + 1)
  const [indices, values] = [new Uint32Array(rows + count), new Float32Array(rows + count)]
  let size = 0
  for (let row = 0; row < rows; row++) {
    indices[size] = ownFrom + row
    values[size++] = 1
    if (features) {
      const [from, to] = [features.offsets[row], features.offsets[row + 1]]
      const length = Math.hypot(...features.values.subarray(from, to))
      for (let at = from; at < to && length > 0; at++) {
        indices[size] = featuresFrom + features.indices[at]
        values[size++] = features.values[at] / length
      }
    }
    offsets[row + 1] = size
  }
  return { rows, columns, offsets, indices: indices.slice(0, size), values: values.slice(0, size) }
}

/** Columns of users and items with interactions, their features' among them. */
function learnedColumns({ users, items }: Lists, known: { users: Uint8Array; items: Uint8Array }): Uint8Array {
  const learned = new Uint8Array(users.columns)
  const add = ({ rows, offsets, indices }: ValuedRows, isKnown: Uint8Array) => {
    for (let row = 0; row < rows; row++) {
      if (isKnown[row] === 0) continue
      for (let at = offsets[row]; at < offsets[row + 1]; at++) learned[indices[at]] = 1
    }
  }
  add(users, known.users)
  add(items, known.items)
  return learned
}

/** Rows of which anything was learned. */
function withAny({ rows, offsets, indices }: ValuedRows, learned: Uint8Array): Uint8Array {
  return Uint8Array.from({ length: rows }, (_, row) =>
    Number(indices.subarray(offsets[row], offsets[row + 1]).some((column) => learned[column] === 1)),
  )
}

function workOfEntry({ users, items }: Lists, { negatives }: Parameters, length: number): number {
  const columns = users.indices.length / Math.max(1, users.rows) + items.indices.length / Math.max(1, items.rows)
  return 4 * length * columns * (1 + Number(negatives))
}

function share(kernels: Kernels, { offsets, indices, values }: ValuedRows) {
  return [kernels.share(offsets), kernels.share(indices), kernels.share(values)]
}

/** Of each row the sum of its vectors, and what it scores by itself. */
async function sumsOf(
  kernels: Kernels,
  tables: (Uint32Array | Float32Array)[],
  { rows }: ValuedRows,
  weights: Float32Array,
  vectors: Float32Array,
  length: number,
  signal: AbortSignal,
) {
  const [sums, scores] = [kernels.float32(rows * length), kernels.float32(rows)]
  const values = [...tables, rows, weights, vectors, length, sums, scores, rowsInChunk]
  await kernels.run('machineSumsChunk', Math.ceil(rows / rowsInChunk), values, signal)
  return { sums, scores: scores.slice() }
}
