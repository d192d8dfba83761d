import type { DuckDBConnection } from '@duckdb/node-api'
import { TopnError } from '../contract/errors'
import type { Columns } from '../contract/experiment'
import type { RejectedRow } from '../contract/records'
import { locateColumn } from '../data/columns'
import { count, rows } from './database'
import { keptRejects, keptText, type Staging } from './staging'

/** A file's rows as interactions in the temporary table `table`. */
export interface Interpreted {
  table: string
  kept: number
  rejected: number
  rejects: RejectedRow[]
}

interface Cells {
  user: string
  item: string
  rating: string | null
  timestamp: string | null
}

/**
 * Casts staged text to interactions (row, user, item, rating, timestamp) in `<staging>_rows`. A row with an empty user
 * or item, or with a rating or time that is not one, is rejected with its reason and line. Ids stay exact text.
 */
export async function interpret(
  connection: DuckDBConnection,
  staging: Staging,
  columns: Columns,
  file: string,
): Promise<Interpreted> {
  const cells = locateCells(staging, columns, file)
  const time = cells.timestamp ? await timeExpression(connection, staging.table, cells.timestamp, file) : null
  const rating = cells.rating ? `TRY_CAST(${cells.rating} AS DOUBLE)` : 'NULL::DOUBLE'
  const table = `${staging.table}_rows`
  await connection.run(
    `CREATE TEMP TABLE ${table} AS SELECT rowid AS row, ${cells.user} AS "user", ${cells.item} AS item,
       ${rating} AS rating, ${time ?? 'NULL::DOUBLE'} AS timestamp, ${reasonExpression(cells, rating, time)} AS reason
     FROM ${staging.table}`,
  )
  const bad = await count(connection, `SELECT count(*) FROM ${table} WHERE reason IS NOT NULL`)
  const rejects = bad > 0 ? await describeRejects(connection, staging, table, file) : []
  if (bad > 0) await connection.run(`DELETE FROM ${table} WHERE reason IS NOT NULL`)
  const kept = staging.counts.kept - bad
  const rejected = staging.counts.rejected + bad
  if (kept === 0) throw nothingKept(file, [...staging.rejected, ...rejects])
  const all = [...staging.rejected, ...rejects].sort((a, b) => a.line - b.line).slice(0, keptRejects)
  return { table, kept, rejected, rejects: all }
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
    ...(timestamp && time ? [`WHEN ${time} IS NULL OR NOT isfinite(${time}) THEN 'The timestamp is not a time.'`] : []),
  ]
  return `CASE ${cases.join(' ')} END`
}

async function describeRejects(
  connection: DuckDBConnection,
  staging: Staging,
  table: string,
  file: string,
): Promise<RejectedRow[]> {
  const cells = staging.header.map((_, at) => `coalesce(c${at}, '')`).join(', ')
  const found = await rows(
    connection,
    `SELECT row, reason, array_to_string([${cells}], ' | ') AS text FROM ${table} JOIN ${staging.table} s
     ON s.rowid = row WHERE reason IS NOT NULL ORDER BY row LIMIT ${keptRejects}`,
  )
  const lines = await staging.linesOf(found.map(({ row }) => Number(row)))
  return found.map(({ reason, text }, at) => ({
    file,
    line: lines[at],
    reason: String(reason),
    text: String(text).slice(0, keptText),
  }))
}

function nothingKept(file: string, rejects: RejectedRow[]): TopnError {
  const [first] = rejects
  const why = first ? ` Line ${first.line}: ${first.reason}` : ''
  const message = `${file} has no row that can be used.${why} Check columns, delimiter and header.`
  return new TopnError('BAD_DATA', message, { file, ...(first && { line: first.line }) })
}
