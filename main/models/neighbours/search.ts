import type { Kernels } from '../../compute/kernels/kernels'
import type { FitProgress, Tensors } from '../model'
import { pairsOf } from '../sparse'
import type { Profiles } from './similarity'

/** Few, so that a cancel is heard soon even where rows have very many entries. */
const rowsInChunk = 4
/** A slot of the kernel: a number, or eight sums for measures of values that both rows have. */
const slotWords = ({ measure }: Profiles) => (measure < 4 ? 1 : 8)
/** Slots that share a flag of one byte in the kernel. */
const flagRows = 64

export interface Neighbours {
  /** Rows x count, the most similar first. */
  readonly indices: Uint32Array
  /** Beside them; 0 where a row has fewer. */
  readonly similarities: Float32Array
  readonly count: number
}

/** The `count` most similar rows of `among` for each row of `profiles`; of the same rows none is its own neighbour. */
export async function findNeighbours(
  kernels: Kernels,
  profiles: Profiles,
  among: Profiles,
  wanted: number,
  { signal, report }: { signal?: AbortSignal; report?(progress: FitProgress): void } = {},
): Promise<Neighbours> {
  const isSame = profiles === among
  const rows = profiles.rows.rows
  const size = among.rows.rows
  const count = Math.min(wanted, Math.max(1, isSame ? size - 1 : size))
  return kernels.scoped(async () => {
    const indices = kernels.uint32(rows * count)
    const similarities = kernels.float32(rows * count)
    const words = scratchWords(among)
    const scratch = kernels.uint32(kernels.threads * words)
    const values = [
      ...sharedRows(kernels, profiles),
      ...sharedColumns(kernels, among),
      kernels.share(profiles.degrees),
      kernels.share(among.degrees),
      ...[rows, size, Number(isSame), count, among.measure, among.shrinkage],
      ...[indices, similarities, rowsInChunk, scratch, words],
    ]
    const chunks = Math.ceil(rows / rowsInChunk)
    await kernels.run('neighboursChunk', chunks, values, signal, (fraction) => report?.({ phase: 'fit', fraction }))
    report?.({ phase: 'fit', fraction: 1 })
    return { indices: indices.slice(), similarities: similarities.slice(), count }
  })
}

/** Entries that are asked for: of each of `rows` the columns `columns[offsets[n] .. offsets[n + 1]]`. */
export interface Queries {
  readonly rows: Uint32Array
  readonly offsets: Uint32Array
  readonly columns: Uint32Array
}

/**
 * For each asked entry the mean of `deviations` (beside the entries of `profiles.byColumn`) over the `count` most similar
 * rows that have the column, weighted by similarity; NaN where there is none.
 */
export async function meanOfNeighbours(
  kernels: Kernels,
  profiles: Profiles,
  deviations: Float32Array,
  count: number,
  queries: Queries,
): Promise<Float32Array> {
  return kernels.scoped(async () => {
    const out = kernels.float32(queries.columns.length)
    const words = scratchWords(profiles) + 2 * count
    const values = [
      ...[queries.rows, queries.offsets, queries.columns].map((array) => kernels.share(array)),
      queries.rows.length,
      ...sharedRows(kernels, profiles),
      ...sharedColumns(kernels, profiles),
      kernels.share(deviations),
      kernels.share(profiles.degrees),
      ...[profiles.rows.rows, count, profiles.measure, profiles.shrinkage],
      ...[out, rowsInChunk, kernels.uint32(kernels.threads * words), words],
    ]
    await kernels.run('neighbourRatingsChunk', Math.ceil(queries.rows.length / rowsInChunk), values)
    return out.slice()
  })
}

function scratchWords(among: Profiles): number {
  const runs = Math.ceil(among.rows.rows / flagRows)
  // Slots are loaded as vectors, so every thread's part is a multiple of four words.
  return runs * flagRows * slotWords(among) + Math.ceil(runs / 16) * 4
}

function sharedRows(kernels: Kernels, { rows }: Profiles) {
  return [kernels.share(rows.offsets), kernels.share(rows.indices), kernels.share(rows.values)]
}

function sharedColumns(kernels: Kernels, { byColumn }: Profiles) {
  return [kernels.share(byColumn.offsets), kernels.share(byColumn.indices), kernels.share(byColumn.values)]
}

export function neighbourTensors({ indices, similarities, count }: Neighbours): Tensors {
  const shape = [indices.length / count, count]
  return {
    neighbor_indices: { shape, data: indices },
    neighbor_similarities: { shape, data: similarities },
  }
}

export function neighboursOf({ neighbor_indices, neighbor_similarities }: Tensors): Neighbours {
  return {
    indices: neighbor_indices.data as Uint32Array,
    similarities: neighbor_similarities.data as Float32Array,
    count: neighbor_indices.shape[1],
  }
}

/** Bytes for the lists of `rows` rows, and for comparing rows of `size` with `interactions` entries in all. */
export function searchBytes(rows: number, size: number, interactions: number, neighbors: number): number {
  return rows * Math.min(size, neighbors) * 8 * 2 + interactions * 4 * 8 + size * 36 * 32
}

/**
 * Steps of comparing `rows` rows with one another: every pair that shares a column, which takes less than a step here and
 * there in memory, and a look at every pair of rows for the nearest ones.
 */
export function searchWork(rows: number, columns: { users: number; interactions: number }): number {
  return 0.8 * pairsOf(columns) + 2 * rows ** 2
}
