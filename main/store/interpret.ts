import type { DuckDBConnection } from '@duckdb/node-api'
import { TopnError } from '../contract/errors'
import type { Columns } from '../contract/experiment'
import type { RejectedRow } from '../contract/records'
import { locateColumn } from '../data/columns'
import { count, rows } from './database'
import { keptRejects, keptText, type Staging } from './staging'

/** What became of a file's rows. */
export interface Interpreted {
  kept: number
  rejected: number
  rejects: RejectedRow[]
}

/** Where a file's rows go: a table of row, user, item, rating, timestamp and part. */
export interface Target {
  table: string
  part: number | null
}

interface Cells {
  user: string
  item: string
  rating: string | null
  timestamp: string | null
}

/**
 * Casts staged text to interactions and adds them to a table. A row with an empty user or item, or with a rating or
 * time that is not one, is rejected with its reason and line. Ids stay exact text.
 */
export async function interpret(
  connection: DuckDBConnection,
  staging: Staging,
  columns: Columns,
  target: Target,
  file: string,
): Promise<Interpreted> {
  const cells = locateCells(staging, columns, file)
  const time = cells.timestamp ? await timeExpression(connection, staging.table, cells.timestamp, file) : null
  const rating = cells.rating ? `TRY_CAST(${cells.rating} AS DOUBLE)` : 'NULL::DOUBLE'
  const reason = reasonExpression(cells, rating, time)
  const before = await count(connection, `SELECT count(*) FROM ${target.table}`)
  await connection.run(
    `INSERT INTO ${target.table} SELECT rowid + (SELECT coalesce(max(row) + 1, 0) FROM ${target.table}), ${cells.user},
       ${cells.item}, ${rating}, ${time ?? 'NULL::DOUBLE'}, $1 FROM ${staging.table} WHERE (${reason}) IS NULL`,
    [target.part],
  )
  const kept = (await count(connection, `SELECT count(*) FROM ${target.table}`)) - before
  const bad = staging.counts.kept - kept
  const found = bad > 0 ? await describeRejects(connection, staging, reason, file) : []
  const rejects = [...staging.rejected, ...found].sort((a, b) => a.line - b.line).slice(0, keptRejects)
  if (kept === 0) throw nothingKept(file, rejects)
  return { kept, rejected: staging.counts.rejected + bad, rejects }
}

function locateCells({ header, hasHeader }: Staging, columns: Columns, file: string): Cells {
  const cell = (column: Columns['rating']) =>
    column === undefined ? null : `c${locateColumn(column, header, hasHeader, file)}`
  const cells = { rating: cell(columns.rating), timestamp: cell(columns.timestamp) }
  return { ...cells, user: cell(columns.user) as string, item: cell(columns.item) as string }
}

/** How many of a unit make a second, with the largest number that it stands for: year 5138 and later are not meant. */
const timeUnits = [
  { perSecond: 1, below: 1e11 },
  { perSecond: 1e3, below: 1e14 },
  { perSecond: 1e6, below: 1e17 },
  { perSecond: 1e9, below: Number.POSITIVE_INFINITY },
]

/** Seconds since 1970, by the unit or text form that most cells have. */
async function timeExpression(connection: DuckDBConnection, table: string, cell: string, file: string) {
  const number = `TRY_CAST(${cell} AS DOUBLE)`
  const text = `epoch(TRY_CAST(CASE WHEN ${number} IS NULL THEN ${cell} END AS TIMESTAMPTZ))`
  const withUnit = timeUnits.map(({ below }, at) => {
    const above = at === 0 ? 'true' : `abs(${number}) >= ${timeUnits[at - 1].below}`
    return `count(*) FILTER (${above} AND abs(${number}) < '${below}'::DOUBLE)`
  })
  const [found] = (
    await connection.runAndReadAll(`SELECT count(${text}), ${withUnit.join(', ')} FROM ${table}`)
  ).getRows()
  const [texts, ...numbers] = found.map(Number)
  const most = Math.max(texts, ...numbers)
  if (most === 0) {
    const message = `${file}: the timestamp column holds no times. Choose another column, or none.`
    throw new TopnError('BAD_DATA', message, { file, field: 'columns.timestamp' })
  }
  return texts === most ? text : `${number} / ${timeUnits[numbers.indexOf(most)].perSecond}`
}

function reasonExpression({ user, item, rating: ratingCell, timestamp }: Cells, rating: string, time: string | null) {
  const cases = [
    `WHEN ${user} IS NULL THEN 'The user is empty.'`,
    `WHEN ${item} IS NULL THEN 'The item is empty.'`,
    ...(ratingCell ? [`WHEN ${rating} IS NULL OR NOT isfinite(${rating}) THEN 'The rating is not a number.'`] : []),
    // Models compute with 32-bit numbers.
    ...(ratingCell ? [`WHEN abs(${rating}) > 3.4e38 THEN 'The rating is too large.'`] : []),
    ...(timestamp && time ? [`WHEN ${time} IS NULL OR NOT isfinite(${time}) THEN 'The timestamp is not a time.'`] : []),
  ]
  return `CASE ${cases.join(' ')} END`
}

async function describeRejects(
  connection: DuckDBConnection,
  { table, header, linesOf }: Staging,
  reason: string,
  file: string,
): Promise<RejectedRow[]> {
  const cells = header.map((_, at) => `coalesce(c${at}, '')`).join(', ')
  const found = await rows(
    connection,
    `SELECT row, reason, left(array_to_string(cells, ' | '), ${keptText}) AS text
     FROM (SELECT rowid AS row, ${reason} AS reason, [${cells}] AS cells FROM ${table})
     WHERE reason IS NOT NULL ORDER BY row LIMIT ${keptRejects}`,
  )
  const lines = await linesOf(found.map(({ row }) => Number(row)))
  return found.map(({ reason, text }, at) => ({ file, line: lines[at], reason: String(reason), text: String(text) }))
}

function nothingKept(file: string, rejects: RejectedRow[]): TopnError {
  const [first] = rejects
  const why = first ? ` Line ${first.line}: ${first.reason} It reads: ${first.text.slice(0, 100)}.` : ''
  const message = `${file} has no row that can be used.${why} Check columns, delimiter and header.`
  return new TopnError('BAD_DATA', message, { file, ...(first && { line: first.line }) })
}
