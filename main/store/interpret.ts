import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api'
import { TopnError } from '../contract/errors'
import type { Columns, TimeFormat } from '../contract/experiment'
import type { Subject } from '../contract/filters'
import type { ReadCounts, RejectedRow } from '../contract/records'
import { locateColumn } from '../data/columns'
import { rows } from './database'
import { largestRating, numberExpression, timeExpression, timeReason } from './expressions'
import { pseudonymOf } from './pseudonyms'
import { keptRejects, keptText, type Settled, type Staging, type StagingContext } from './staging'

/** What became of a file's rows. */
export interface Interpreted {
  counts: ReadCounts
  rejects: RejectedRow[]
}

/** Where a file's rows go: a table of interactions, and which part of a split they are. */
export interface Target {
  table: string
  part: number | null
}

/** Makes an empty table of interactions, to be finished once all files are in it. A row's place in the files is its rowid. */
export async function createInteractions(connection: DuckDBConnection, table: string): Promise<void> {
  await connection.run(`CREATE TABLE ${table} ("user" VARCHAR, item VARCHAR, rating DOUBLE, timestamp DOUBLE,
    event VARCHAR, part UTINYINT, reason VARCHAR, text VARCHAR)`)
}

export async function finishInteractions(connection: DuckDBConnection, table: string): Promise<void> {
  await connection.run(`ALTER TABLE ${table} DROP COLUMN reason; ALTER TABLE ${table} DROP COLUMN text`)
}

interface Cells {
  user: string
  item: string
  rating: string | null
  timestamp: string | null
  event: string | null
}

/**
 * Reads a file's rows into a table of interactions, in one pass. A row with an empty user or item, or with a rating or
 * time that is not one, is rejected with its reason and line. Ids stay exact text.
 */
export async function interpret(
  { connection, signal, report, file, pseudonymised }: StagingContext,
  staging: Staging,
  { columns, time }: { columns: Columns; time: TimeFormat | null },
  { table, part }: Target,
): Promise<Interpreted> {
  const cells = locateCells(staging, columns, file)
  const [{ before }] = await rows(connection, `SELECT coalesce(max(rowid), -1) AS before FROM ${table}`)
  const insert = insertStatement(table, staging, cells, time, pseudonymised)
  await withProgress(connection, report, () => connection.run(insert, [part])).catch((cause) => {
    signal.throwIfAborted()
    if (cause instanceof Error && /^Out of Memory|No space left/i.test(cause.message)) throw cause
    const message = `${file} cannot be read in this layout. Choose another delimiter, quote or encoding.`
    throw new TopnError('BAD_DATA', message, { file }, { cause })
  })
  const [sums] = await rows(
    connection,
    `SELECT count(*) AS read, count(reason) AS bad, min(rowid) AS first FROM ${table} WHERE rowid > $1`,
    [before],
  )
  const settled = await staging.settle(Number(sums.read))
  const found = Number(sums.bad) === 0 ? [] : await takeRejects(connection, table, sums.first, settled, file)
  const rejects = [...settled.rejected, ...found].sort((a, b) => a.line - b.line).slice(0, keptRejects)
  const kept = Number(sums.read) - Number(sums.bad)
  if (kept === 0) throw nothingKept(file, rejects, pseudonymised.length > 0)
  const { lines, skipped, rejectedCount } = settled
  return {
    counts: { bytes: staging.bytes, lines, skipped, kept, rejected: rejectedCount + Number(sums.bad) },
    rejects,
  }
}

/** Tells DuckDB's own estimate of the share of a statement that is done. */
async function withProgress(
  connection: DuckDBConnection,
  report: StagingContext['report'],
  work: () => Promise<unknown>,
): Promise<void> {
  await connection.run('SET enable_progress_bar = true; SET enable_progress_bar_print = false')
  const timer = setInterval(() => report(Math.max(0, connection.progress.percentage / 100)), 250)
  try {
    await work()
  } finally {
    clearInterval(timer)
  }
}

function locateCells({ header, hasHeader }: Staging, columns: Columns, file: string): Cells {
  const cell = (column: Columns['rating']) =>
    column === undefined ? null : `c${locateColumn(column, header, hasHeader, file)}`
  return {
    user: cell(columns.user) as string,
    item: cell(columns.item) as string,
    rating: cell(columns.rating),
    timestamp: cell(columns.timestamp),
    event: cell(columns.event),
  }
}

function insertStatement(
  table: string,
  staging: Staging,
  cells: Cells,
  time: TimeFormat | null,
  pseudonymised: readonly Subject[],
): string {
  const user = pseudonymised.includes('users') ? pseudonymOf(cells.user) : cells.user
  const item = pseudonymised.includes('items') ? pseudonymOf(cells.item) : cells.item
  const text = pseudonymised.length > 0 ? "''" : `left(${staging.text}, ${keptText})`
  const rating = cells.rating ? numberExpression(cells.rating, staging.decimal) : 'NULL::DOUBLE'
  const seconds = cells.timestamp && time ? timeExpression(cells.timestamp, time) : 'NULL::DOUBLE'
  return `INSERT INTO ${table} SELECT "user", item, rating, timestamp, event, part, reason,
      CASE WHEN reason IS NOT NULL THEN ${text} END
    FROM (SELECT *, ${reasonExpression(cells, staging.broken, time)} AS reason
      FROM (SELECT *, ${user} AS "user", ${item} AS item, ${rating} AS rating, ${seconds} AS timestamp,
        ${cells.event ?? 'NULL::VARCHAR'} AS event, $1::UTINYINT AS part FROM ${staging.source}))`
}

function reasonExpression(cells: Cells, broken: string, time: TimeFormat | null): string {
  // Where an event says what happened, not every event has a value.
  const mayLackRating = cells.event === null ? '' : `${cells.rating} IS NOT NULL AND `
  const cases = [
    `WHEN ${broken} IS NOT NULL THEN ${broken}`,
    `WHEN "user" IS NULL THEN 'The user is empty.'`,
    `WHEN item IS NULL THEN 'The item is empty.'`,
    ...(cells.event ? [`WHEN event IS NULL THEN 'The event is empty.'`] : []),
    ...(cells.rating
      ? [
          `WHEN ${mayLackRating}(rating IS NULL OR NOT isfinite(rating)) THEN 'The rating is not a number.'`,
          `WHEN abs(rating) > ${largestRating} THEN 'The rating is too large.'`,
        ]
      : []),
    ...(cells.timestamp && time ? [`WHEN timestamp IS NULL THEN '${timeReason(time).replaceAll("'", "''")}'`] : []),
  ]
  return `CASE ${cases.join(' ')} END`
}

/** Takes the rows out again that cannot be used, and tells the first of them. */
async function takeRejects(
  connection: DuckDBConnection,
  table: string,
  firstRow: DuckDBValue,
  { linesOf }: Settled,
  file: string,
): Promise<RejectedRow[]> {
  const found = await rows(
    connection,
    `SELECT rowid - $1 AS row, reason, text FROM ${table} WHERE reason IS NOT NULL ORDER BY row LIMIT ${keptRejects}`,
    [firstRow],
  )
  await connection.run(`DELETE FROM ${table} WHERE reason IS NOT NULL`)
  const lines = await linesOf(found.map(({ row }) => Number(row)))
  return found.map(({ reason, text }, at) => ({ file, line: lines[at], reason: String(reason), text: String(text) }))
}

/** A row of a file with pseudonyms is not quoted. */
function nothingKept(file: string, rejects: RejectedRow[], isHidden: boolean): TopnError {
  const [first] = rejects
  const text = isHidden ? '(hidden)' : first?.text.slice(0, 100)
  const why = first ? ` Line ${first.line}: ${first.reason} It reads: ${text}.` : ''
  const message = `${file} has no row that can be used.${why} Check columns, delimiter and header.`
  return new TopnError('BAD_DATA', message, { file, ...(first && { line: first.line }) })
}
