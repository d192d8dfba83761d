import { alikeExplainer } from '../history-explainer'
import type { Model, Tensors } from '../model'
import { hash32 } from '../random'
import { forEachPair } from '../rating'

/**
 * Every known item in an order of its own for each user: the floor that any model must clear. Ratings are drawn from a
 * normal distribution with the mean and deviation of the training ratings. A number depends on seed, user and item
 * alone.
 */
export const random: Model = {
  id: 'random',
  name: 'Random',
  family: 'Baselines',
  feedback: 'implicit',
  summary: 'Recommends items drawn at random, other ones for each user.',
  source: 'score(u, i) uniform in [0, 1); rating(u, i) normal with the mean and deviation of the training ratings',
  assumes: 'Assumes nothing.',
  suits:
    'The floor that every model must clear, with the lists of the highest coverage; of no use to anyone who reads them.',
  presets: [{ id: 'uniform', name: 'Uniform', meaning: 'Every item is as likely as any other.', params: {} }],
  parameters: [],

  async fit({ train, random: generator, signal, report }) {
    signal.throwIfAborted()
    const known = new Uint8Array(train.items)
    for (const item of train.itemIndices) known[item] = 1
    report({ phase: 'fit', fraction: 1 })
    return {
      seed: { shape: [1], data: Uint32Array.of(generator.integer(2 ** 32)) },
      item_known: { shape: [train.items], data: known },
      rating_moments: { shape: [2], data: momentsOf(train.values) },
    }
  },

  async score({ tensors }, { users: count, items }) {
    const known = tensors.item_known.data
    return {
      async score(users, into) {
        users.forEach((user, row) => {
          for (let item = 0; item < items; item++) {
            const isKnown = user < count && known[item] === 1
            into[row * items + item] = isKnown ? uniformOf(tensors, user, item, 0) : Number.NaN
          }
        })
      },
      close() {},
    }
  },

  explain: async ({ tensors }) => alikeExplainer('chance', (item, user) => uniformOf(tensors, user, item, 0)),
  rate: async ({ tensors }) =>
    forEachPair((user, item) => {
      const [mean, deviation] = tensors.rating_moments.data
      // Box and Muller 1958.
      const radius = Math.sqrt(-2 * Math.log(1 - uniformOf(tensors, user, item, 1)))
      return mean + deviation * radius * Math.cos(2 * Math.PI * uniformOf(tensors, user, item, 2))
    }),

  estimateBytes: ({ items }) => 5 * items,
  estimateWork: ({ users, items }) => ({ dense: users * items * 75, sparse: 0 }),
}

function uniformOf({ seed }: Tensors, user: number, item: number, draw: number): number {
  return hash32(hash32(hash32(seed.data[0] + draw) + user) + item) / 2 ** 32
}

/** Mean and standard deviation; 0 where there are no values. */
function momentsOf(values: Float32Array): Float64Array {
  let [sum, squares] = [0, 0]
  for (const value of values) sum += value
  const mean = sum / Math.max(1, values.length)
  for (const value of values) squares += (value - mean) ** 2
  return Float64Array.of(mean, Math.sqrt(squares / Math.max(1, values.length)))
}
