import type { TfTensors } from '../../compute/tensorflow/step'
import type { Tf, TfTensor } from '../../compute/tensorflow/tensorflow'
import { widened } from '../factorisation/factors'
import type { ScoringForm, Trained } from '../form'
import type { FeatureRows, FittedModel, Interactions, Scorer, Vectors } from '../model'
import { downloaded, upload } from './device-scorer'
import { placedSums } from './fields'
import { rowsOf } from './log-loss'
import { pairScorer, pairsForm } from './pair-scorer'

export type Side = 'users' | 'items'

/** Of `rows` rows of one side: the vectors of all fields one after the other, their sum, and what the row scores by itself. */
export function sideOf(tf: Tf, side: Side, weights: TfTensors, batch: TfTensors, rows: number, fields: number) {
  const [columns, places, values] = ['columns', 'places', 'values'].map((name) => batch[`${side}_${name}`])
  const size = weights[`${side}_table`].shape[1] ?? 0
  const placed = (table: TfTensor) => placedSums(tf, tf.mul(tf.gather(table, columns), values), places, rows * fields)
  const vectors = placed(weights[`${side}_table`])
  const linear = tf.sum(tf.reshape(placed(weights[`${side}_linear`]), [rows, fields]), 1)
  const sum = tf.sum(tf.reshape(vectors, [rows, fields, size]), 1)
  const squares = tf.sum(tf.reshape(tf.square(vectors), [rows, fields * size]), 1)
  const pairs = tf.mul(tf.sub(tf.sum(tf.square(sum), 1), squares), 0.5)
  return { vectors: tf.reshape(vectors, [rows, fields * size]), sum, own: tf.add(linear, pairs) }
}

export function scorerOf(fitted: FittedModel): Promise<Scorer> {
  return pairScorer(fitted, (tf, weights) => {
    const column = (scores: TfTensor) => tf.expandDims(scores, 1)
    const ones = (scores: TfTensor) => column(tf.onesLike(scores))
    const { user_factors, user_scores, item_factors, item_scores } = weights
    return {
      products: {
        users: tf.concat([user_factors, column(user_scores), ones(user_scores)], 1),
        items: tf.concat([item_factors, ones(item_scores), column(item_scores)], 1),
      },
      perceptron: { users: weights.user_first, items: weights.item_first, layers: Number(fitted.params.layers) },
    }
  })
}

/** The product of a side's sums with what each scores by itself beside it: (sum, own, 1) with (sum, 1, own). */
export function form({ tensors, params }: Trained): ScoringForm {
  const side = (name: 'user' | 'item', beside: (own: number) => [number, number]): Vectors => {
    const own = tensors[`${name}_scores`].data
    return widened(rowsOf(tensors, `${name}_factors`), (row) => beside(own[row]))
  }
  const products = { users: side('user', (own) => [own, 1]), items: side('item', (own) => [1, own]) }
  const halves = { users: rowsOf(tensors, 'user_first'), items: rowsOf(tensors, 'item_first') }
  return { users: pairsForm(tensors, halves, products, Number(params.layers)) }
}

/** The item's own field is empty, as that of an item that nobody has chosen. */
export async function scoreNewItem(
  fitted: FittedModel,
  train: Interactions,
  { indices, values }: Pick<FeatureRows, 'indices' | 'values'>,
): Promise<Float32Array | null> {
  const { feature_factors, feature_weights, feature_fields, layer1_items, ...tensors } = fitted.tensors
  if (!feature_factors) return null
  const { tf } = await fitted.compute.tensorflow()
  const count = layer1_items.shape[0] / feature_factors.shape[1]
  const made = tf.tidy(() => {
    const on = upload(tf, { items_table: feature_factors, items_linear: feature_weights, layer1_items })
    const batch = upload(tf, {
      items_columns: { shape: [indices.length], data: Int32Array.from(indices) },
      items_places: {
        shape: [indices.length],
        data: Int32Array.from(indices, (column) => feature_fields.data[column]),
      },
      items_values: { shape: [indices.length, 1], data: values },
    })
    const { vectors, sum, own } = sideOf(tf, 'items', on, batch, 1, count)
    return { item_factors: sum, item_scores: own, item_first: tf.matMul(vectors, on.layer1_items) }
  })
  const item = { ...(await downloaded(made)), item_known: { shape: [1], data: Uint8Array.of(1) } }
  const scorer = await scorerOf({ ...fitted, tensors: { ...tensors, ...item } })
  try {
    const scores = new Float32Array(train.users)
    await scorer.score(Uint32Array.from(scores.keys()), scores)
    return scores
  } finally {
    scorer.close()
  }
}
