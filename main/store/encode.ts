import type { DuckDBConnection } from '@duckdb/node-api'
import { TopnError } from '../contract/errors'
import type { EncodedInteractions } from '../data/prepared'
import { readColumns, readTexts } from './arrays'
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
  // Of several files one may lack what the others have.
  const hasTimes = (await count(connection, `SELECT count(timestamp) FROM ${table}`)) === size
  const hasParts = (await count(connection, `SELECT count(part) FROM ${table}`)) === size
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

function readTitles(connection: DuckDBConnection, itemsTable: string): Promise<string[]> {
  const sql = `SELECT title FROM encoded_items LEFT JOIN ${itemsTable} t ON t.item = id ORDER BY place`
  return readTexts(connection, sql)
}
