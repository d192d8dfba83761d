import { crossEntropy } from '../../compute/tensorflow/ops/cross-entropy'
import type { Tf, TfTensor } from '../../compute/tensorflow/tensorflow'

export const lossNames = ['cross-entropy', 'sampled-softmax', 'bce', 'gbce', 'bpr-max', 'in-batch-softmax'] as const
export type LossName = (typeof lossNames)[number]

/** Scores of examples: of what was chosen, and of drawn items that all examples share. */
export interface Scores {
  /** [examples] */
  readonly chosen: TfTensor
  /** [examples, drawn]; far below 0 where the drawn item is the chosen one. */
  readonly drawn: TfTensor
}

/**
 * Cross-entropy whose sum over all items is estimated: of the chosen one as it is, and of the drawn ones each over how
 * often it is expected among the draws (logQ correction; Bengio and Senecal 2008).
 */
export function sampledSoftmax(tf: Tf, { chosen, drawn }: Scores, logExpected: TfTensor): TfTensor {
  const all = tf.concat([tf.expandDims(chosen, 1), tf.sub(drawn, logExpected)], 1)
  return tf.mean(crossEntropy(tf, all, tf.zeros([chosen.size], 'int32')))
}

/** Log loss of the chosen item and of all drawn ones; the chosen one's to the power of `beta`. */
export function binaryCrossEntropy(tf: Tf, { chosen, drawn }: Scores, beta = 1): TfTensor {
  return tf.mean(tf.add(tf.mul(tf.softplus(tf.neg(chosen)), beta), tf.sum(tf.softplus(drawn), 1)))
}

/** The power of gBCE (Petrov and Macdonald 2023): with `share` of the items drawn, `calibration` from 0 (BCE) to 1. */
export function gbceBeta(share: number, calibration: number): number {
  return share * (calibration * (1 - 1 / share) + 1 / share)
}

/**
 * -log(sum of w sigmoid(chosen - drawn)) + penalty x sum of w drawn^2, w the softmax of the drawn scores (Hidasi and
 * Karatzoglou 2018). `hits` is 0, or far below where the drawn item is the chosen one, which then has no share; an example
 * that has only such items has no loss.
 */
export function bprMax(tf: Tf, { chosen, drawn }: Scores, hits: TfTensor, penalty: number): TfTensor {
  const others = tf.cast(tf.equal(hits, 0), 'float32')
  const shares = tf.mul(tf.softmax(tf.add(drawn, hits)), others)
  const won = tf.sum(tf.mul(shares, tf.sigmoid(tf.sub(tf.expandDims(chosen, 1), drawn))), 1)
  const size = tf.sum(tf.mul(shares, tf.square(drawn)), 1)
  const hasOthers = tf.max(others, 1)
  const lost = tf.neg(tf.log(tf.add(won, tf.sub(1 + 1e-24, hasOthers))))
  return tf.mean(tf.add(tf.mul(size, penalty), lost))
}
