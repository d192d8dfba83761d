import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import {
  DOUBLE,
  type DuckDBConnection,
  type DuckDBValue,
  FLOAT,
  LIST,
  listValue,
  UINTEGER,
  VARCHAR,
} from '@duckdb/node-api'
import type { TopLists } from '../evaluation/lists'
import { moveIntoPlace } from '../files/atomic'
import { identifier, literal, openMemoryDatabase } from './database'
import { appendRows, listRows } from './results'

export interface NamedLists {
  userIds: readonly string[]
  itemIds: readonly string[]
  lists: TopLists
}

/** Writes lists as Parquet `user_id, item_id, score, rank`, ids as text as they were read; whole or not at all. */
export async function writeListsParquet(path: string, { userIds, itemIds, lists }: NamedLists): Promise<void> {
  const database = await openMemoryDatabase()
  const temporary = `${path}.${randomUUID()}.part`
  try {
    await database.use(async (connection) => {
      await fillIds(connection, 'user_ids', userIds)
      await fillIds(connection, 'item_ids', itemIds)
      await connection.run(
        'CREATE TABLE lists (run VARCHAR, user_index UINTEGER, rank UINTEGER, item_index UINTEGER, score FLOAT)',
      )
      await appendRows(connection, 'lists', [VARCHAR, UINTEGER, UINTEGER, UINTEGER, FLOAT], listRows('', lists))
      await connection.run(
        `COPY (SELECT u.id AS user_id, i.id AS item_id, score, rank::INTEGER AS rank FROM lists
           JOIN user_ids u ON u.place = user_index JOIN item_ids i ON i.place = item_index ORDER BY user_index, rank)
         TO ${literal(temporary)} (FORMAT parquet)`,
      )
    })
    await moveIntoPlace(temporary, path)
  } finally {
    database.close()
    await rm(temporary, { force: true })
  }
}

/** Types of the columns of a table that is written. */
const columnTypes = { text: VARCHAR, float: FLOAT, double: DOUBLE, whole: UINTEGER, floats: LIST(FLOAT) } as const
export type TableColumn = readonly [name: string, type: keyof typeof columnTypes]
export type TableCell = string | number | null | readonly number[]

/** Writes rows as Parquet; whole or not at all. */
export async function writeTableParquet(
  path: string,
  columns: readonly TableColumn[],
  rows: Iterable<readonly TableCell[]>,
): Promise<void> {
  const database = await openMemoryDatabase()
  const temporary = `${path}.${randomUUID()}.part`
  try {
    await database.use(async (connection) => {
      const types = columns.map(([, type]) => columnTypes[type])
      const described = columns.map(([name], at) => `${identifier(name)} ${types[at]}`)
      await connection.run(`CREATE TABLE rows (${described.join(', ')})`)
      await appendRows(connection, 'rows', types, valuesOf(rows))
      await connection.run(`COPY rows TO ${literal(temporary)} (FORMAT parquet)`)
    })
    await moveIntoPlace(temporary, path)
  } finally {
    database.close()
    await rm(temporary, { force: true })
  }
}

function* valuesOf(rows: Iterable<readonly TableCell[]>): Iterable<DuckDBValue[]> {
  for (const row of rows) yield row.map((cell) => (typeof cell === 'object' && cell !== null ? listValue(cell) : cell))
}

async function fillIds(connection: DuckDBConnection, table: string, ids: readonly string[]): Promise<void> {
  await connection.run(`CREATE TABLE ${table} (place UINTEGER, id VARCHAR)`)
  await appendRows(
    connection,
    table,
    [UINTEGER, VARCHAR],
    ids.map((id, place) => [place, id]),
  )
}
