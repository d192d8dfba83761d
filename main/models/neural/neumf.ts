import type { Trained } from '../form'
import type { FittedModel, Scorer } from '../model'
import { normal, ones } from './initial'
import { rowsOf } from './log-loss'
import { pairModel, pairParameters, perceptronCosts } from './pair-model'
import { multiplied, pairScorer, pairsForm } from './pair-scorer'
import { firstLayer, hiddenSizes, perceptron, perceptronWeights } from './perceptron'

/**
 * GMF and MLP side by side, each with vectors of its own, their logits added: what the last layer of He et al. does with
 * the two halves. Trained together from the start, on the log loss of each choice and of `negatives` drawn items.
 */
export const neumf = pairModel(
  {
    id: 'neumf',
    name: 'NeuMF',
    summary: 'Adds what a product of vectors says to what layers of a network say of two other vectors.',
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
          embedding_size: 64,
          hidden_size: 64,
          batch_size: 4096,
          learning_rate: 0.006,
          schedule: 'cosine',
          weight_decay: 0.3,
        },
      },
    ],
    parameters: pairParameters({ embedding_size: 16, epochs: 8, layers: { hidden_size: 32, layers: 3 } }),
  },
  {
    vectors: { users: 'product_users', items: 'product_items' },
    weights: ({ users, items, size, hidden }, random) => ({
      product_users: normal([users, size], 0.05, random.derive('product users')),
      product_items: normal([items, size], 0.05, random.derive('product items')),
      product_weights: ones([size]),
      layer_users: normal([users, size], 0.05, random.derive('layer users')),
      layer_items: normal([items, size], 0.05, random.derive('layer items')),
      ...perceptronWeights({ users: size, items: size }, hidden, random),
    }),
    logits(tools, weights, { users, items }, { layers, dropout }) {
      const { tf } = tools
      const products = tf.mul(tf.gather(weights.product_users, users), tf.gather(weights.product_items, items))
      const ofUsers = tf.gather(weights.layer_users, users)
      const first = firstLayer(tf, weights, ofUsers, tf.gather(weights.layer_items, items))
      const judged = perceptron(tools, weights, first, Number(layers), Number(dropout))
      return tf.add(tf.sum(tf.mul(products, weights.product_weights), 1), judged)
    },
    score: scorerOf,
    form,
    costs(params) {
      const size = Number(params.embedding_size)
      const { numbers, score, learned } = perceptronCosts(params)
      return {
        ofRow: 2 * size,
        ofPair: 6 * size + numbers,
        score: score + size,
        learned: { dense: learned, sparse: 16 * size },
      }
    },
  },
)

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
