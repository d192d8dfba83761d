import type { DuckDBConnection } from '@duckdb/node-api'
import { TopnError } from '../contract/errors'
import type { CleanStep } from '../contract/experiment'
import type { PartCounts } from '../contract/records'
import { rows } from './database'

export interface Cleaned {
  /** The temporary table of what is left: row, user, item, rating, timestamp, part. */
  table: string
  steps: { step: CleanStep; after: PartCounts }[]
  /** What was run, in order. */
  sql: string[]
}

/** Applies a cleaning recipe to a copy of an interactions table; the table itself stays as it was read. */
export async function clean(
  connection: DuckDBConnection,
  source: string,
  recipe: CleanStep[],
  signal: AbortSignal,
): Promise<Cleaned> {
  const table = 'cleaned'
  const sql: string[] = []
  const run = async (statement: string) => {
    signal.throwIfAborted()
    sql.push(statement)
    await connection.run(statement)
  }
  await run(`CREATE TEMP TABLE ${table} AS SELECT rowid AS row, "user", item, rating, timestamp, part FROM ${source}`)
  const steps: Cleaned['steps'] = []
  for (const step of recipe) {
    await applyStep(connection, table, step, run)
    steps.push({ step, after: await countsOf(connection, table) })
  }
  return { table, steps, sql }
}

type Run = (statement: string) => Promise<void>

async function applyStep(connection: DuckDBConnection, table: string, step: CleanStep, run: Run): Promise<void> {
  switch (step.step) {
    case 'duplicates':
      return run(duplicates(table, step.keep))
    case 'rating-filter':
      await requireRatings(connection, table)
      return run(ratingFilter(table, step))
    case 'k-core':
      return core(connection, table, step, run)
  }
}

/** Of rows with the same user and item the first or last by time, then by place in the file. */
function duplicates(table: string, keep: 'first' | 'last'): string {
  const order = keep === 'first' ? 'ASC' : 'DESC'
  return `DELETE FROM ${table} WHERE row NOT IN (SELECT row FROM (SELECT row, row_number() OVER
    (PARTITION BY "user", item ORDER BY timestamp ${order}, row ${order}) AS place FROM ${table}) WHERE place = 1)`
}

async function requireRatings(connection: DuckDBConnection, table: string): Promise<void> {
  const [row] = await rows(connection, `SELECT count(*) AS rows, count(rating) AS ratings FROM ${table}`)
  if (Number(row.rows) === 0 || Number(row.ratings) > 0) return
  const message = 'clean: the rating-filter step needs ratings, which this data lacks. Take the step out.'
  throw new TopnError('BAD_REQUEST', message, { field: 'clean' })
}

/** Rows without a rating pass no bound. */
function ratingFilter(table: string, { min, max }: { min?: number | undefined; max?: number | undefined }): string {
  const bounds = [
    ...(min === undefined ? [] : [`rating >= ${Number(min)}`]),
    ...(max === undefined ? [] : [`rating <= ${Number(max)}`]),
  ]
  const condition = bounds.length > 0 ? bounds.join(' AND ') : 'true'
  return `DELETE FROM ${table} WHERE (${condition}) IS NOT true`
}

/** Takes users and items with too few interactions away until all that are left have enough. */
async function core(
  connection: DuckDBConnection,
  table: string,
  { user, item }: { user: number; item: number },
  run: Run,
): Promise<void> {
  const tooFew = (column: string, minimum: number) =>
    `DELETE FROM ${table} WHERE ${column} IN
      (SELECT ${column} FROM ${table} GROUP BY ${column} HAVING count(*) < ${Number(minimum)})`
  for (let before = -1, after = await size(connection, table); after !== before; ) {
    before = after
    await run(tooFew('"user"', user))
    await run(tooFew('item', item))
    after = await size(connection, table)
  }
}

async function size(connection: DuckDBConnection, table: string): Promise<number> {
  return (await countsOf(connection, table)).interactions
}

async function countsOf(connection: DuckDBConnection, table: string): Promise<PartCounts> {
  const [row] = await rows(
    connection,
    `SELECT count(*) AS interactions, count(DISTINCT "user") AS users, count(DISTINCT item) AS items FROM ${table}`,
  )
  return { interactions: Number(row.interactions), users: Number(row.users), items: Number(row.items) }
}
