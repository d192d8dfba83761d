import type { DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api'
import { TopnError } from '../contract/errors'
import type { EncodedInteractions } from '../data/prepared'
import { count } from './database'

/**
 * Numbers users and items by the order of their ids (main/data/ids.ts has the same rule) and reads the table as typed
 * arrays, rows in order of user, time and file.
 */
export async function encodeTable(
  connection: DuckDBConnection,
  table: string,
  itemsTable: string | null,
): Promise<EncodedInteractions> {
  const size = await count(connection, `SELECT count(*) FROM ${table}`)
  if (size === 0) throw new TopnError('BAD_DATA', 'Cleaning left no interactions. Loosen its steps.')
  await numberIds(connection, table, '"user"', 'encoded_users')
  await numberIds(connection, table, 'item', 'encoded_items')
  const hasTimes = (await count(connection, `SELECT count(timestamp) FROM ${table}`)) > 0
  const hasParts = (await count(connection, `SELECT count(part) FROM ${table}`)) > 0
  const users = new Uint32Array(size)
  const items = new Uint32Array(size)
  const values = new Float32Array(size)
  const timestamps = hasTimes ? new Float64Array(size) : null
  const parts = hasParts ? new Uint8Array(size) : null
  const columns = [users, items, values, ...(timestamps ? [timestamps] : []), ...(parts ? [parts] : [])]
  await readColumns(
    connection,
    `SELECT u.place AS user_place, i.place AS item_place, coalesce(rating, 1)::FLOAT AS value
       ${hasTimes ? ', timestamp' : ''} ${hasParts ? ', part' : ''}
     FROM ${table} JOIN encoded_users u ON u.id = "user" JOIN encoded_items i ON i.id = item
     ORDER BY user_place, timestamp, row`,
    columns,
  )
  const userIds = await readTexts(connection, 'SELECT id FROM encoded_users ORDER BY place')
  const itemIds = await readTexts(connection, 'SELECT id FROM encoded_items ORDER BY place')
  const titles = itemsTable === null ? null : await readTitles(connection, itemsTable)
  return { userIds, itemIds, titles, users, items, values, timestamps, parts }
}

async function numberIds(connection: DuckDBConnection, table: string, column: string, name: string): Promise<void> {
  await connection.run(
    `CREATE TEMP TABLE ${name} AS SELECT id, (row_number() OVER (ORDER BY is_number DESC,
       CASE WHEN is_number THEN length(id) ELSE 0 END, id) - 1)::UINTEGER AS place
     FROM (SELECT DISTINCT ${column} AS id, regexp_full_match(${column}, '0|[1-9][0-9]*') AS is_number FROM ${table})`,
  )
}

type Column = Uint32Array | Float32Array | Float64Array | Uint8Array

/** Copies a query's columns, chunk by chunk, into arrays of the right type and length. */
async function readColumns(connection: DuckDBConnection, sql: string, columns: Column[]): Promise<void> {
  let at = 0
  for await (const chunk of chunks(connection, sql)) {
    columns.forEach((column, index) => {
      const { items } = chunk.getColumnVector(index) as unknown as { items: Column }
      column.set(items.subarray(0, chunk.rowCount), at)
    })
    at += chunk.rowCount
  }
}

async function readTexts(connection: DuckDBConnection, sql: string): Promise<string[]> {
  const texts: string[] = []
  for await (const chunk of chunks(connection, sql)) {
    for (const text of chunk.getColumnValues(0)) texts.push(text === null ? '' : String(text))
  }
  return texts
}

function readTitles(connection: DuckDBConnection, itemsTable: string): Promise<string[]> {
  const sql = `SELECT title FROM encoded_items LEFT JOIN ${itemsTable} t ON t.item = id ORDER BY place`
  return readTexts(connection, sql)
}

async function* chunks(connection: DuckDBConnection, sql: string): AsyncIterable<DuckDBDataChunk> {
  const result = await connection.stream(sql)
  for (;;) {
    const chunk = await result.fetchChunk()
    if (!chunk || chunk.rowCount === 0) return
    yield chunk
  }
}
