import type { LossTools, TfTensors } from '../../compute/tensorflow/step'
import type { NamedArrays, TfTensor } from '../../compute/tensorflow/tensorflow'
import { normal } from '../neural/initial'
import type { Random } from '../random'
import { attention, attentionWeights, laterHidden } from './attention'
import type { Encoder } from './encoder'
import { feedForward, feedForwardWeights, norm, normWeights } from './layers'

export interface TransformerSettings {
  readonly layers: number
  readonly heads: number
  readonly dropout: number
  /** Width of the feed-forward layers, as a multiple of the size. */
  readonly widening: number
}

export function transformerWeights(
  { layers, widening }: TransformerSettings,
  size: number,
  places: number,
  random: Random,
): NamedArrays {
  const blocks = Array.from({ length: layers }, (_, layer) => {
    const own = random.derive(`layer ${layer}`)
    return {
      ...normWeights(`layer${layer}/before_attention`, size),
      ...attentionWeights(`layer${layer}/attention`, size, own.derive('attention')),
      ...normWeights(`layer${layer}/before_feed_forward`, size),
      ...feedForwardWeights(`layer${layer}/feed_forward`, size, size * widening, own.derive('feed forward')),
    }
  })
  return Object.assign(
    { positions: normal([places, size], 0.02, random.derive('positions')) },
    normWeights('input', size),
    ...blocks,
    normWeights('output', size),
  )
}

/** Item and position, then layers of attention and feed-forward, each on its normalised input and added to it. */
export function transformer(
  tools: LossTools,
  weights: TfTensors,
  items: TfTensor,
  hidden: TfTensor,
  { layers, heads, dropout: rate }: TransformerSettings,
): TfTensor {
  const { tf, dropout } = tools
  const [, places, size] = items.shape
  const positions = tf.slice(weights.positions, [0, 0], [places, size])
  let x = dropout(norm(tools, weights, 'input', tf.add(items, positions)), rate)
  for (let layer = 0; layer < layers; layer++) {
    const before = norm(tools, weights, `layer${layer}/before_attention`, x)
    const heard = attention(tools, weights, `layer${layer}/attention`, before, { heads, dropout: rate, hidden })
    x = tf.add(x, dropout(heard, rate))
    const middle = norm(tools, weights, `layer${layer}/before_feed_forward`, x)
    x = tf.add(x, dropout(feedForward(tools, weights, `layer${layer}/feed_forward`, middle, rate), rate))
  }
  return norm(tools, weights, 'output', x)
}

/** A Transformer whose places see those before them and themselves. */
export function causalTransformer(settings: TransformerSettings): Encoder {
  return {
    weights: (size, places, random) => transformerWeights(settings, size, places, random),
    states: (tools, weights, items) =>
      transformer(tools, weights, items, laterHidden(tools.tf, items.shape[1] ?? 0), settings),
  }
}
