import { DuckDBListValue } from '@duckdb/node-api'
import { fileLiteral, openMemoryDatabase } from './database'

export type ReadCell = string | number | null | readonly number[]

/** Visits all rows of a Parquet file in their order. */
export async function readTableParquet(path: string, visit: (cells: readonly ReadCell[]) => void): Promise<void> {
  const database = await openMemoryDatabase()
  try {
    await database.use(async (connection) => {
      const rows = await connection.stream(`SELECT * FROM read_parquet(${fileLiteral(path)})`)
      for (let chunk = await rows.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await rows.fetchChunk()) {
        for (const cells of chunk.getRows()) {
          visit(cells.map((cell) => (cell instanceof DuckDBListValue ? (cell.items as number[]) : (cell as ReadCell))))
        }
      }
    })
  } finally {
    database.close()
  }
}
