import type { DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api'

export type Column = Uint32Array | Float32Array | Float64Array | Uint8Array

/** Copies a query's columns, chunk by chunk, into arrays of the right type and length. No cell may be NULL. */
export async function readColumns(connection: DuckDBConnection, sql: string, columns: Column[]): Promise<void> {
  let at = 0
  for await (const parts of readChunks(connection, sql)) {
    columns.forEach((column, index) => void column.set(parts[index], at))
    at += parts[0].length
  }
}

/** A query's columns of numbers, piece by piece. No cell may be NULL. */
export async function* readChunks(connection: DuckDBConnection, sql: string): AsyncIterable<Column[]> {
  for await (const chunk of chunks(connection, sql)) {
    yield Array.from({ length: chunk.columnCount }, (_, index) => {
      const { items } = chunk.getColumnVector(index) as unknown as { items: Column }
      return items.subarray(0, chunk.rowCount)
    })
  }
}

/** The one column of a query as texts, '' for NULL. */
export async function readTexts(connection: DuckDBConnection, sql: string): Promise<string[]> {
  const texts: string[] = []
  for await (const chunk of chunks(connection, sql)) {
    for (const text of chunk.getColumnValues(0)) texts.push(text === null ? '' : String(text))
  }
  return texts
}

async function* chunks(connection: DuckDBConnection, sql: string): AsyncIterable<DuckDBDataChunk> {
  const result = await connection.stream(sql)
  for (;;) {
    const chunk = await result.fetchChunk()
    if (!chunk || chunk.rowCount === 0) return
    yield chunk
  }
}
