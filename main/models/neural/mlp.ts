import type { Trained } from '../form'
import type { FittedModel, Scorer } from '../model'
import { normal } from './initial'
import { rowsOf } from './log-loss'
import { pairModel, pairParameters, perceptronCosts } from './pair-model'
import { multiplied, pairScorer, pairsForm } from './pair-scorer'
import { firstLayer, hiddenSizes, perceptron, perceptronWeights } from './perceptron'

/**
 * A perceptron on the vectors of user and item: logit = w . a_L(... a_1(W_u x_u + W_i y_i + b_1)) + b, with a_l = relu,
 * trained on the log loss of each choice and of `negatives` drawn items.
 */
export const mlp = pairModel(
  {
    id: 'mlp',
    name: 'MLP',
    summary: 'Lets layers of a network judge the vectors of user and item together.',
    assumes: 'Assumes that any function of two vectors, not only their product, may say whether a choice is likely.',
    suits: 'Finds what products of vectors cannot say, given much data; learns plain products with difficulty.',
    presets: [
      { id: 'balanced', name: 'Balanced', meaning: 'Does well on data of many kinds.', params: {} },
      {
        id: 'deep',
        name: 'Deep',
        meaning: 'More layers and units, for much data.',
        params: { embedding_size: 32, hidden_size: 128, layers: 4 },
      },
    ],
    parameters: pairParameters({ embedding_size: 16, epochs: 8, layers: { hidden_size: 32, layers: 3 } }),
  },
  {
    vectors: { users: 'users', items: 'items' },
    weights: ({ users, items, size, hidden }, random) => ({
      users: normal([users, size], 0.05, random.derive('users')),
      items: normal([items, size], 0.05, random.derive('items')),
      ...perceptronWeights({ users: size, items: size }, hidden, random),
    }),
    logits(tools, weights, batch, { layers, dropout }) {
      const { tf } = tools
      const [users, items] = [tf.gather(weights.users, batch.users), tf.gather(weights.items, batch.items)]
      const first = firstLayer(tf, weights, users, items)
      return perceptron(tools, weights, first, Number(layers), Number(dropout))
    },
    score: scorerOf,
    form,
    costs(params) {
      const size = Number(params.embedding_size)
      const { numbers, score, learned } = perceptronCosts(params)
      return {
        ofRow: size,
        ofPair: 2 * size + numbers,
        score,
        learned: { dense: learned, sparse: 8 * size },
      }
    },
  },
)

function scorerOf(fitted: FittedModel): Promise<Scorer> {
  const layers = hiddenSizes(fitted.params).length
  return pairScorer(fitted, (tf, { users, items, layer1_users, layer1_items, layer1_bias }) => ({
    perceptron: {
      users: tf.add(tf.matMul(users, layer1_users), layer1_bias),
      items: tf.matMul(items, layer1_items),
      layers,
    },
  }))
}

function form({ tensors, params }: Trained) {
  const halves = {
    users: multiplied(rowsOf(tensors, 'users'), rowsOf(tensors, 'layer1_users'), tensors.layer1_bias),
    items: multiplied(rowsOf(tensors, 'items'), rowsOf(tensors, 'layer1_items')),
  }
  return { users: pairsForm(tensors, halves, null, hiddenSizes(params).length) }
}
