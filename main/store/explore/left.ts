import type { DuckDBConnection } from '@duckdb/node-api'
import type { Amounts } from '../../contract/exploration'
import type { Filter, Subject } from '../../contract/filters'
import { count } from '../database'
import { columnOf, conditionOf, type Filtered } from '../filters'
import { amountsOf, type Base } from './base'

/** What filters leave of a base. */
export interface Left {
  base: Base
  /** As the base's rows. */
  rows: string
  /** Tables of user or item (number) and interactions, of those that have any. */
  members: Record<Subject, string>
  amounts: Amounts
}

const rowsTable = 'left_rows'
const members: Record<Subject, string> = { users: 'left_users', items: 'left_items' }

/** Applies filters to a base; the tables of the filters before are replaced. */
export async function applyFilters(
  connection: DuckDBConnection,
  base: Base,
  filters: readonly Filter[],
  selections: Filtered['selections'],
): Promise<Left> {
  const table = filters.length > 0 ? rowsTable : base.rows
  if (filters.length > 0) {
    const { sql, values } = conditionOf(filters, { ...base, selections })
    await connection.run(`CREATE OR REPLACE TEMP TABLE ${rowsTable} AS SELECT * FROM ${base.rows} WHERE ${sql}`, values)
  }
  const sizes = {
    users: await countMembers(connection, table, 'users'),
    items: await countMembers(connection, table, 'items'),
  }
  return { base, rows: table, members, amounts: await amountsOf(connection, table, sizes, base.hasMoments) }
}

async function countMembers(connection: DuckDBConnection, table: string, of: Subject): Promise<number> {
  const column = columnOf[of]
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE ${members[of]} AS SELECT ${column}, count(*) AS interactions FROM ${table} GROUP BY ${column}`,
  )
  return count(connection, `SELECT count(*) FROM ${members[of]}`)
}
