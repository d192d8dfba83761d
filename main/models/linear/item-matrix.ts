import { strideOf } from '../../compute/inverse'
import type { Kernels } from '../../compute/kernels/kernels'
import type { ScoringForm } from '../form'
import { areFew, distinctItems, historyExplainer, rowScorer } from '../history-explainer'
import { kernelScorer } from '../kernel-scorer'
import type { Explainer, FittedModel, Interactions, Scorer, Tensors } from '../model'
import { type BinaryRows, presence, transposeValues, type ValuedRows } from '../sparse'

const columnsInChunk = 4
const itemsInChunk = 128

/** All entries with the value 1. */
export function ones(rows: BinaryRows): ValuedRows {
  return { ...rows, values: new Float32Array(rows.indices.length).fill(1) }
}

/** X'X of a sparse matrix in shared memory: columns x columns, rows of `strideOf(columns)` floats, as many of them. */
export async function gramOf(kernels: Kernels, rows: ValuedRows, signal: AbortSignal): Promise<Float32Array> {
  const stride = strideOf(rows.columns)
  const matrix = kernels.float32(stride * stride)
  await kernels.scoped(async () => {
    const tables = [transposeValues(rows), rows].flatMap(({ offsets, indices, values }) => [
      kernels.share(offsets),
      kernels.share(indices),
      kernels.share(values),
    ])
    const values = [...tables, rows.columns, stride, matrix, columnsInChunk]
    await kernels.run('coOccurrenceChunk', Math.ceil(rows.columns / columnsInChunk), values, signal)
  })
  return matrix
}

/** A matrix of the kernels, and which items have interactions, as tensors. */
export function itemMatrixTensors(matrix: Float32Array, { columns: items, indices }: BinaryRows): Tensors {
  const stride = strideOf(items)
  const weights = new Float32Array(items * items)
  for (let item = 0; item < items; item++) {
    weights.set(matrix.subarray(item * stride, item * stride + items), item * items)
  }
  const known = new Uint8Array(items)
  for (const item of indices) known[item] = 1
  return { item_weights: { shape: [items, items], data: weights }, item_known: { shape: [items], data: known } }
}

export function itemMatrixForm({ tensors: { item_weights, item_known } }: Pick<FittedModel, 'tensors'>): ScoringForm {
  const weights = item_weights.data as Float32Array
  return { histories: { kind: 'item-weights', weights, known: item_known.data as Uint8Array } }
}

/** Bytes at the peak: the matrix that is computed, and the one that is kept. */
export function itemMatrixBytes({ items, interactions }: { items: number; interactions: number }): number {
  return 8 * strideOf(items) ** 2 + 64 * 8 * strideOf(items) + 24 * interactions
}

/** Steps of copying the matrix, writing it and reading it again to score. */
export function itemMatrixWork({ items }: { items: number }): number {
  return 10 * items ** 2
}

/** Scores by the history times a matrix of items x items. NaN for users without a history and items not trained on. */
export async function itemMatrixScorer({ tensors, compute }: FittedModel, interactions: Interactions): Promise<Scorer> {
  const { item_weights, item_known } = tensors
  const items = item_known.shape[0]
  // The distinct items of a history are never more work than the copy of the matrix that the kernels take.
  if (interactions.users === 1 || areFew(interactions)) return scoreFew(tensors, interactions)
  const { kernels } = compute
  const stride = strideOf(items)
  const release = kernels.hold()
  const matrix = kernels.float32(items * stride)
  const weights = item_weights.data as Float32Array
  for (let item = 0; item < items; item++) matrix.set(weights.subarray(item * items, (item + 1) * items), item * stride)
  const histories = ones(presence(interactions))
  const tables = [histories.offsets, histories.indices, histories.values].map((array) => kernels.share(array))
  const { offsets } = histories
  const of = {
    items,
    isKnown: (user: number) => user < histories.rows && offsets[user + 1] > offsets[user],
    unknownItems: Uint32Array.from(item_known.data.keys()).filter((item) => item_known.data[item] === 0),
    async compute(users: Uint32Array) {
      const scores = kernels.float32(users.length * stride)
      const values = [kernels.share(users), users.length, ...tables, matrix, stride, scores, itemsInChunk]
      await kernels.run('matrixScoresChunk', Math.ceil(stride / itemsInChunk), values)
      return { scores, stride }
    },
  }
  return kernelScorer(kernels, of, release)
}

function scoreFew({ item_weights, item_known }: Tensors, histories: Interactions): Scorer {
  const items = item_known.shape[0]
  const weights = item_weights.data as Float32Array
  return rowScorer(histories, (user, into) => {
    const history = distinctItems(histories, user)
    for (let at = 0; at < history.length; at += rowsAtATime) addRows(weights, history.slice(at, at + rowsAtATime), into)
    for (let item = 0; item < items; item++) {
      if (history.length === 0 || item_known.data[item] === 0) into[item] = Number.NaN
    }
  })
}

const rowsAtATime = 4

/** One row after the other, each sum in single precision, as the kernel has it; four in one pass, which reads and writes sums less often. */
function addRows(weights: Float32Array, rows: readonly number[], into: Float32Array): void {
  const items = into.length
  if (rows.length < rowsAtATime) {
    for (const row of rows) for (let item = 0; item < items; item++) into[item] += weights[row * items + item]
    return
  }
  const [first, second, third, fourth] = rows.map((row) => row * items)
  for (let item = 0; item < items; item++) {
    const two = Math.fround(Math.fround(into[item] + weights[first + item]) + weights[second + item])
    into[item] = Math.fround(two + weights[third + item]) + weights[fourth + item]
  }
}

/** A score is the sum of the weights from the history to the item. */
export async function explainByMatrix({ tensors }: FittedModel, histories: Interactions): Promise<Explainer> {
  const items = tensors.item_known.shape[0]
  return historyExplainer('weights', histories, (item, own) => tensors.item_weights.data[own * items + item])
}
