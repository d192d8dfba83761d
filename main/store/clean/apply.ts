import type { DuckDBConnection } from '@duckdb/node-api'
import type { CleanStep } from '../../contract/clean'
import { TopnError } from '../../contract/errors'
import type { PartCounts } from '../../contract/records'
import { count, rows } from '../database'
import { largestRating } from '../expressions'
import { stepKinds } from './registry'
import type { Stage, StepKind } from './step'

/** A step goes to the kind of its own name only. */
type AnyKind = StepKind<CleanStep['step']>

export interface Applied {
  stage: Stage
  /** What was run, in order. */
  sql: string[]
}

/**
 * Makes the temporary table of what a step leaves of the stage before, named by the step's place in its recipe. Throws
 * BAD_REQUEST where the step needs what the data lacks.
 */
export async function applyStep(
  connection: DuckDBConnection,
  step: CleanStep,
  place: number,
  before: Stage,
  signal: AbortSignal,
): Promise<Applied> {
  const kind = stepKinds[step.step] as AnyKind
  const refuse = (reason: string) => {
    const field = `clean[${place}]`
    return new TopnError('BAD_REQUEST', `${field}: the ${step.step} step ${reason}`, { field })
  }
  await check(connection, kind, step, before, refuse)
  const sql: string[] = []
  const run = async (statement: string) => {
    signal.throwIfAborted()
    sql.push(statement)
    return (await connection.run(statement)).rowsChanged
  }
  const table = `step_${place + 1}`
  // There where the same was stopped midway on this connection.
  await connection.run(`DROP TABLE IF EXISTS ${table}`)
  await run(`CREATE TEMP TABLE ${table} AS\n${kind.select(step as never, before)}`)
  const statements = kind.refine?.(step as never, table)
  if (statements) {
    for (let next = statements.next(); !next.done; ) next = statements.next(await run(next.value))
  }
  const tooLarge = await count(connection, `SELECT count(*) FROM ${table} WHERE abs(rating) > ${largestRating}`)
  if (tooLarge > 0) throw refuse('makes ratings too large to compute with. Choose other numbers.')
  return { stage: await stageAfter(connection, kind, step, before, table), sql }
}

const columnNames = { rating: 'ratings', timestamp: 'timestamps', event: 'an event column' }

async function check(
  connection: DuckDBConnection,
  kind: AnyKind,
  step: CleanStep,
  stage: Stage,
  refuse: (reason: string) => TopnError,
): Promise<void> {
  const isEmpty = stage.counts.interactions === 0
  const missing = (kind.needs?.(step as never) ?? []).find((column) => !isEmpty && stage.filled[column] === 0)
  if (missing) throw refuse(`needs ${columnNames[missing]}, which the data lacks at that point. Take the step out.`)
  const ask = async (sql: string) => (await connection.runAndReadAll(sql)).getRows().map(([value]) => String(value))
  const reason = await kind.refuse?.(step as never, stage, ask)
  if (reason) throw refuse(reason)
}

async function stageAfter(
  connection: DuckDBConnection,
  kind: AnyKind,
  step: CleanStep,
  before: Stage,
  table: string,
): Promise<Stage> {
  const left = (of: 'users' | 'items') => {
    const described = before[of]
    const attributes = described && (kind.attributes?.(step as never, of, described.attributes) ?? described.attributes)
    return described && attributes && { ...described, attributes }
  }
  const [counts, filled] = [await countParts(connection, table), await countFilled(connection, table)]
  return { table, counts, filled, users: left('users'), items: left('items') }
}

async function countParts(connection: DuckDBConnection, table: string): Promise<PartCounts> {
  const [row] = await rows(
    connection,
    `SELECT count(*) AS interactions, count(DISTINCT "user") AS users, count(DISTINCT item) AS items FROM ${table}`,
  )
  return { interactions: Number(row.interactions), users: Number(row.users), items: Number(row.items) }
}

/** How many rows of a table of interactions have a rating, a time, an event. */
export async function countFilled(connection: DuckDBConnection, table: string): Promise<Stage['filled']> {
  const [row] = await rows(
    connection,
    `SELECT count(rating) AS rating, count(timestamp) AS timestamp, count(event) AS event FROM ${table}`,
  )
  return { rating: Number(row.rating), timestamp: Number(row.timestamp), event: Number(row.event) }
}
