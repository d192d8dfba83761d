import { biasesOf } from '../baselines/bias'
import type { FeatureRows, FittedModel, Tensors } from '../model'
import { vectorsOf } from './factors'

/**
 * Vectors and weights of the columns of items' features, from those of all columns: what an item that is known by its
 * features alone is scored by. Nothing without features.
 */
export function newItemTensors(
  vectors: Float32Array,
  weights: Float32Array,
  { from, columns, length, size }: { from: number; columns: number; length: number; size: number },
): Tensors {
  if (columns === 0) return {}
  const data = new Float32Array(columns * size)
  for (let column = 0; column < columns; column++) {
    const start = (from + column) * length
    data.set(vectors.subarray(start, start + size), column * size)
  }
  return {
    feature_factors: { shape: [columns, size], data },
    feature_weights: { shape: [columns], data: weights.slice(from, from + columns) },
  }
}

type Row = Pick<FeatureRows, 'indices' | 'values'>

/** The vector of an item that is known by its features alone, and its own score; NaN where it has none that was learned. */
export function itemByFeatures({ feature_factors, feature_weights }: Tensors, { indices, values }: Row) {
  const length = Math.hypot(...values)
  const vector = new Float64Array(feature_factors.shape[1])
  let [own, squares] = [0, 0]
  let isLearned = false
  indices.forEach((column, at) => {
    const value = values[at] / length
    own += value * feature_weights.data[column]
    for (let component = 0; component < vector.length; component++) {
      const part = value * feature_factors.data[column * vector.length + component]
      vector[component] += part
      squares += part ** 2
      isLearned ||= part !== 0
    }
  })
  own += (vector.reduce((sum, value) => sum + value ** 2, 0) - squares) / 2
  return { vector, own: isLearned ? own : Number.NaN }
}

/** As an item that nobody has chosen is scored; null where the artifact is older than what this takes. */
export async function scoreByFeatures({ tensors }: FittedModel, item: Row): Promise<Float32Array | null> {
  if (!tensors.feature_factors) return null
  const users = vectorsOf(tensors, 'user_factors')
  const { vector, own } = itemByFeatures(tensors, item)
  const { mean, users: biases } = biasesOf(tensors)
  return Float32Array.from({ length: users.count }, (_, user) => {
    if (tensors.user_known.data[user] === 0) return Number.NaN
    const product = vector.reduce((sum, value, at) => sum + value * users.data[user * vector.length + at], 0)
    return mean + biases[user] + own + product
  })
}
