import type { DuckDBConnection } from '@duckdb/node-api'
import type { Role } from '../data/columns'
import { identifier } from './database'

type Tallied = Exclude<Role, 'timestamp'>
const tallied: readonly Tallied[] = ['user', 'item', 'rating', 'event']

/** How often each cell of a column of the interactions occurs: `cell` and `n`. */
export function tallyOf(role: Tallied): string {
  return identifier(`tally of ${role}`)
}

/** Runs `work` with the tallies of an interactions table there, so that one pass over it serves all that counts them. */
export async function withTallies<T>(connection: DuckDBConnection, table: string, work: () => Promise<T>): Promise<T> {
  try {
    for (const role of tallied) {
      const counted = `SELECT ${identifier(role)} AS cell, count(*) AS n FROM ${table} GROUP BY cell`
      await connection.run(`CREATE OR REPLACE TEMP TABLE ${tallyOf(role)} AS ${counted}`)
    }
    return await work()
  } finally {
    for (const role of tallied) await connection.run(`DROP TABLE IF EXISTS ${tallyOf(role)}`)
  }
}
