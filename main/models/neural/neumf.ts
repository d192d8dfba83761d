import type { Trained } from '../form'
import type { FittedModel, Model, Scorer } from '../model'
import { normal, ones } from './initial'
import { embeddingParameter, learnChoices, negativesParameter, rowsOf } from './log-loss'
import { blockBytes, networkBytes, pairsOfStep, perceptronNumbers } from './memory'
import { multiplied, pairScorer, pairsForm } from './pair-scorer'
import { learningParameters, needsValidation } from './parameters'
import { firstLayer, hiddenSizes, layerParameters, perceptron, perceptronWeights, perceptronWork } from './perceptron'

/**
 * GMF and MLP side by side, each with vectors of its own, their logits added: what the last layer of He et al. does with
 * the two halves. Trained together from the start, on the log loss of each choice and of `negatives` drawn items.
 */
export const neumf: Model = {
  id: 'neumf',
  name: 'NeuMF',
  family: 'Neural',
  feedback: 'implicit',
  summary: 'Adds what a product of vectors says to what layers of a network say of two other vectors.',
  source: 'He, Liao, Zhang, Nie, Hu and Chua 2017, Neural collaborative filtering',
  assumes: 'Assumes that a choice is likely as a product of vectors says, and as a function of any form corrects.',
  suits: 'Lists as good as those of matrix factorisation on much data, for many times its work.',
  presets: [
    { id: 'balanced', name: 'Balanced', meaning: 'Does well on data of many kinds.', params: {} },
    {
      id: 'published',
      name: 'Published',
      meaning: 'Small batches and steps, as it was published; slow.',
      params: { embedding_size: 32, hidden_size: 64, epochs: 20, batch_size: 256, learning_rate: 0.001 },
    },
    {
      id: 'much-data',
      name: 'Much data',
      meaning: 'Large batches with a falling learning rate, for a million interactions and more.',
      params: {
        embedding_size: 32,
        hidden_size: 64,
        batch_size: 4096,
        learning_rate: 0.006,
        schedule: 'cosine',
        weight_decay: 0.1,
      },
    },
  ],
  parameters: [
    embeddingParameter(16),
    ...layerParameters({ hidden_size: 32, layers: 3 }),
    negativesParameter,
    ...learningParameters({ epochs: 8, batch_size: 1024, learning_rate: 0.005 }),
  ],
  needsValidation,
  checkpoint: true,
  fit: (input) => {
    const { train, params } = input
    const size = Number(params.embedding_size)
    const hidden = hiddenSizes(params)
    return learnChoices(
      {
        weights: (random) => ({
          product_users: normal([train.users, size], 0.05, random.derive('product users')),
          product_items: normal([train.items, size], 0.05, random.derive('product items')),
          product_weights: ones([size]),
          layer_users: normal([train.users, size], 0.05, random.derive('layer users')),
          layer_items: normal([train.items, size], 0.05, random.derive('layer items')),
          ...perceptronWeights({ users: size, items: size }, hidden, random),
        }),
        logits(tools, weights, { users, items }) {
          const { tf } = tools
          const products = tf.mul(tf.gather(weights.product_users, users), tf.gather(weights.product_items, items))
          const ofUsers = tf.gather(weights.layer_users, users)
          const first = firstLayer(tf, weights, ofUsers, tf.gather(weights.layer_items, items))
          const judged = perceptron(tools, weights, first, hidden.length, Number(params.dropout))
          return tf.add(tf.sum(tf.mul(products, weights.product_weights), 1), judged)
        },
        score: scorerOf,
      },
      input,
    )
  },
  score: scorerOf,
  form,
  scoresAreLogits: () => true,
  itemVectors: ({ tensors }) => rowsOf(tensors, 'product_items'),
  userVectors: ({ tensors }) => rowsOf(tensors, 'product_users'),
  estimateBytes: ({ users, items, interactions }, params) =>
    blockBytes +
    networkBytes({
      weights: 2 * (users + items) * Number(params.embedding_size),
      step: pairsOfStep(interactions, params) * (6 * Number(params.embedding_size) + perceptronNumbers(params)),
      interactions,
    }),
  estimateWork({ users, items, interactions }, params) {
    const size = Number(params.embedding_size)
    const examples = interactions * (1 + Number(params.negatives)) * Number(params.epochs)
    const hidden = hiddenSizes(params)
    const pair = perceptronWork(hidden) + size
    const learned = 3 * examples * (perceptronWork(hidden) + 2 * size * hidden[0])
    return { dense: users * items * pair + learned, sparse: 16 * examples * size, isSerial: true }
  },
}

function scorerOf(fitted: FittedModel): Promise<Scorer> {
  const layers = hiddenSizes(fitted.params).length
  return pairScorer(fitted, (tf, weights) => ({
    products: { users: tf.mul(weights.product_users, weights.product_weights), items: weights.product_items },
    perceptron: {
      users: tf.add(tf.matMul(weights.layer_users, weights.layer1_users), weights.layer1_bias),
      items: tf.matMul(weights.layer_items, weights.layer1_items),
      layers,
    },
  }))
}

function form({ tensors, params }: Trained) {
  const halves = {
    users: multiplied(rowsOf(tensors, 'layer_users'), rowsOf(tensors, 'layer1_users'), tensors.layer1_bias),
    items: multiplied(rowsOf(tensors, 'layer_items'), rowsOf(tensors, 'layer1_items')),
  }
  const own = rowsOf(tensors, 'product_users')
  const weights = tensors.product_weights.data
  const users = { ...own, data: own.data.map((value, at) => value * weights[at % own.dimensions]) }
  const products = { users, items: rowsOf(tensors, 'product_items') }
  return { users: pairsForm(tensors, halves, products, hiddenSizes(params).length) }
}
