import { badFile } from '../data/bad-file'
import { fileLiteral, identifier, openMemoryDatabase } from './database'

/** The columns of a Parquet file that make lists; null where it has none of this kind. */
export interface ListColumns {
  user: string
  item: string
  score: string | null
  rank: string | null
}

type ListCells = readonly [user: unknown, item: unknown, score: unknown, rank: unknown]

/** Visits the rows of lists in a Parquet file, ids as text; `choose` says from the names of columns which they are. */
export async function readListsParquet(
  path: string,
  choose: (names: readonly string[]) => ListColumns,
  visit: (cells: ListCells, row: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const database = await openMemoryDatabase()
  try {
    await database.use(async (connection) => {
      const source = `read_parquet(${fileLiteral(path)})`
      const failed = (cause: unknown) => {
        signal.throwIfAborted()
        throw badFile(path, 'cannot be read as Parquet. Make it again, or bring in CSV.', cause)
      }
      const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${source}`).catch(failed)
      const { user, item, score, rank } = choose(described.getRows().map(([name]) => String(name)))
      const number = (name: string | null) => (name === null ? 'NULL' : `TRY_CAST(${identifier(name)} AS DOUBLE)`)
      const ids = [user, item].map((name) => `CAST(${identifier(name)} AS VARCHAR)`)
      const result = await connection.stream(`SELECT ${ids}, ${number(score)}, ${number(rank)} FROM ${source}`)
      for (let row = 1; ; ) {
        signal.throwIfAborted()
        const chunk = await result.fetchChunk().catch(failed)
        if (!chunk || chunk.rowCount === 0) return
        for (const cells of chunk.getRows()) visit(cells as unknown as ListCells, row++)
      }
    }, signal)
  } finally {
    database.close()
  }
}
