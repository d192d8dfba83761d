import type { LossTools, TfTensors } from '../../compute/tensorflow/step'
import type { NamedArray, NamedArrays, Tf, TfTensor } from '../../compute/tensorflow/tensorflow'
import { dotForm, itemVectors, knownRows, userVectors } from '../factorisation/factors'
import type { FitInput, FittedModel, Interactions, Model, Parameters, Scorer, Tensors } from '../model'
import type { Random } from '../random'
import { type BinaryRows, presence, transpose } from '../sparse'
import { biasedProducts, biasedScorer } from './biased-scorer'
import { downloaded, upload } from './device-scorer'
import { glorot, zeros } from './initial'
import { type Links, linkedSums, openLinks } from './links'
import { embeddingParameter, knownOf, knownTensors, logLoss, negativesParameter, rowsOf } from './log-loss'
import { networkBytes, pairsOfStep } from './memory'
import { pairBatch, pairsToLearn } from './pairs'
import { learningParameters, needsValidation } from './parameters'
import { hiddenSizes, layerParameters } from './perceptron'
import { trainNetwork } from './train'

/**
 * Two towers of layers make vectors of a user's row of the matrix of choices and of an item's column, each row divided by
 * its length; the probability of a choice is sigmoid(w cos(x_u, y_i) + b). Xue et al. show the choice that is judged and clip the cosine at 10^-6 and take it
 * for the probability itself; through a sigmoid no pair is without a gradient.
 */
export const deepMf: Model = {
  id: 'deep-mf',
  name: 'Deep MF',
  family: 'Neural',
  feedback: 'implicit',
  summary: 'Makes vectors of whole histories by layers of a network, and compares their directions.',
  source: 'Xue, Dai, Zhang, Huang and Chen 2017, Deep matrix factorization models for recommender systems',
  assumes: 'Assumes that a taste is a function of the whole history, and an item one of all who chose it.',
  suits: 'Takes new histories without training; good where histories say more than who they belong to.',
  presets: [
    { id: 'balanced', name: 'Balanced', meaning: 'Does well on data of many kinds.', params: {} },
    { id: 'shallow', name: 'Shallow', meaning: 'One hidden layer, for little data.', params: { layers: 1 } },
  ],
  parameters: [
    embeddingParameter(64),
    ...layerParameters({ hidden_size: 128, layers: 2 }),
    negativesParameter,
    ...learningParameters({ epochs: 10, batch_size: 1024 }),
  ],
  needsValidation,
  checkpoint: true,
  fit,
  score: scoreHistories,
  foldIn: scoreHistories,
  form,
  scoresByProduct: true,
  scoresAreLogits: () => true,
  itemVectors,
  userVectors,
  estimateBytes({ users, items, interactions }, params) {
    const [first, ...others] = [...hiddenSizes(params), Number(params.embedding_size)]
    const ofPair = 7 * first + 3 * others.reduce((sum, units) => sum + units, 0) + Number(params.embedding_size)
    const rows = (users + items) * first
    const step = 2 * (pairsOfStep(interactions, params) * ofPair + rows)
    return networkBytes({ weights: rows, step, interactions }) + interactions * 24
  },
  estimateWork({ users, items, interactions }, params) {
    const size = Number(params.embedding_size)
    const steps = Math.ceil(interactions / Number(params.batch_size)) * Number(params.epochs)
    const graph = 4 * interactions * Number(params.hidden_size)
    const sizes = [...hiddenSizes(params), size]
    const tower = sizes.slice(1).reduce((sum, each, at) => sum + each * sizes[at], 0)
    const rows = interactions * (1 + Number(params.negatives)) * Number(params.epochs)
    return { dense: users * items * size + 6 * rows * tower + steps * graph, sparse: 0, isSerial: true }
  },
}

type Side = 'user' | 'item'

/** The rows of one side, on the device. */
interface Rows {
  readonly links: Links
  /** 1 / the length of each row, as a column. */
  readonly scales: TfTensor
  close(): void
}

export function openRows(tf: Tf, matrix: BinaryRows): Rows {
  const links = openLinks(tf, matrix)
  const lengths = Float32Array.from({ length: matrix.rows }, (_, row) =>
    Math.sqrt(Math.max(1, matrix.offsets[row + 1] - matrix.offsets[row])),
  )
  const scales = tf.tensor2d(
    lengths.map((length) => 1 / length),
    [matrix.rows, 1],
  )
  const close = () => {
    links.close()
    scales.dispose()
  }
  return { links, scales, close }
}

function towerWeights(side: Side, inputs: number, params: Parameters, random: Random): Record<string, NamedArray> {
  const sizes = [inputs, ...hiddenSizes(params), Number(params.embedding_size)]
  return Object.fromEntries(
    sizes.slice(1).flatMap((size, at): [string, NamedArray][] => [
      [`${side}_layer${at + 1}_weights`, glorot([sizes[at], size], random.derive(`${side} layer ${at + 1}`))],
      [`${side}_layer${at + 1}_bias`, zeros([size])],
    ]),
  )
}

/** Sums over the rows of one side, to which the first layer comes down, before they are scaled. */
function rowSums(tf: Tf, side: Side, weights: TfTensors, { links }: Rows): TfTensor {
  return linkedSums(tf, weights[`${side}_layer1_weights`], links)
}

/** Vectors of length 1 from what the first layer is before its bias. */
function tower(
  { tf, dropout }: LossTools,
  side: Side,
  weights: TfTensors,
  first: TfTensor,
  { layers, dropout: rate }: Parameters,
): TfTensor {
  let units = tf.add(first, weights[`${side}_layer1_bias`])
  for (let layer = 2; layer <= Number(layers) + 1; layer++) {
    const bent = dropout(tf.relu(units), Number(rate))
    units = tf.add(tf.matMul(bent, weights[`${side}_layer${layer}_weights`]), weights[`${side}_layer${layer}_bias`])
  }
  const squares = tf.sum(tf.square(units), 1, true)
  return tf.div(units, tf.sqrt(tf.add(squares, 1e-12)))
}

/** A logit for each pair; rows and columns are without the choice that is judged, which would give the answer away. */
export function logitsOf(
  tools: LossTools,
  weights: TfTensors,
  { users, items, labels }: TfTensors,
  rows: Readonly<Record<Side, Rows>>,
  params: Parameters,
): TfTensor {
  const { tf } = tools
  const isChosen = tf.expandDims(labels, 1)
  const vectorsOf = (side: Side, own: TfTensor, others: TfTensor) => {
    const itself = tf.mul(tf.gather(weights[`${side}_layer1_weights`], others), isChosen)
    const sums = tf.sub(tf.gather(rowSums(tf, side, weights, rows[side]), own), itself)
    return tower(tools, side, weights, tf.mul(sums, tf.gather(rows[side].scales, own)), params)
  }
  const cosines = tf.sum(tf.mul(vectorsOf('user', users, items), vectorsOf('item', items, users)), 1)
  return tf.add(tf.mul(cosines, weights.scale), weights.bias)
}

async function fit(input: FitInput): Promise<Tensors> {
  const { train, params, compute } = input
  const { tf } = await compute.tensorflow()
  const pairs = pairsToLearn(train)
  const known = knownTensors(pairs)
  const [ofUsers, ofItems] = [openRows(tf, pairs.histories), openRows(tf, transpose(pairs.histories))]
  const finish = async (weights: NamedArrays): Promise<Tensors> => ({
    ...weights,
    ...known,
    ...(await vectorsOf(tf, weights, { user: ofUsers, item: ofItems }, params)),
  })
  try {
    const learned = await trainNetwork(
      {
        examples: pairs.users.length,
        weights: (random) => ({
          ...towerWeights('user', train.items, params, random),
          ...towerWeights('item', train.users, params, random),
          scale: { shape: [1], data: Float32Array.of(firstScale) },
          bias: zeros([1]),
        }),
        batch: (examples, random) => pairBatch(pairs, examples, Number(params.negatives), random),
        loss: (tools, weights, batch) =>
          logLoss(tools.tf, logitsOf(tools, weights, batch, { user: ofUsers, item: ofItems }, params), batch.labels),
        score: async (weights, histories) => {
          const fitted = { tensors: await finish(weights), params, compute }
          return histories ? scoreHistories(fitted, histories) : scorerOf(fitted, knownRows(train.offsets))
        },
      },
      input,
    )
    return await finish(learned)
  } finally {
    ofUsers.close()
    ofItems.close()
  }
}

/** Cosines lie between -1 and 1, logits further apart. */
const firstScale = 5

/** The towers' vectors, those of the users times w. */
function vectorsOf(
  tf: Tf,
  weights: NamedArrays,
  rows: { user?: Rows; item?: Rows },
  params: Parameters,
): Promise<Tensors> {
  const made = tf.tidy(() => {
    const on = upload(tf, weights)
    const tools: LossTools = { tf, dropout: (x) => x }
    const of = (side: Side, each: Rows) =>
      tower(tools, side, on, tf.mul(rowSums(tf, side, on, each), each.scales), params)
    return {
      ...(rows.user && { user_factors: tf.mul(of('user', rows.user), on.scale) }),
      ...(rows.item && { item_factors: of('item', rows.item) }),
    }
  })
  return downloaded(made)
}

function scorerOf({ tensors, compute }: FittedModel, known: Uint8Array): Scorer {
  const users = { ...rowsOf(tensors, 'user_factors'), known }
  const items = { ...rowsOf(tensors, 'item_factors'), known: knownOf(tensors).items }
  return biasedScorer(compute, users, items, tensors.bias.data[0])
}

function form({ tensors }: Pick<FittedModel, 'tensors'>) {
  const { users, items } = dotForm(tensors)
  return { users: biasedProducts(users, items, tensors.bias.data[0]) }
}

async function scoreHistories(fitted: FittedModel, histories: Interactions): Promise<Scorer> {
  const { tf } = await fitted.compute.tensorflow()
  const matrix = presence(histories)
  const rows = openRows(tf, matrix)
  try {
    const vectors = await vectorsOf(tf, fitted.tensors, { user: rows }, fitted.params)
    return scorerOf({ ...fitted, tensors: { ...fitted.tensors, ...vectors } }, knownRows(matrix.offsets))
  } finally {
    rows.close()
  }
}
