import { layerNorm } from '../../compute/tensorflow/ops/layer-norm'
import type { LossTools, TfTensors } from '../../compute/tensorflow/step'
import type { NamedArrays, Tf, TfTensor } from '../../compute/tensorflow/tensorflow'
import { glorot, ones, zeros } from '../neural/initial'
import type { Random } from '../random'

/** x times a matrix along the last axis, plus a bias where there is one; one matrix product, whatever the axes of x. */
export function linear(tf: Tf, x: TfTensor, weight: TfTensor, bias?: TfTensor): TfTensor {
  const [into, out] = weight.shape
  const product = tf.matMul(tf.reshape(x, [-1, into]), weight)
  return tf.reshape(bias ? tf.add(product, bias) : product, [...x.shape.slice(0, -1), out])
}

export const normWeights = (name: string, size: number): NamedArrays => ({
  [`${name}/scale`]: ones([size]),
  [`${name}/shift`]: zeros([size]),
})

export function norm({ tf }: Pick<LossTools, 'tf'>, weights: TfTensors, name: string, x: TfTensor): TfTensor {
  return layerNorm(tf, x, weights[`${name}/scale`], weights[`${name}/shift`])
}

/** Two layers with a rectifier between them. */
export const feedForwardWeights = (name: string, size: number, inner: number, random: Random): NamedArrays => ({
  [`${name}/in`]: glorot([size, inner], random.derive('in')),
  [`${name}/in_bias`]: zeros([inner]),
  [`${name}/out`]: glorot([inner, size], random.derive('out')),
  [`${name}/out_bias`]: zeros([size]),
})

export function feedForward(
  { tf, dropout }: LossTools,
  weights: TfTensors,
  name: string,
  x: TfTensor,
  rate: number,
): TfTensor {
  const inner = tf.relu(linear(tf, x, weights[`${name}/in`], weights[`${name}/in_bias`]))
  return linear(tf, dropout(inner, rate), weights[`${name}/out`], weights[`${name}/out_bias`])
}
