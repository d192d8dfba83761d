import { join } from 'node:path'
import type { ReadCell, TableCell, TableColumn } from '../../store'
import type { TableRow, TableRows } from '../proof/tables'

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

/** How a proof calls what reads text and arrays without a library. */
export const ownReader = 'a loader of its own'

/** The rows of a Parquet file whose first columns are texts, `names` of them, and whose other ones are numbers. */
export function parquetRows(folder: string, table: string, names: number): TableRows {
  return {
    table,
    async visit(see) {
      const { readTableParquet } = await import('../../store')
      await readTableParquet(join(folder, `${table}.parquet`), (cells) => see(rowOf(cells, names)))
    },
  }
}

function rowOf(cells: readonly ReadCell[], names: number): TableRow {
  return { names: cells.slice(0, names).map(String), numbers: cells.slice(names).flat() as (number | null)[] }
}

/** The cells of a line of text as a row. */
export function textRow(cells: readonly string[], names: number): TableRow {
  const numbers = cells.slice(names).map((cell) => (cell === '' ? null : Number(cell)))
  return { names: cells.slice(0, names), numbers }
}

export async function* mapRows<T>(lines: AsyncIterable<T>, toRow: (line: T) => TableRow): AsyncIterable<TableRow> {
  for await (const line of lines) yield toRow(line)
}

/** Texts as a cell of CSV has them that is never taken for a formula. */
export const csvName = (text: string) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)
