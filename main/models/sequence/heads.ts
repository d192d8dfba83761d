import type { LossTools, TfTensors } from '../../compute/tensorflow/step'
import type { NamedArrays, TfTensor } from '../../compute/tensorflow/tensorflow'
import type { Interactions } from '../model'
import { normal, zeros } from '../neural/initial'
import type { Random } from '../random'
import { initialDeviation } from './item-tower'
import { linear } from './layers'
import type { NextItems, Windows } from './windows'

/** What is done with the states of an encoder, beside comparing them with items. */
export interface Head {
  weights(size: number, random: Random): NamedArrays
  batch(items: NextItems, windows: Windows, examples: Uint32Array, random: Random): NamedArrays
  /** States [rows, places, size] as items are compared with them while the network learns. */
  learning?(tools: LossTools, weights: TfTensors, states: TfTensor, batch: TfTensors): TfTensor
  /** What is added to the loss, from the states and vectors of what was chosen in them. */
  loss?(tools: LossTools, weights: TfTensors, asked: TfTensor, chosen: TfTensor, batch: TfTensors): TfTensor
  /** States [rows, places, size] as items are compared with them in lists. */
  listing?(tools: LossTools, weights: TfTensors, states: TfTensor): TfTensor
}

/**
 * Adds a vector of the user. In a step it is left out for a share of the rows, so that the states stand by themselves, as they
 * must for histories that were not trained on (Volkovs et al. 2017).
 */
export function userFactors(train: Interactions, userDropout: number): Head {
  return {
    weights: (size, random) => ({ user_factors: normal([train.users, size], initialDeviation, random) }),
    batch(_, windows, examples, random) {
      const kept = Float32Array.from(examples, () => (random.uniform() < userDropout ? 0 : 1))
      return {
        users: { shape: [examples.length], data: Int32Array.from(examples, (window) => windows.users[window]) },
        user_kept: { shape: [examples.length, 1], data: kept },
      }
    },
    learning({ tf }, weights, states, batch) {
      const users = tf.mul(tf.gather(weights.user_factors, batch.users), batch.user_kept)
      return tf.add(states, tf.expandDims(users, 1))
    },
  }
}

/**
 * A second product of state and item says whether what was chosen came to `from` at least, such as a purchase after a click or
 * a high rating; it is learned from chosen items alone, and `weight` times it counts in lists.
 */
export function conversion({ values }: Interactions, from: number, weight: number): Head {
  const convert = (tools: LossTools, weights: TfTensors, states: TfTensor) =>
    linear(tools.tf, states, weights.conversion)
  return {
    weights: (size, random) => ({
      conversion: normal([size, size], initialDeviation, random),
      conversion_bias: zeros([1]),
    }),
    batch: ({ interactions }) => ({
      converted: {
        shape: [interactions.length],
        data: Float32Array.from(interactions, (at) => (values[at] >= from ? 1 : 0)),
      },
    }),
    loss(tools, weights, asked, chosen, { converted }) {
      const { tf } = tools
      const scores = tf.add(tf.sum(tf.mul(convert(tools, weights, asked), chosen), 1), weights.conversion_bias)
      return tf.mean(tf.sub(tf.softplus(scores), tf.mul(scores, converted)))
    },
    listing: (tools, weights, states) => tools.tf.add(states, tools.tf.mul(convert(tools, weights, states), weight)),
  }
}
