import { DOUBLE, type DuckDBConnection, INTEGER, UTINYINT, VARCHAR } from '@duckdb/node-api'
import { appendRows } from '../results'

export interface Row {
  user: string
  item: string
  rating?: number
  timestamp?: number
  part?: number
  event?: string
}

/** The sizes of these rows. */
export function countRows(rows: readonly Row[]) {
  const count = (of: 'user' | 'item') => new Set(rows.map((row) => row[of])).size
  return { interactions: rows.length, users: count('user'), items: count('item') }
}

/** Makes an interactions table as a dataset has it, rows numbered in this order, and answers its name. */
export async function createInteractions(connection: DuckDBConnection, rows: Row[]): Promise<string> {
  const table = 'source'
  await connection.run(
    `CREATE TEMP TABLE ${table} (row INTEGER, "user" VARCHAR, item VARCHAR, rating DOUBLE, timestamp DOUBLE, part UTINYINT, event VARCHAR)`,
  )
  const types = [INTEGER, VARCHAR, VARCHAR, DOUBLE, DOUBLE, UTINYINT, VARCHAR]
  const values = rows.map(({ user, item, rating, timestamp, part, event }, at) => [
    at,
    user,
    item,
    rating ?? null,
    timestamp ?? null,
    part ?? null,
    event ?? null,
  ])
  await appendRows(connection, table, types, values)
  return table
}
