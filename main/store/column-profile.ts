import type { DuckDBConnection } from '@duckdb/node-api'
import type { Columns, TimeFormat } from '../contract/experiment'
import type { ColumnProfile } from '../contract/records'
import { locateColumn, type Role, roles } from '../data/columns'
import { unitsPerSecond } from '../data/time'
import { type Row, rows } from './database'
import { distinctTimes } from './distinct-times'
import type { Staging } from './staging'
import { tallyOf } from './tallies'

type Cells = Omit<ColumnProfile, 'name'>

const mostColumns = 60

/** What a file's columns hold: those that were read, of the rows that were kept; the others, of all rows. Within tallies. */
export async function profileColumns(
  connection: DuckDBConnection,
  staging: Staging,
  table: string,
  { columns, time }: { columns: Columns; time: TimeFormat | null },
): Promise<ColumnProfile[]> {
  const { header, hasHeader } = staging
  const names = header.slice(0, mostColumns)
  const found = new Map<number, Cells>()
  for (const role of roles) {
    const column = columns[role]
    if (column === undefined) continue
    const cells =
      role === 'timestamp' && time
        ? timeCells(connection, table, time)
        : roleCells(connection, role as Exclude<Role, 'timestamp'>)
    found.set(locateColumn(column, header, hasHeader, ''), await cells)
  }
  const others = names.flatMap((_, at) => (found.has(at) ? [] : [at]))
  if (others.length > 0) await addOthers(connection, staging, others, found)
  return names.map((name, at) => ({ name, ...(found.get(at) as Cells) }))
}

/** Cells that no role reads: one more pass over the file. */
async function addOthers(
  connection: DuckDBConnection,
  { source }: Staging,
  others: number[],
  found: Map<number, Cells>,
): Promise<void> {
  const cells = others.map((at) => `c${at}, TRY_CAST(c${at} AS DOUBLE) AS n${at}`)
  const [sums] = await rows(connection, `SELECT ${others.map(columnSums)} FROM (SELECT ${cells} FROM ${source})`)
  await connection.run('DROP TABLE IF EXISTS reject_errors; DROP TABLE IF EXISTS reject_scans')
  for (const at of others) found.set(at, cellsOf(sums, at))
}

/** Each distinct cell is looked at once. */
async function roleCells(connection: DuckDBConnection, role: Exclude<Role, 'timestamp'>): Promise<Cells> {
  const whole = 'cell = trunc(cell) AND abs(cell) < 1e15'
  const text = role === 'rating' ? `CASE WHEN ${whole} THEN cell::BIGINT::VARCHAR ELSE cell::VARCHAR END` : 'cell'
  const [sums] = await rows(
    connection,
    `SELECT ${columnSums(0)}, (SELECT coalesce(sum(n), 0) FROM ${tallyOf(role)} WHERE cell IS NULL) AS missing
     FROM (SELECT c0, TRY_CAST(c0 AS DOUBLE) AS n0 FROM (SELECT ${text} AS c0 FROM ${tallyOf(role)}))`,
  )
  return { ...cellsOf(sums, 0), missing: Number(sums.missing) }
}

/** Times as the file writes them, where it writes numbers; otherwise as ISO dates, UTC. */
async function timeCells(connection: DuckDBConnection, table: string, time: TimeFormat): Promise<Cells> {
  const [sums] = await rows(
    connection,
    `SELECT count(*) - count(timestamp) AS missing, count(timestamp) AS present, min(timestamp) AS first,
       max(timestamp) AS last, count(*) FILTER (timestamp <> trunc(timestamp)) AS fractions FROM ${table}`,
  )
  const times = {
    count: Number(sums.present),
    first: Number(sums.first),
    last: Number(sums.last),
    fractions: Number(sums.fractions),
  }
  const isDate = time.unit === 'iso' || time.unit === 'pattern'
  const text = (seconds: number) =>
    isDate ? new Date(seconds * 1000).toISOString() : String(seconds * unitsPerSecond[time.unit])
  return {
    type: isDate ? 'date' : times.fractions > 0 && time.unit === 'seconds' ? 'number' : 'integer',
    missing: Number(sums.missing),
    distinct: await distinctTimes(connection, table, times),
    minimum: text(times.first),
    maximum: text(times.last),
  }
}

/** A column has a type where all its filled cells have. `c` and `n` are its cells as text and as numbers. */
function columnSums(at: number): string {
  const [cell, number] = [`c${at}`, `n${at}`]
  const sums: Record<string, string> = {
    filled: `count(${cell})`,
    missing: `count(*) - count(${cell})`,
    distinct_cells: `count(DISTINCT ${cell})`,
    numbers: `count(${number})`,
    integers: `count(*) FILTER (${number} IS NOT NULL AND regexp_full_match(${cell}, '[+-]?[0-9]+'))`,
    dates: `count(TRY_CAST(CASE WHEN ${number} IS NULL THEN ${cell} END AS TIMESTAMPTZ))`,
    smallest: `min(${number})`,
    largest: `max(${number})`,
    first_text: `min(${cell})`,
    last_text: `max(${cell})`,
  }
  const named = Object.entries(sums).map(([name, sum]) => `${sum} AS ${name}_${at}`)
  return named.join(', ')
}

function cellsOf(sums: Row, at: number): Cells {
  const value = (sum: string) => sums[`${sum}_${at}`]
  const filled = Number(value('filled'))
  const holds = (sum: string) => filled > 0 && Number(value(sum)) === filled
  const type = holds('integers') ? 'integer' : holds('numbers') ? 'number' : holds('dates') ? 'date' : 'text'
  const isNumber = type === 'integer' || type === 'number'
  const extreme = (number: string, text: string) => {
    const found = value(isNumber ? number : text)
    return found === null ? null : String(found)
  }
  return {
    type,
    missing: Number(value('missing')),
    distinct: Number(value('distinct_cells')),
    minimum: extreme('smallest', 'first_text'),
    maximum: extreme('largest', 'last_text'),
  }
}
