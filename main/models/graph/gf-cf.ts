import { strideOf } from '../../compute/inverse'
import type { Kernels } from '../../compute/kernels/kernels'
import { singularVectors } from '../../compute/singular'
import { packPanels } from '../dot-scorer'
import { paddedLength } from '../factorisation/factors'
import {
  explainByMatrix,
  gramOf,
  itemMatrixBytes,
  itemMatrixForm,
  itemMatrixScorer,
  itemMatrixTensors,
  itemMatrixWork,
  ones,
} from '../linear/item-matrix'
import { shareMatrix } from '../linear/pure-svd'
import type { DataSize, FitInput, Model, Parameters, Tensors } from '../model'
import { pairsOf, presence, transposeValues, type ValuedRows } from '../sparse'

/**
 * GF-CF: with N the user-item matrix with each entry divided by the roots of its user's and its item's number of
 * interactions, d the items' numbers and V the right singular vectors of N to its largest values, the scores of a history
 * r are r (N'N + alpha d^(-1/2) V V' d^(1/2)): a linear and an ideal low-pass filter on the graph of items. Nothing is
 * trained; it holds a matrix of items x items.
 */
export const gfCf: Model = {
  id: 'gf-cf',
  name: 'GF-CF',
  family: 'Graph',
  feedback: 'implicit',
  summary: 'Smooths a history over the graph of users and items, without training.',
  source: 'Shen, Wu, Zhang, Shan, Zhang, Letaief and Li 2021, How powerful is graph convolution for recommendation?',
  assumes: 'Assumes that tastes are smooth over the graph of users and items.',
  suits: 'Strong on sparse data for its time, as nothing is trained; holds a matrix of items by items as EASE does.',
  presets: [
    { id: 'balanced', name: 'Balanced', meaning: 'Does well on data of many kinds.', params: {} },
    {
      id: 'published',
      name: 'Published',
      meaning: 'Twice the components, as Shen et al. 2021 have them.',
      params: { embedding_size: 256 },
    },
    {
      id: 'linear',
      name: 'Linear filter',
      meaning: 'The linear filter alone, as Shen et al. 2021 use it where items are many.',
      params: { alpha: 0 },
    },
  ],
  parameters: [
    {
      name: 'embedding_size',
      type: 'integer',
      default: 128,
      minimum: 1,
      maximum: 256,
      scale: 'logarithmic',
      search: [16, 256],
      meaning: 'Components of the low-pass filter: fewer keep only what is most common.',
    },
    {
      name: 'alpha',
      type: 'number',
      default: 0.3,
      minimum: 0,
      maximum: 100,
      search: [0, 1],
      meaning: 'Weight of the low-pass filter beside the linear one.',
    },
    {
      name: 'epochs',
      type: 'integer',
      default: 5,
      minimum: 1,
      maximum: 1000,
      meaning: 'Rounds over the data: more are nearer to the exact singular vectors.',
    },
  ],
  fit,
  score: itemMatrixScorer,
  foldIn: itemMatrixScorer,
  explain: explainByMatrix,
  form: itemMatrixForm,
  scoresByItems: true,
  estimateBytes: (size, params) => itemMatrixBytes(size) + (2 * size.users + 3 * size.items) * lengthOf(params) * 4,
  estimateWork,
}

const lengthOf = ({ embedding_size }: Parameters) => paddedLength(Number(embedding_size) + 8)

function estimateWork(size: DataSize, params: Parameters) {
  const { users, items, interactions } = size
  const length = lengthOf(params)
  const round = 2 * interactions * length + 3 * (users + items) * length ** 2 + 10 * length ** 3
  const filter = (items ** 2 * length) / 4 + 100 * length ** 3
  return {
    dense: Number(params.epochs) * round + filter + interactions * items,
    sparse: pairsOf(size) + itemMatrixWork(size),
  }
}

/** Rows of the low-pass filter that are computed at a time. */
const rowsAtATime = 256

async function fit({ train, params, random, compute: { kernels }, report, signal }: FitInput): Promise<Tensors> {
  signal.throwIfAborted()
  const histories = presence(train)
  const counts = itemCounts(histories)
  const graph = normalised(ones(histories), counts)
  const epochs = Number(params.epochs)
  return kernels.scoped(async () => {
    const matrix = await gramOf(kernels, graph, signal)
    const { right, length } = await singularVectors(kernels, shareMatrix(kernels, graph, transposeValues(graph)), {
      count: Number(params.embedding_size),
      rounds: epochs,
      normal: random.derive('directions').normal,
      signal,
      round: (epoch) => report({ phase: 'fit', fraction: epoch / (epochs + 1), epoch, epochs }),
    })
    await addFilter(kernels, matrix, right, length, counts, Number(params.alpha), signal)
    report({ phase: 'fit', fraction: 1 })
    return itemMatrixTensors(matrix, histories)
  })
}

function itemCounts({ columns, indices }: { columns: number; indices: Uint32Array }): Float64Array {
  const counts = new Float64Array(columns)
  for (const item of indices) counts[item]++
  return counts
}

/** Entries over the roots of their row's and their column's number of entries. */
function normalised(rows: ValuedRows, counts: Float64Array): ValuedRows {
  const values = rows.values.slice()
  for (let row = 0; row < rows.rows; row++) {
    const [from, to] = [rows.offsets[row], rows.offsets[row + 1]]
    for (let at = from; at < to; at++) values[at] /= Math.sqrt((to - from) * counts[rows.indices[at]])
  }
  return { ...rows, values }
}

/** matrix += alpha d^(-1/2) V V' d^(1/2) */
async function addFilter(
  kernels: Kernels,
  matrix: Float32Array,
  vectors: Float32Array,
  length: number,
  counts: Float64Array,
  alpha: number,
  signal: AbortSignal,
): Promise<void> {
  const items = counts.length
  const stride = strideOf(items)
  const scaled = (factor: (item: number) => number) =>
    vectors.map((value, at) => value * factor(Math.floor(at / length)))
  await kernels.scoped(async () => {
    const left = kernels.share(scaled((item) => (counts[item] > 0 ? alpha / Math.sqrt(counts[item]) : 0)))
    const data = scaled((item) => Math.sqrt(counts[item]))
    const panels = kernels.share(packPanels({ count: items, dimensions: length, data }))
    const block = kernels.float32(rowsAtATime * items)
    for (let from = 0; from < items; from += rowsAtATime) {
      const count = Math.min(rowsAtATime, items - from)
      const rows = left.subarray(from * length, (from + count) * length)
      await kernels.run('scoreChunk', Math.ceil(items / 64), [rows, count, panels, items, length, block, 8], signal)
      for (let row = 0; row < count; row++) {
        for (let item = 0; item < items; item++) matrix[(from + row) * stride + item] += block[row * items + item]
      }
    }
  })
}
