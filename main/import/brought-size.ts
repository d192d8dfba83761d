import { stat } from 'node:fs/promises'
import type { ElsewhereFiles } from '../contract/elsewhere'
import type { DataSize } from '../models/model'
import { headOf, isParquet, linesOf } from './lines'

export interface BroughtSize {
  /** What a job holds of it at its peak, beside the prepared data. */
  bytes: number
  /** Rows of lists, estimated from the first part of a long text; null for what has none. */
  rows: number | null
}

/** Of vectors or a graph: their file, its numbers, and what is made of them. */
const copies = 4
/** Of an entry of a list, measured at a million and at four million: an object, and its numbers in the arrays of the run. */
const bytesOfRow = 160
/** What DuckDB was measured to hold while it reads Parquet. */
const parquetBytes = 64 * 2 ** 20

/**
 * What reading what was made elsewhere takes, for data of so many users and items; nothing of what cannot be read, which
 * the job that reads it says.
 */
export async function broughtSize(
  from: ElsewhereFiles,
  { users, items }: Pick<DataSize, 'users' | 'items'>,
): Promise<BroughtSize> {
  // Rows of others are left out, and no item is in a list twice.
  if (from.kind === 'lists') return listSize(from.file, users * items).catch(() => ({ bytes: 0, rows: null }))
  const files = from.kind === 'scorer' ? [from.file] : [...new Set([from.users, from.items])]
  const sizes = await Promise.all(files.map(sizeOf))
  return { bytes: copies * sizes.reduce((sum, size) => sum + size, 0), rows: null }
}

async function listSize(path: string, most: number): Promise<BroughtSize> {
  if (!isParquet(await headOf(path))) {
    const rows = await estimateLines(path)
    return { bytes: bytesOfRow * Math.min(rows, most), rows }
  }
  const { countParquetRows } = await import('../store')
  const rows = await countParquetRows(path)
  return { bytes: parquetBytes + bytesOfRow * Math.min(rows, most), rows }
}

const sampledBytes = 4 * 2 ** 20

/** Lines of a text, compressed or not: all of a short one, of others by the share of the bytes that the first lines are. */
async function estimateLines(path: string): Promise<number> {
  const enough = sampledBytes / Math.max(1, await sizeOf(path))
  let [lines, read, sampled] = [0, 0, { lines: 0, read: 0 }]
  const report = (fraction: number) => {
    sampled = { lines, read }
    read = fraction
  }
  for await (const _ of linesOf(path, { report })) {
    if (sampled.read >= enough) return Math.round(sampled.lines / sampled.read)
    lines++
  }
  return lines
}

function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  )
}
