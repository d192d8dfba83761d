import { dotScorer } from '../dot-scorer'
import type { FittedModel, Model, Scorer } from '../model'
import { biasedProducts } from './biased-scorer'
import { normal, ones, zeros } from './initial'
import { embeddingParameter, knownOf, learnChoices, negativesParameter, rowsOf } from './log-loss'
import { networkBytes, pairsOfStep } from './memory'
import { learningParameters, needsValidation } from './parameters'

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
  presets: [
    { id: 'balanced', name: 'Balanced', meaning: 'Does well on data of many kinds.', params: {} },
    {
      id: 'published',
      name: 'Published',
      meaning: 'Small batches and steps, as it was published; slow.',
      params: { epochs: 20, batch_size: 256, learning_rate: 0.001 },
    },
  ],
  parameters: [
    embeddingParameter(32),
    negativesParameter,
    ...learningParameters({ epochs: 10, batch_size: 1024, learning_rate: 0.005 }),
  ],
  needsValidation,
  checkpoint: true,
  fit: (input) => {
    const { train, params } = input
    const size = Number(params.embedding_size)
    return learnChoices(
      {
        weights: (random) => ({
          users: normal([train.users, size], 0.05, random.derive('users')),
          items: normal([train.items, size], 0.05, random.derive('items')),
          output: ones([size]),
          bias: zeros([1]),
        }),
        logits({ tf }, { users, items, output, bias }, batch) {
          const products = tf.mul(tf.gather(users, batch.users), tf.gather(items, batch.items))
          return tf.add(tf.sum(tf.mul(products, output), 1), bias)
        },
        score: scorerOf,
      },
      input,
    )
  },
  score: scorerOf,
  form,
  scoresByProduct: true,
  scoresAreLogits: () => true,
  itemVectors: ({ tensors }) => rowsOf(tensors, 'items'),
  userVectors: ({ tensors }) => rowsOf(tensors, 'users'),
  estimateBytes: ({ users, items, interactions }, params) =>
    networkBytes({
      weights: (users + items) * Number(params.embedding_size),
      step: pairsOfStep(interactions, params) * 4 * Number(params.embedding_size),
      interactions,
    }),
  estimateWork({ users, items, interactions }, params) {
    const size = Number(params.embedding_size)
    const examples = interactions * (1 + Number(params.negatives)) * Number(params.epochs)
    return { dense: users * items * size, sparse: 10 * examples * size, isSerial: true }
  },
}

async function scorerOf({ tensors, compute }: FittedModel): Promise<Scorer> {
  const { users, items } = form({ tensors }).users
  return dotScorer(compute, users, items)
}

/** The weights go into the user's vector. */
function form({ tensors }: Pick<FittedModel, 'tensors'>) {
  const known = knownOf(tensors)
  const [users, items] = [rowsOf(tensors, 'users'), rowsOf(tensors, 'items')]
  const output = tensors.output.data
  const weighted = { ...users, data: users.data.map((value, at) => value * output[at % users.dimensions]) }
  const bias = tensors.bias.data[0]
  return { users: biasedProducts({ ...weighted, known: known.users }, { ...items, known: known.items }, bias) }
}
