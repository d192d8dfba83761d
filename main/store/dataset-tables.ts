import { type DuckDBConnection, INTEGER, VARCHAR } from '@duckdb/node-api'
import type { RejectedRow } from '../contract/records'
import { count } from './database'
import type { Loaded } from './load'
import { appendRows } from './results'

/** A dataset's own tables; those of items and users are there where a file of them was read. */
export interface DatasetTables {
  interactions: string
  items: string
  users: string
  rejects: string
}

/** Ids are made here, so the names need no quoting. */
export function tablesOf(id: string): DatasetTables {
  const suffix = id.replace(/[^a-z0-9]/g, '')
  return {
    interactions: `interactions_${suffix}`,
    items: `items_${suffix}`,
    users: `users_${suffix}`,
    rejects: `rejects_${suffix}`,
  }
}

export async function keepRejects(
  connection: DuckDBConnection,
  { rejects: table }: DatasetTables,
  rejects: RejectedRow[],
): Promise<void> {
  await connection.run(`CREATE TABLE ${table} (file VARCHAR, line INTEGER, reason VARCHAR, text VARCHAR)`)
  const values = rejects.map(({ file, line, reason, text }) => [file, line, reason, text])
  await appendRows(connection, table, [VARCHAR, INTEGER, VARCHAR, VARCHAR], values)
}

export async function copyTables(connection: DuckDBConnection, from: string, to: string): Promise<void> {
  const target = tablesOf(to)
  for (const [kind, source] of Object.entries(tablesOf(from))) {
    if (!(await exists(connection, source))) continue
    await connection.run(`CREATE TABLE ${target[kind as keyof DatasetTables]} AS SELECT * FROM ${source}`)
  }
}

export async function dropTables(connection: DuckDBConnection, id: string): Promise<void> {
  for (const table of Object.values(tablesOf(id))) await connection.run(`DROP TABLE IF EXISTS ${table}`)
}

async function exists(connection: DuckDBConnection, table: string): Promise<boolean> {
  return (await count(connection, 'SELECT count(*) FROM duckdb_tables() WHERE table_name = $1', [table])) > 0
}

/** What compression leaves of row number, two ids, rating and time: measured 10 to 13 on tables of 0.1 to 2 million rows. */
const bytesOfInteraction = 11

/**
 * About what a dataset's tables take on disk, without forcing the database to write them: a fixed size for each
 * interaction, and once the texts of ids, items and rejected rows.
 */
export async function estimateTableBytes(
  connection: DuckDBConnection,
  { interactions, items, users }: DatasetTables,
  loaded: Loaded,
): Promise<number> {
  const ids = (column: string) =>
    `SELECT coalesce(sum(strlen(id)), 0) FROM (SELECT DISTINCT ${column} AS id FROM ${interactions})`
  const texts = (await count(connection, ids('"user"'))) + (await count(connection, ids('item')))
  const itemBytes = loaded.items ? await count(connection, cellTexts(items)) : 0
  const userBytes = loaded.users ? await count(connection, cellTexts(users)) : 0
  const rowBytes = loaded.profile.interactions * bytesOfInteraction
  return rowBytes + texts + itemBytes + userBytes + rejectTexts(loaded.rejects)
}

function cellTexts(table: string): string {
  return `SELECT coalesce(sum(strlen(CAST(${table} AS VARCHAR))), 0) FROM ${table}`
}

function rejectTexts(rejects: RejectedRow[]): number {
  return rejects.reduce((sum, { reason, text }) => sum + Buffer.byteLength(reason) + Buffer.byteLength(text), 0)
}
