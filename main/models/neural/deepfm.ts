import type { LossTools, TfTensors } from '../../compute/tensorflow/step'
import type { NamedArray, NamedArrays, Tf, TfTensor } from '../../compute/tensorflow/tensorflow'
import { itemVectors, knownRows, userVectors } from '../factorisation/factors'
import { columnsOfFeatures } from '../feature-size'
import type { FeatureRows, FitInput, Model, Tensors } from '../model'
import type { Random } from '../random'
import { transpose } from '../sparse'
import { form, type Side, scoreNewItem, scorerOf, sideOf } from './deepfm-scores'
import { downloaded, upload } from './device-scorer'
import { entriesOf, type Fields, fieldsOf } from './fields'
import { normal, zeros } from './initial'
import { embeddingParameter, logLoss, negativesParameter } from './log-loss'
import { blockBytes, networkBytes, pairsOfStep, perceptronNumbers } from './memory'
import { pairBatch, pairsToLearn } from './pairs'
import { learningParameters, needsValidation } from './parameters'
import { firstLayer, hiddenSizes, layerParameters, perceptron, perceptronWeights, perceptronWork } from './perceptron'
import { trainNetwork } from './train'

/**
 * Fields are the user, the item and each group of their features; a field's vector is the sum of those of its columns
 * times their values. logit = b + sum of w x + sum over pairs of fields of e_f . e_g + a perceptron on all e_f together.
 */
export const deepfm: Model = {
  id: 'deepfm',
  name: 'DeepFM',
  family: 'Neural',
  feedback: 'implicit',
  summary: 'Adds a factorisation machine and layers of a network on the same vectors of users, items and features.',
  source: 'Guo, Tang, Ye, Li and He 2017, DeepFM: A factorization-machine based neural network for CTR prediction',
  features: 'optional',
  assumes: 'Assumes that features may fit together in pairs, and in ways of any form that layers find.',
  suits: 'Scores items that nobody has chosen by what they are like; worth its time where features say much.',
  presets: [
    { id: 'balanced', name: 'Balanced', meaning: 'Does well on data of many kinds.', params: {} },
    {
      id: 'deep',
      name: 'Deep',
      meaning: 'More layers and units, for much data.',
      params: { hidden_size: 128, layers: 3 },
    },
  ],
  parameters: [
    { ...embeddingParameter(16), meaning: 'Components of the vectors of users, items and features.' },
    ...layerParameters({ hidden_size: 64, layers: 2 }),
    negativesParameter,
    ...learningParameters({ epochs: 10, batch_size: 1024, learning_rate: 0.01 }),
  ],
  needsValidation,
  checkpoint: true,
  fit,
  score: scorerOf,
  form,
  scoreNewItem,
  scoresAreLogits: () => true,
  itemVectors,
  userVectors,
  estimateBytes(size, params) {
    const { users, items, interactions, featureValues = 0 } = size
    const network = {
      weights: (users + items + columnsOfFeatures(size)) * Number(params.embedding_size),
      step: pairsOfStep(interactions, params) * numbersOfPair(featureValues / Math.max(1, users + items), params),
      interactions,
    }
    return blockBytes + networkBytes(network) + (users + items) * Number(params.hidden_size) * 8 + featureValues * 12
  },
  estimateWork({ users, items, interactions, featureValues = 0 }, params) {
    const size = Number(params.embedding_size)
    const hidden = hiddenSizes(params)
    const columns = 2 + featureValues / Math.max(1, users + items)
    const examples = interactions * (1 + Number(params.negatives)) * Number(params.epochs)
    const pair = perceptronWork(hidden) + size
    return { dense: users * items * pair + 8 * examples * pair, sparse: 12 * examples * columns * size, isSerial: true }
  },
}

interface Sides {
  readonly users: Fields
  readonly items: Fields
}

async function fit(input: FitInput): Promise<Tensors> {
  const { train, params, features, compute } = input
  const { tf } = await compute.tensorflow()
  const pairs = pairsToLearn(train)
  const sides = { users: fieldsOf(train.users, features?.users), items: fieldsOf(train.items, features?.items) }
  const chosen = knownRows(transpose(pairs.histories).offsets)
  const known = {
    user_known: { shape: [train.users], data: knownRows(pairs.histories.offsets) },
    item_known: {
      shape: [train.items],
      data: chosen.map((flag, item) => flag | Number(hasFeatures(features?.items, item))),
    },
  }
  const finish = async (weights: NamedArrays) => ({ ...known, ...(await foldedTensors(tf, weights, sides)) })
  const learned = await trainNetwork(
    {
      examples: pairs.users.length,
      weights: (random) => weightsOf(input, sides, random),
      batch(examples, random) {
        const { users, items, labels } = pairBatch(pairs, examples, Number(params.negatives), random)
        return {
          ...entriesOf(sides.users, users.data, 'users'),
          ...entriesOf(sides.items, items.data, 'items'),
          labels,
        }
      },
      loss: (tools, weights, batch) => logLoss(tools.tf, logitsOf(tools, weights, batch, sides, params), batch.labels),
      score: async (weights) => scorerOf({ tensors: await finish(weights), params, compute }),
    },
    input,
  )
  return finish(learned)
}

/** What a step computes of a pair whose sides have so many features each: vectors of all, and what the perceptron makes of them. */
function numbersOfPair(features: number, params: FitInput['params']): number {
  return (12 * (1 + features) + 1) * Number(params.embedding_size) + perceptronNumbers(params)
}

const hasFeatures = (features: FeatureRows | undefined, row: number) =>
  features !== undefined && features.offsets[row + 1] > features.offsets[row]

function weightsOf({ train, params }: FitInput, sides: Sides, random: Random): NamedArrays {
  const size = Number(params.embedding_size)
  const inputs = { users: sides.users.count * size, items: sides.items.count * size }
  const table = (name: 'users' | 'items', isTrained: Uint8Array) => {
    const columns = normal([sides[name].columns, size], 0.05, random.derive(name))
    // What no choice teaches says nothing, rather than something at random.
    isTrained.forEach((flag, row) => {
      if (flag === 0) (columns.data as Float32Array).fill(0, row * size, (row + 1) * size)
    })
    return columns
  }
  const { histories } = pairsToLearn(train)
  return {
    users_table: table('users', knownRows(histories.offsets)),
    items_table: table('items', knownRows(transpose(histories).offsets)),
    users_linear: zeros([sides.users.columns, 1]),
    items_linear: zeros([sides.items.columns, 1]),
    ...perceptronWeights(inputs, hiddenSizes(params), random),
  }
}

export function logitsOf(
  tools: LossTools,
  weights: TfTensors,
  batch: TfTensors,
  sides: { readonly [S in Side]: Pick<Fields, 'count'> },
  params: FitInput['params'],
): TfTensor {
  const { tf } = tools
  const rows = batch.labels.shape[0]
  const users = sideOf(tf, 'users', weights, batch, rows, sides.users.count)
  const items = sideOf(tf, 'items', weights, batch, rows, sides.items.count)
  const first = firstLayer(tf, weights, users.vectors, items.vectors)
  const judged = perceptron(tools, weights, first, Number(params.layers), Number(params.dropout))
  return tf.addN([users.own, items.own, tf.sum(tf.mul(users.sum, items.sum), 1), judged])
}

/** Rows whose vectors are made at a time. */
const rowsAtATime = 2048

/** What lists are made of: of each user and item the sum of their vectors, what they score by themselves, and half a first layer. */
async function foldedTensors(tf: Tf, weights: NamedArrays, sides: Sides): Promise<Tensors> {
  const kept = Object.entries(weights).filter(([name]) => /^(layer[2-9]|layer10|output)_/.test(name))
  const folded: Tensors = Object.fromEntries(kept)
  const on = upload(tf, weights)
  try {
    for (const [side, name] of [['users', 'user'] as const, ['items', 'item'] as const]) {
      Object.assign(folded, await foldedSide(tf, on, side, name, sides[side]))
    }
  } finally {
    for (const each of Object.values(on)) each.dispose()
  }
  return { ...folded, ...fieldTensors(weights, sides.items) }
}

/** What an item that is known by its features alone is scored by: of each of their columns, times its unit, vector and weight. */
function fieldTensors(weights: NamedArrays, { rows, ofFeatures: { fields, scales } }: Fields): Tensors {
  const columns = fields.length
  if (columns === 0) return {}
  const scaled = (name: 'items_table' | 'items_linear'): NamedArray => {
    const { shape, data } = weights[name]
    const size = shape[1]
    const own = Float32Array.from(data.subarray(rows * size), (value, at) => value / scales[Math.floor(at / size)])
    return { shape: [columns, size], data: own }
  }
  return {
    feature_factors: scaled('items_table'),
    feature_weights: scaled('items_linear'),
    feature_fields: { shape: [columns], data: Int32Array.from(fields) },
    layer1_items: weights.layer1_items,
  }
}

async function foldedSide(tf: Tf, weights: TfTensors, side: Side, name: string, fields: Fields): Promise<Tensors> {
  const made = tf.tidy(() => {
    const blocks: { sum: TfTensor; own: TfTensor; first: TfTensor }[] = []
    for (let from = 0; from < fields.rows; from += rowsAtATime) {
      const rows = Array.from({ length: Math.min(rowsAtATime, fields.rows - from) }, (_, at) => from + at)
      blocks.push(
        tf.tidy(() => {
          const { vectors, sum, own } = sideOf(
            tf,
            side,
            weights,
            upload(tf, entriesOf(fields, rows, side)),
            rows.length,
            fields.count,
          )
          return { sum, own, first: tf.matMul(vectors, weights[`layer1_${side}`]) }
        }),
      )
    }
    const all = (part: 'sum' | 'own' | 'first') => tf.concat(blocks.map((block) => block[part]))
    const first = side === 'users' ? tf.add(all('first'), weights.layer1_bias) : all('first')
    return { [`${name}_factors`]: all('sum'), [`${name}_scores`]: all('own'), [`${name}_first`]: first }
  })
  return downloaded(made)
}
