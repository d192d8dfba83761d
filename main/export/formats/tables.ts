import { join } from 'node:path'
import type { TableCell, TableColumn } from '../../store'

/** Writes a table as Parquet. The library of the database, which no other job needs, is loaded for it. */
export async function writeParquet(
  folder: string,
  name: string,
  columns: readonly TableColumn[],
  rows: Iterable<readonly TableCell[]>,
): Promise<void> {
  const { writeTableParquet } = await import('../../store')
  await writeTableParquet(join(folder, name), columns, rows)
}

/** A cell of a text whose cells are parted by tabs. */
export const tabCell = (text: string) => text.replace(/[\t\r\n]+/g, ' ')
