import type { DuckDBConnection } from '@duckdb/node-api'
import { badFile } from '../data/bad-file'
import { fileLiteral, identifier, openMemoryDatabase } from './database'

/** The columns that are read, in their order: those of `texts` as text, those of `numbers` as numbers; null has none. */
interface ChosenColumns {
  texts: readonly string[]
  numbers: readonly (string | null)[]
}

/** How many rows a Parquet file says that it has. Throws where it is none. */
export async function countParquetRows(path: string): Promise<number> {
  const database = await openMemoryDatabase()
  try {
    return await database.use((connection) => countRows(connection, sourceOf(path)))
  } finally {
    database.close()
  }
}

const sourceOf = (path: string) => `read_parquet(${fileLiteral(path)})`

async function countRows(connection: DuckDBConnection, source: string): Promise<number> {
  const counted = await connection.runAndReadAll(`SELECT count(*) FROM ${source}`)
  return Number(counted.getRows()[0][0])
}

/**
 * Visits the rows of a Parquet file, texts before numbers; what is empty or no number is null. `choose` says from the names
 * of columns which are read, and `report` hears the share of rows.
 */
export async function readParquetRows(
  path: string,
  choose: (names: readonly string[]) => ChosenColumns,
  visit: (cells: readonly unknown[], row: number) => void,
  { signal, report }: { signal: AbortSignal; report(fraction: number): void },
): Promise<void> {
  const database = await openMemoryDatabase()
  try {
    await database.use(async (connection) => {
      const source = sourceOf(path)
      const failed = (cause: unknown) => {
        signal.throwIfAborted()
        throw badFile(path, 'cannot be read as Parquet. Make it again, or bring in CSV.', cause)
      }
      const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${source}`).catch(failed)
      const { texts, numbers } = choose(described.getRows().map(([name]) => String(name)))
      const rows = await countRows(connection, source).catch(failed)
      const number = (name: string | null) => (name === null ? 'NULL' : `TRY_CAST(${identifier(name)} AS DOUBLE)`)
      const cells = [...texts.map((name) => `CAST(${identifier(name)} AS VARCHAR)`), ...numbers.map(number)]
      const result = await connection.stream(`SELECT ${cells} FROM ${source}`)
      for (let row = 1; ; report((row - 1) / rows)) {
        signal.throwIfAborted()
        const chunk = await result.fetchChunk().catch(failed)
        if (!chunk || chunk.rowCount === 0) return
        for (const each of chunk.getRows()) visit(each, row++)
      }
    }, signal)
  } finally {
    database.close()
  }
}
