import { dotScorer } from '../dot-scorer'
import type { FittedModel, Scorer } from '../model'
import { biasedProducts } from './biased-scorer'
import { normal, ones, zeros } from './initial'
import { knownOf, rowsOf } from './log-loss'
import { pairModel, pairParameters } from './pair-model'

/**
 * Generalised matrix factorisation: the probability that u chooses i is sigmoid(sum of h . x_u . y_i component by
 * component + b), trained on the log loss of each choice and of `negatives` drawn items.
 */
export const gmf = pairModel(
  {
    id: 'gmf',
    name: 'GMF',
    summary: 'Weighs the products of the components of user and item vectors.',
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
    parameters: pairParameters({ embedding_size: 32, epochs: 10 }),
    scoresByProduct: true,
  },
  {
    vectors: { users: 'users', items: 'items' },
    weights: ({ users, items, size }, random) => ({
      users: normal([users, size], 0.05, random.derive('users')),
      items: normal([items, size], 0.05, random.derive('items')),
      output: ones([size]),
      bias: zeros([1]),
    }),
    logits({ tf }, { users, items, output, bias }, batch) {
      const products = tf.mul(tf.gather(users, batch.users), tf.gather(items, batch.items))
      return tf.add(tf.sum(tf.mul(products, output), 1), bias)
    },
    score: scorerOf,
    form,
    costs({ embedding_size }) {
      const size = Number(embedding_size)
      return { ofRow: size, ofPair: 4 * size, score: size, learned: { dense: 0, sparse: 10 * size } }
    },
  },
)

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
