import { crossEntropy } from '../../compute/tensorflow/ops/cross-entropy'
import type { LossTools, TfTensors } from '../../compute/tensorflow/step'
import type { NamedArrays, Tf, TfTensor } from '../../compute/tensorflow/tensorflow'
import type { Interactions, Parameters } from '../model'
import type { Random } from '../random'
import { never } from './attention'
import type { ItemTower } from './item-tower'
import { binaryCrossEntropy, bprMax, gbceBeta, type LossName, type Scores, sampledSoftmax } from './losses'
import { accidentalHits, type Draw, drawFrom, type NegativeSource } from './negatives'
import { whole } from './windows'

/** How items are drawn for the loss; null where it compares with all of them. `targets`: see `drawFrom`. */
export function drawOf(
  train: Interactions,
  { loss, negatives, sampling }: Parameters,
  targets: Uint32Array,
): Draw | null {
  return loss === 'cross-entropy' ? null : drawFrom(sampling as NegativeSource, Number(negatives), train, targets)
}

/**
 * `inputs` and `targets`, and what `choiceLoss` compares these with, each item by its row among the tower's vectors; beside
 * them what these are computed from.
 */
export function comparedItems(
  { inputs, targets }: { inputs: Int32Array; targets: Int32Array },
  shape: readonly number[],
  tower: ItemTower,
  draw: Draw | null,
  random: Random,
): NamedArrays {
  const drawn = draw?.(targets, random.derive('negatives'))
  const { arrays, rows } = tower.choose([inputs, targets, ...(drawn ? [drawn.items] : [])], random.derive('items'))
  const named = { ...arrays, inputs: whole(rows[0], shape), targets: whole(rows[1]) }
  if (!drawn) return named
  const count = drawn.items.length
  return {
    ...named,
    drawn: whole(rows[2]),
    hits: { shape: [targets.length, count], data: accidentalHits(targets, drawn.items, never) },
    log_expected: { shape: [count], data: drawn.logExpected },
  }
}

/** The loss of having chosen `batch.targets` in the states `asked`; `items`: how many there are to choose from. */
export function choiceLoss(
  { tf }: Pick<LossTools, 'tf'>,
  asked: TfTensor,
  vectors: TfTensor,
  batch: TfTensors,
  params: Parameters,
  items: number,
): TfTensor {
  const name = params.loss as LossName
  if (name === 'cross-entropy') {
    return tf.mean(crossEntropy(tf, tf.matMul(asked, vectors, false, true), batch.targets))
  }
  const chosen = tf.sum(tf.mul(asked, tf.gather(vectors, batch.targets)), 1)
  const drawn = tf.matMul(asked, tf.gather(vectors, batch.drawn), false, true)
  const scores: Scores = { chosen, drawn: tf.add(drawn, batch.hits) }
  if (name === 'sampled-softmax') return sampledSoftmax(tf, scores, batch.log_expected)
  if (name === 'bpr-max') return bprMax(tf, { chosen, drawn }, batch.hits, Number(params.score_penalty))
  const count = batch.drawn.size
  const beta = name === 'gbce' ? gbceBeta(Math.min(1, count / Math.max(1, items - 1)), Number(params.calibration)) : 1
  return binaryCrossEntropy(tf, lowered(tf, scores, Math.log(count)), beta)
}

/** At the start the chosen item then pulls as strongly as all drawn ones together; which is better stays as it is. */
function lowered(tf: Tf, { chosen, drawn }: Scores, by: number): Scores {
  return { chosen: tf.sub(chosen, by), drawn: tf.sub(drawn, by) }
}
