import type { DuckDBConnection } from '@duckdb/node-api'
import { readColumns } from './arrays'
import { count } from './database'

/** A metric's values of single users, beside one another for several runs. */
export interface UserValues {
  /** Users that every run has a finite value of, ascending. */
  users: Uint32Array
  /** Of each run, beside `users`. */
  values: Float64Array[]
}

/** What is stored of the metric `key` for users that all of `runs` have judged. */
export async function readUserValues(
  connection: DuckDBConnection,
  runs: readonly string[],
  key: string,
): Promise<UserValues> {
  const place = (at: number) => `$${at + 2}`
  const columns = runs.map((_, at) => `max(value) FILTER (run = ${place(at)}) AS value_${at}`)
  await connection.run(
    `CREATE TEMP TABLE judged_by_all AS SELECT user_index, ${columns.join(', ')} FROM user_metrics
     WHERE key = $1 AND run IN (${runs.map((_, at) => place(at)).join(', ')}) AND isfinite(value)
     GROUP BY user_index HAVING count(*) = ${runs.length}`,
    [key, ...runs],
  )
  const users = await count(connection, 'SELECT count(*) FROM judged_by_all')
  const found = { users: new Uint32Array(users), values: runs.map(() => new Float64Array(users)) }
  await readColumns(connection, 'SELECT * FROM judged_by_all ORDER BY user_index', [found.users, ...found.values])
  return found
}
