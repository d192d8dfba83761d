import type { LossTools, TfTensors } from '../../compute/tensorflow/step'
import type { NamedArrays, Tf, TfTensor } from '../../compute/tensorflow/tensorflow'
import type { FeatureRows, Tensors } from '../model'
import { glorot, normal } from '../neural/initial'
import { isDense, normalised, pickColumns } from './feature-columns'
import { type ItemTower, initialDeviation } from './item-tower'
import { feedForward, feedForwardWeights } from './layers'

export interface FeatureTowerSettings {
  /** 1 for items that anybody has chosen; the others have no vector of their own. */
  readonly chosen: Uint8Array
  /** Of the chosen items, the share whose own vector is left out in a step, so that features learn to stand for it. */
  readonly identityDropout: number
  /** Whether two layers more join what is known of an item, or the sum is its vector. */
  readonly isDeep: boolean
  /** Whether all chosen items are computed in each step, or those that are asked for. */
  readonly isWhole: boolean
  /** 1 for columns that are multiplied as a matrix; those that most items have where it is left out. */
  readonly dense?: Uint8Array
}

/**
 * An item's vector is its own one plus its features times a matrix, the features of an item divided by their length. Only
 * what is asked for is computed, each item once. Columns that most items have are multiplied as a matrix, others are looked up.
 */
export function featureTower(features: FeatureRows, settings: FeatureTowerSettings): ItemTower {
  const scaled = normalised(features)
  const isFull = settings.dense ?? isDense(scaled)
  const dense = pickColumns(scaled, (column) => isFull[column] === 1)
  const sparse = pickColumns(scaled, (column) => isFull[column] === 0)
  const everything = Int32Array.from(settings.chosen.keys()).filter((item) => settings.chosen[item] === 1)
  return {
    ...(features.columns > 0 && { tensors: { feature_is_dense: { shape: [features.columns], data: isFull } } }),
    known: settings.chosen.map((flag, item) => (flag || features.offsets[item + 1] > features.offsets[item] ? 1 : 0)),
    weights: (size, random) => ({
      identities: normal([features.rows, size], initialDeviation, random.derive('identities')),
      ...(dense.columns > 0 && { dense_features: glorot([dense.columns, size], random.derive('dense')) }),
      ...(sparse.columns > 0 && { features: normal([sparse.columns, size], 0.1, random.derive('sparse')) }),
      ...(settings.isDeep && feedForwardWeights('joined', size, size, random.derive('joined'))),
    }),
    choose(lists, random) {
      const { items, rows } = distinct(settings.isWhole && random ? [...lists, everything] : lists, features.rows)
      const isOwn = (item: number) =>
        settings.chosen[item] === 1 && !(random && random.uniform() < settings.identityDropout)
      const kept = Float32Array.from(items, (item) => (isOwn(item) ? 1 : 0))
      return { arrays: batchOf(items, kept, dense, sparse), rows: rows.slice(0, lists.length) }
    },
    vectors: towerVectors,
  }
}

function batchOf(items: Int32Array, kept: Float32Array, dense: FeatureRows, sparse: FeatureRows): NamedArrays {
  return {
    item_ids: { shape: [items.length], data: items },
    item_kept: { shape: [items.length, 1], data: kept },
    ...(dense.columns > 0 && { item_dense: denseRows(dense, items) }),
    ...(sparse.columns > 0 && sparseEntries(sparse, items)),
  }
}

/** Of an item that is known by its features alone what `towerVectors` makes its vector of; null where no features were learned. */
export function newItemBatch(
  { feature_is_dense }: Tensors,
  { indices, values }: Pick<FeatureRows, 'indices' | 'values'>,
): NamedArrays | null {
  if (!feature_is_dense) return null
  const row = { rows: 1, columns: feature_is_dense.shape[0], offsets: Uint32Array.of(0, indices.length), blocks: [] }
  const scaled = normalised({ ...row, indices, values })
  const picked = (isFull: number) => pickColumns(scaled, (column) => feature_is_dense.data[column] === isFull)
  return batchOf(Int32Array.of(0), Float32Array.of(0), picked(1), picked(0))
}

type Places = Parameters<Tf['unsortedSegmentSum']>[1]

export function towerVectors(tools: LossTools, weights: TfTensors, batch: TfTensors): TfTensor {
  const { tf } = tools
  let vectors = tf.mul(tf.gather(weights.identities, batch.item_ids), batch.item_kept)
  if (batch.item_dense) vectors = tf.add(vectors, tf.matMul(batch.item_dense, weights.dense_features))
  if (batch.feature_items) {
    const each = tf.mul(tf.gather(weights.features, batch.feature_columns), batch.feature_values)
    vectors = tf.add(vectors, tf.unsortedSegmentSum(each, batch.feature_items as Places, batch.item_ids.size))
  }
  return weights['joined/in'] ? tf.add(vectors, feedForward(tools, weights, 'joined', vectors, 0)) : vectors
}

/** The items of all lists, each once, and the lists with each item by its place among them. */
function distinct(lists: readonly Int32Array[], count: number): { items: Int32Array; rows: Int32Array[] } {
  const places = new Int32Array(count).fill(-1)
  const items: number[] = []
  const rows = lists.map((list) =>
    list.map((item) => {
      if (places[item] < 0) places[item] = items.push(item) - 1
      return places[item]
    }),
  )
  return { items: Int32Array.from(items), rows }
}

function denseRows({ columns, offsets, indices, values }: FeatureRows, items: Int32Array) {
  const data = new Float32Array(items.length * columns)
  items.forEach((item, row) => {
    for (let at = offsets[item]; at < offsets[item + 1]; at++) data[row * columns + indices[at]] = values[at]
  })
  return { shape: [items.length, columns], data }
}

/** `feature_items`, `feature_columns` and `feature_values`, one of each for a number of the features; a 0 where there is none. */
function sparseEntries({ offsets, indices, values }: FeatureRows, items: Int32Array): NamedArrays {
  const count = Math.max(
    1,
    items.reduce((sum, item) => sum + offsets[item + 1] - offsets[item], 0),
  )
  const [rows, columns, numbers] = [new Int32Array(count), new Int32Array(count), new Float32Array(count)]
  let next = 0
  items.forEach((item, row) => {
    for (let at = offsets[item]; at < offsets[item + 1]; at++) {
      rows[next] = row
      columns[next] = indices[at]
      numbers[next++] = values[at]
    }
  })
  return {
    feature_items: { shape: [count], data: rows },
    feature_columns: { shape: [count], data: columns },
    feature_values: { shape: [count, 1], data: numbers },
  }
}
