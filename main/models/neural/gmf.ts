import type { NamedArrays, Tf, TfTensor } from '../../compute/tensorflow/tensorflow'
import { dotScorer } from '../dot-scorer'
import { knownRows, padded } from '../factorisation/factors'
import type { FitInput, FittedModel, Model, Scorer, Tensors, Vectors } from '../model'
import { transpose } from '../sparse'
import { normal, zeros } from './initial'
import { pairBatch, pairsToLearn } from './pairs'
import { learningParameters, needsValidation } from './parameters'
import { trainNetwork } from './train'

/**
 * Generalised matrix factorisation: the probability that u chooses i is sigmoid(sum of h . x_u . y_i component by
 * component + b), trained on the log loss of each choice and of `negatives` drawn items.
 */
export const gmf: Model = {
  id: 'gmf',
  name: 'GMF',
  family: 'Neural',
  feedback: 'implicit',
  summary: 'Weighs the products of the components of user and item vectors.',
  source: 'He, Liao, Zhang, Nie, Hu and Chua 2017, Neural collaborative filtering',
  assumes: 'Assumes that a choice is likely as a weighted product of two vectors says.',
  suits: 'About as good as matrix factorisation, which it contains; the part of NeuMF that remembers.',
  presets: [{ id: 'balanced', name: 'Balanced', meaning: 'Does well on data of many kinds.', params: {} }],
  parameters: [
    {
      name: 'embedding_size',
      type: 'integer',
      default: 32,
      minimum: 1,
      maximum: 512,
      scale: 'logarithmic',
      search: [8, 128],
      meaning: 'Components of the vectors of users and items.',
    },
    {
      name: 'negatives',
      type: 'integer',
      default: 4,
      minimum: 1,
      maximum: 100,
      meaning: 'Drawn items beside each choice.',
    },
    ...learningParameters(),
  ],
  needsValidation,
  checkpoint: true,
  fit,
  score: scorerOf,
  scoresAreLogits: () => true,
  itemVectors: ({ tensors }) => rows(tensors, 'items'),
  userVectors: ({ tensors }) => rows(tensors, 'users'),
  estimateBytes: ({ users, items, interactions }, params) =>
    (users + items) * Number(params.embedding_size) * 4 * 8 + interactions * 16,
  estimateWork({ users, items, interactions }, params) {
    const size = Number(params.embedding_size)
    const examples = interactions * (1 + Number(params.negatives)) * Number(params.epochs)
    return { dense: users * items * size, sparse: 60 * examples * size, isSerial: true }
  },
}

async function fit(input: FitInput): Promise<Tensors> {
  const { train, params, compute } = input
  const pairs = pairsToLearn(train)
  const size = Number(params.embedding_size)
  const known = {
    user_known: { shape: [train.users], data: knownRows(pairs.histories.offsets) },
    item_known: { shape: [train.items], data: knownRows(transpose(pairs.histories).offsets) },
  }
  const weights = await trainNetwork(
    {
      examples: pairs.users.length,
      weights: (random) => ({
        users: normal([train.users, size], 0.05, random.derive('users')),
        items: normal([train.items, size], 0.05, random.derive('items')),
        output: { shape: [size], data: new Float32Array(size).fill(1) },
        bias: zeros([1]),
      }),
      batch: (examples, random) => pairBatch(pairs, examples, Number(params.negatives), random),
      loss({ tf }, { users, items, output, bias }, batch) {
        const products = tf.mul(tf.gather(users, batch.users), tf.gather(items, batch.items))
        const logits = tf.add(tf.sum(tf.mul(products, output), 1), bias)
        return logLoss(tf, logits, batch.labels)
      },
      score: (learned) => scorerOf({ tensors: { ...known, ...learned }, params, compute }),
    },
    input,
  )
  return { ...weights, ...known }
}

/** Mean of log(1 + e^x) - y x. */
export function logLoss(tf: Tf, logits: TfTensor, labels: TfTensor): TfTensor {
  return tf.mean(tf.sub(tf.softplus(logits), tf.mul(logits, labels)))
}

function rows(tensors: NamedArrays, name: string): Vectors {
  const { shape, data } = tensors[name]
  return { count: shape[0], dimensions: shape[1], data: data as Float32Array }
}

/** The weights go into the user's vector, and the bias beside it. */
async function scorerOf({ tensors, compute }: FittedModel): Promise<Scorer> {
  const wider = (name: string, scale: (at: number) => number, last: number) => {
    const { count, dimensions, data } = rows(tensors, name)
    const result = new Float32Array(count * (dimensions + 1))
    for (let row = 0; row < count; row++) {
      for (let at = 0; at < dimensions; at++) {
        result[row * (dimensions + 1) + at] = data[row * dimensions + at] * scale(at)
      }
      result[row * (dimensions + 1) + dimensions] = last
    }
    return padded({ count, dimensions: dimensions + 1, data: result })
  }
  const output = tensors.output.data
  const users = { ...wider('users', (at) => output[at], tensors.bias.data[0]), known: knownOf(tensors, 'user_known') }
  return dotScorer(compute, users, { ...wider('items', () => 1, 1), known: knownOf(tensors, 'item_known') })
}

function knownOf(tensors: NamedArrays, name: string): Uint8Array {
  return tensors[name].data as Uint8Array
}
