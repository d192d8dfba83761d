import type { LossTools, TfTensors } from '../../compute/tensorflow/step'
import type { NamedArray, NamedArrays, Tf, TfTensor } from '../../compute/tensorflow/tensorflow'
import { glorot } from '../neural/initial'
import type { Random } from '../random'

/** What is added to a score that must not count; e to its power is 0. */
export const never = -1e4

export const attentionWeights = (name: string, size: number, random: Random): NamedArrays =>
  Object.fromEntries(
    ['query', 'key', 'value', 'out'].map((part) => [`${name}/${part}`, glorot([size, size], random.derive(part))]),
  )

export interface AttentionSettings {
  /** Divides the size. */
  readonly heads: number
  readonly dropout: number
  /** Added to the scores of all pairs of places, [1 or rows, 1, places, places]: 0, or `never` for what is not looked at. */
  readonly hidden: TfTensor
}

/** Each place becomes a mean of values, weighed by softmax(query . key / sqrt(size of a head)) (Vaswani et al. 2017). */
export function attention(
  { tf, dropout }: LossTools,
  weights: TfTensors,
  name: string,
  x: TfTensor,
  { heads, dropout: rate, hidden }: AttentionSettings,
): TfTensor {
  const [rows, places, size] = x.shape
  const flat = tf.reshape(x, [rows * places, size])
  const part = (kind: string, order: number[]) => {
    const all = tf.reshape(tf.matMul(flat, weights[`${name}/${kind}`]), [rows, places, heads, size / heads])
    return tf.transpose(all, order)
  }
  const keys = part('key', [0, 2, 3, 1])
  const scores = tf.mul(tf.matMul(part('query', [0, 2, 1, 3]), keys), Math.sqrt(heads / size))
  const shares = dropout(tf.softmax(tf.add(scores, hidden)), rate)
  const heard = tf.transpose(tf.matMul(shares, part('value', [0, 2, 1, 3])), [0, 2, 1, 3])
  const joined = tf.matMul(tf.reshape(heard, [rows * places, size]), weights[`${name}/out`])
  return tf.reshape(joined, [rows, places, size])
}

/** Hides what comes later. */
export function laterHidden(tf: Tf, places: number): TfTensor {
  const hidden = new Float32Array(places * places)
  for (let from = 0; from < places; from++) hidden.fill(never, from * places + from + 1, (from + 1) * places)
  return tf.tensor(hidden, [1, 1, places, places])
}

/** Hides what a row has not: places from its length on. */
export function paddingHidden(lengths: Int32Array, places: number): NamedArray {
  const data = new Float32Array(lengths.length * places)
  lengths.forEach((length, row) => {
    data.fill(never, row * places + length, (row + 1) * places)
  })
  return { shape: [lengths.length, 1, 1, places], data }
}
