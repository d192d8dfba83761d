import {
  DOUBLE,
  type DuckDBConnection,
  DuckDBDataChunk,
  type DuckDBType,
  type DuckDBValue,
  FLOAT,
  UINTEGER,
  VARCHAR,
} from '@duckdb/node-api'
import type { SelectionMetrics } from '../contract/selections'
import { noItem, type TopLists } from '../evaluation/lists'
import type { UserMetrics } from '../training/results'
import { inTransaction, rows } from './database'

/** Rows of a DuckDB data chunk. */
const chunkRows = 2048

/** Replaces what is stored of a run's lists and of its values per user. */
export async function saveResults(
  connection: DuckDBConnection,
  run: string,
  { lists, userMetrics }: { lists: TopLists; userMetrics: UserMetrics },
): Promise<void> {
  await inTransaction(connection, async () => {
    await deleteResults(connection, run)
    await appendRows(connection, 'user_metrics', [VARCHAR, UINTEGER, VARCHAR, DOUBLE], metricRows(run, userMetrics))
    await appendRows(connection, 'lists', [VARCHAR, UINTEGER, UINTEGER, UINTEGER, FLOAT], listRows(run, lists))
  })
}

/** Gives a run a copy of another one's lists and values per user. */
export async function copyResults(connection: DuckDBConnection, from: string, to: string): Promise<void> {
  await inTransaction(connection, async () => {
    await deleteResults(connection, to)
    for (const table of ['user_metrics', 'lists']) {
      await connection.run(`INSERT INTO ${table} SELECT * REPLACE ($2 AS run) FROM ${table} WHERE run = $1`, [from, to])
    }
  })
}

export async function deleteResults(connection: DuckDBConnection, run: string): Promise<void> {
  await connection.run('DELETE FROM user_metrics WHERE run = $1', [run])
  await connection.run('DELETE FROM lists WHERE run = $1', [run])
}

export interface Deviation {
  /** Root of the mean variance; null where there is no pair of runs. */
  deviation: number | null
  /** Pairs of runs. */
  comparisons: number
}

/** Standard deviation over users of the difference between two runs in the metric `key`, pooled over all pairs of runs. */
export async function deviationOfDifferences(
  connection: DuckDBConnection,
  runs: string[],
  key: string,
): Promise<Deviation> {
  const chosen = runs.map((_, at) => `$${at + 2}`).join(', ') || 'NULL'
  const [row] = await rows(
    connection,
    `SELECT sqrt(avg(variance)) AS deviation, count(variance) AS comparisons FROM (
       SELECT var_samp(a.value - b.value) AS variance FROM user_metrics a
       JOIN user_metrics b ON a.user_index = b.user_index AND a.key = b.key AND a.run < b.run
       WHERE a.key = $1 AND a.run IN (${chosen}) AND b.run IN (${chosen}) GROUP BY a.run, b.run)`,
    [key, ...runs],
  )
  return { deviation: row.deviation === null ? null : Number(row.deviation), comparisons: Number(row.comparisons) }
}

/** One user's stored list, or null where the run lists nothing for them. */
export async function readList(connection: DuckDBConnection, run: string, user: number) {
  const found = await rows(
    connection,
    'SELECT item_index, score FROM lists WHERE run = $1 AND user_index = $2 ORDER BY rank',
    [run, user],
  )
  if (found.length === 0) return null
  return {
    items: Uint32Array.from(found, (row) => Number(row.item_index)),
    scores: Float32Array.from(found, (row) => Number(row.score)),
  }
}

/** The means of a run's values over some of its users, and how many of them it has values of. */
export async function readMeans(
  connection: DuckDBConnection,
  run: string,
  users: readonly number[],
): Promise<SelectionMetrics> {
  await connection.run('CREATE TEMP TABLE chosen (user_index UINTEGER)')
  await appendRows(
    connection,
    'chosen',
    [UINTEGER],
    users.map((user) => [user]),
  )
  const found = await rows(
    connection,
    `SELECT key, avg(value) AS mean, count(*) AS users FROM user_metrics SEMI JOIN chosen USING (user_index)
     WHERE run = $1 GROUP BY key ORDER BY key`,
    [run],
  )
  const metrics = Object.fromEntries(found.map((row) => [String(row.key), Number(row.mean)]))
  return { users: Number(found[0]?.users ?? 0), metrics }
}

function* metricRows(run: string, { users, values }: UserMetrics): Iterable<DuckDBValue[]> {
  for (const [key, column] of Object.entries(values)) {
    for (let at = 0; at < users.length; at++) yield [run, users[at], key, column[at]]
  }
}

export function* listRows(run: string, { k, users, items, scores }: TopLists): Iterable<DuckDBValue[]> {
  for (let at = 0; at < items.length; at++) {
    if (items[at] !== noItem) yield [run, users[Math.floor(at / k)], (at % k) + 1, items[at], scores[at]]
  }
}

/** Chunks between two turns of the event loop, so that calls are answered while many rows are appended. */
const chunksInTurn = 8

/** Appends rows in chunks, the fastest way in. */
export async function appendRows(
  connection: DuckDBConnection,
  table: string,
  types: DuckDBType[],
  source: Iterable<DuckDBValue[]>,
): Promise<void> {
  const appender = await connection.createAppender(table)
  let pending: DuckDBValue[][] = []
  const flush = () => {
    const chunk = DuckDBDataChunk.create(types, pending.length)
    chunk.setRows(pending)
    appender.appendDataChunk(chunk)
    pending = []
  }
  let chunks = 0
  for (const row of source) {
    pending.push(row)
    if (pending.length < chunkRows) continue
    flush()
    if (++chunks % chunksInTurn === 0) await new Promise((resolve) => setImmediate(resolve))
  }
  if (pending.length > 0) flush()
  appender.closeSync()
}
