import type { Trained } from '../form'
import type { FittedModel, Model, Scorer } from '../model'
import { normal } from './initial'
import { embeddingParameter, learnChoices, negativesParameter, rowsOf } from './log-loss'
import { blockBytes, networkBytes, pairsOfStep, perceptronNumbers } from './memory'
import { multiplied, pairScorer, pairsForm } from './pair-scorer'
import { learningParameters, needsValidation } from './parameters'
import { firstLayer, hiddenSizes, layerParameters, perceptron, perceptronWeights, perceptronWork } from './perceptron'

/**
 * A perceptron on the vectors of user and item: logit = w . a_L(... a_1(W_u x_u + W_i y_i + b_1)) + b, with a_l = relu,
 * trained on the log loss of each choice and of `negatives` drawn items.
 */
export const mlp: Model = {
  id: 'mlp',
  name: 'MLP',
  family: 'Neural',
  feedback: 'implicit',
  summary: 'Lets layers of a network judge the vectors of user and item together.',
  source: 'He, Liao, Zhang, Nie, Hu and Chua 2017, Neural collaborative filtering',
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
          users: normal([train.users, size], 0.05, random.derive('users')),
          items: normal([train.items, size], 0.05, random.derive('items')),
          ...perceptronWeights({ users: size, items: size }, hidden, random),
        }),
        logits(tools, weights, batch) {
          const [users, items] = [
            tools.tf.gather(weights.users, batch.users),
            tools.tf.gather(weights.items, batch.items),
          ]
          const first = firstLayer(tools.tf, weights, users, items)
          return perceptron(tools, weights, first, hidden.length, Number(params.dropout))
        },
        score: scorerOf,
      },
      input,
    )
  },
  score: scorerOf,
  form,
  scoresAreLogits: () => true,
  itemVectors: ({ tensors }) => rowsOf(tensors, 'items'),
  userVectors: ({ tensors }) => rowsOf(tensors, 'users'),
  estimateBytes: ({ users, items, interactions }, params) =>
    blockBytes +
    networkBytes({
      weights: (users + items) * Number(params.embedding_size),
      step: pairsOfStep(interactions, params) * (2 * Number(params.embedding_size) + perceptronNumbers(params)),
      interactions,
    }),
  estimateWork({ users, items, interactions }, params) {
    const size = Number(params.embedding_size)
    const hidden = hiddenSizes(params)
    const examples = interactions * (1 + Number(params.negatives)) * Number(params.epochs)
    const learned = 3 * examples * (perceptronWork(hidden) + 2 * size * hidden[0])
    return { dense: users * items * perceptronWork(hidden) + learned, sparse: 8 * examples * size, isSerial: true }
  },
}

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
