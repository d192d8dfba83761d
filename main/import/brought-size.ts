import { stat } from 'node:fs/promises'
import type { ElsewhereFiles } from '../contract/elsewhere'
import type { DataSize } from '../models/model'
import { countLines } from './count-lines'
import { headOf, isParquet } from './lines'

interface BroughtSize {
  /** What a job holds of it at its peak, beside the prepared data. */
  bytes: number
  /** The least that it may be, where `bytes` is a rough estimate. */
  leastBytes: number
  /** Rows of lists, estimated where a text is long; null for what has none. */
  rows: number | null
}

/** Of vectors or a graph: their file, its numbers, and what is made of them. */
const copies = 4
/** Of an entry of a list, measured at a million and at four million: an object, and its numbers in the arrays of the run. */
const bytesOfRow = 160
/** What DuckDB was measured to hold while it reads Parquet. */
const parquetBytes = 64 * 2 ** 20
/** Of the lines that the start of a file lets expect: where ids grow along it, fewer were measured, by an eighth. */
const leastShare = 3 / 4

/**
 * What reading what was made elsewhere takes, for data of so many users and items; nothing of what cannot be read, which
 * the job that reads it says.
 */
export async function broughtSize(
  from: ElsewhereFiles,
  { users, items }: Pick<DataSize, 'users' | 'items'>,
): Promise<BroughtSize> {
  // Rows of others are left out, and no item is in a list twice.
  if (from.kind === 'lists') return listSize(from.file, users * items).catch(() => sizeOfRest(0))
  const files = from.kind === 'scorer' ? [from.file] : [...new Set([from.users, from.items])]
  const sizes = await Promise.all(files.map(sizeOf))
  return sizeOfRest(copies * sizes.reduce((sum, size) => sum + size, 0))
}

const sizeOfRest = (bytes: number): BroughtSize => ({ bytes, leastBytes: bytes, rows: null })

async function listSize(path: string, most: number): Promise<BroughtSize> {
  if (!isParquet(await headOf(path))) {
    const { lines, isEven } = await countLines(path)
    const bytesOf = (rows: number) => bytesOfRow * Math.min(Math.round(rows), most)
    return { bytes: bytesOf(lines), leastBytes: bytesOf(isEven ? lines : leastShare * lines), rows: Math.round(lines) }
  }
  const { countParquetRows } = await import('../store')
  const rows = await countParquetRows(path)
  const bytes = parquetBytes + bytesOfRow * Math.min(rows, most)
  return { bytes, leastBytes: bytes, rows }
}

function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  )
}
