import type { LossTools, TfTensors } from '../../compute/tensorflow/step'
import type { NamedArray, Tf, TfTensor } from '../../compute/tensorflow/tensorflow'
import type { Parameter } from '../../contract/parameters'
import type { Parameters } from '../model'
import type { Random } from '../random'
import { glorot, zeros } from './initial'

/** Parameters of the layers; `when` says on which other parameters they depend. */
export function layerParameters(defaults: { hidden_size: number; layers: number }): Parameter[] {
  return [
    {
      name: 'hidden_size',
      type: 'integer',
      default: defaults.hidden_size,
      minimum: 1,
      maximum: 4096,
      scale: 'logarithmic',
      search: [16, 128],
      meaning: 'Units of the first hidden layer; each further layer has half as many.',
    },
    {
      name: 'layers',
      type: 'integer',
      default: defaults.layers,
      minimum: 1,
      maximum: 10,
      search: [1, 4],
      meaning: 'Hidden layers.',
    },
    {
      name: 'dropout',
      type: 'number',
      default: 0,
      minimum: 0,
      maximum: 0.95,
      search: [0, 0.5],
      meaning: 'Share of the units of each hidden layer that a step leaves out.',
    },
  ]
}

/** Units of each hidden layer; none without the parameter. */
export function hiddenSizes({ hidden_size, layers = 0 }: Parameters): number[] {
  return Array.from({ length: Number(layers) }, (_, at) => Math.max(1, Math.floor(Number(hidden_size) / 2 ** at)))
}

/**
 * Weights of a perceptron that judges a pair. Its first layer stands in two halves, for the user's numbers and for the
 * item's, so that a side is multiplied once however many pairs it is in.
 */
export function perceptronWeights(
  { users, items }: { users: number; items: number },
  hidden: readonly number[],
  random: Random,
): Record<string, NamedArray> {
  const first = glorot([users + items, hidden[0]], random.derive('layer1')).data
  const weights: Record<string, NamedArray> = {
    layer1_users: { shape: [users, hidden[0]], data: first.slice(0, users * hidden[0]) },
    layer1_items: { shape: [items, hidden[0]], data: first.slice(users * hidden[0]) },
    layer1_bias: zeros([hidden[0]]),
  }
  for (let layer = 2; layer <= hidden.length; layer++) {
    const shape = [hidden[layer - 2], hidden[layer - 1]]
    weights[`layer${layer}_weights`] = glorot(shape, random.derive(`layer${layer}`))
    weights[`layer${layer}_bias`] = zeros([hidden[layer - 1]])
  }
  weights.output_weights = glorot([hidden[hidden.length - 1], 1], random.derive('output'))
  weights.output_bias = zeros([1])
  return weights
}

/** What the perceptron says of each row of its first layer before the bend: `first` rows x units, the answer one number a row. */
export function perceptron(
  { tf, dropout }: LossTools,
  weights: TfTensors,
  first: TfTensor,
  layers: number,
  rate = 0,
): TfTensor {
  let units = dropout(tf.relu(first), rate)
  for (let layer = 2; layer <= layers; layer++) {
    const sums = tf.add(tf.matMul(units, weights[`layer${layer}_weights`]), weights[`layer${layer}_bias`])
    units = dropout(tf.relu(sums), rate)
  }
  return tf.add(tf.reshape(tf.matMul(units, weights.output_weights), [-1]), weights.output_bias)
}

/** The first layer before the bend, of pairs whose numbers stand in the rows of `users` and `items`. */
export function firstLayer(tf: Tf, weights: TfTensors, users: TfTensor, items: TfTensor): TfTensor {
  const halves = tf.add(tf.matMul(users, weights.layer1_users), tf.matMul(items, weights.layer1_items))
  return tf.add(halves, weights.layer1_bias)
}

/** Multiply-adds for one pair behind the first layer's halves. */
export function perceptronWork(hidden: readonly number[]): number {
  return hidden.reduce((sum, units, at) => sum + units * (hidden[at + 1] ?? 1), hidden[0])
}
