import type { DuckDBConnection } from '@duckdb/node-api'
import type { Bar, ColumnProfile, Profile } from '../contract/records'
import { count, rows } from './database'
import type { Staging } from './staging'

const mostRatings = 50
const mostEvents = 100
const mostColumns = 60

/** What was read, before anything is counted. */
type About = Pick<Profile, 'counts' | 'files' | 'columns' | 'time'>

/** Numbers of an interactions table (user, item, rating, timestamp, event). */
export async function profileInteractions(
  connection: DuckDBConnection,
  table: string,
  { counts, files, columns, time }: About,
): Promise<Profile> {
  const [sums] = await rows(
    connection,
    `SELECT count(*) AS interactions, min(timestamp) AS first, max(timestamp) AS last FROM ${table}`,
  )
  const interactions = Number(sums.interactions)
  const pairs = await count(connection, `SELECT count(*) FROM (SELECT DISTINCT "user", item FROM ${table})`)
  const interactionsPerUser = await activity(connection, table, '"user"')
  const interactionsPerItem = await activity(connection, table, 'item')
  const [users, items] = [total(interactionsPerUser), total(interactionsPerItem)]
  return {
    interactions,
    users,
    items,
    density: interactions / (users * items),
    rejected: counts.rejected,
    columns,
    counts,
    files,
    duplicates: interactions - pairs,
    firstTimestamp: sums.first === null ? null : Number(sums.first),
    lastTimestamp: sums.last === null ? null : Number(sums.last),
    time,
    events: await eventCounts(connection, table),
    ratings: await ratingCounts(connection, table),
    interactionsPerUser,
    interactionsPerItem,
  }
}

function total(bars: Bar[]): number {
  return bars.reduce((sum, { count }) => sum + count, 0)
}

async function ratingCounts(connection: DuckDBConnection, table: string): Promise<Profile['ratings']> {
  const found = await rows(
    connection,
    `SELECT rating, count(*) AS count FROM ${table} WHERE rating IS NOT NULL GROUP BY rating ORDER BY rating
     LIMIT ${mostRatings + 1}`,
  )
  if (found.length > mostRatings) return []
  return found.map((row) => ({ value: Number(row.rating), count: Number(row.count) }))
}

async function eventCounts(connection: DuckDBConnection, table: string): Promise<Profile['events']> {
  const found = await rows(
    connection,
    `SELECT event, count(*) AS count FROM ${table} WHERE event IS NOT NULL GROUP BY event
     ORDER BY count DESC, event LIMIT ${mostEvents}`,
  )
  return found.map((row) => ({ event: String(row.event), count: Number(row.count) }))
}

/** How many users, or items, have how many interactions, in bars that double in width. */
async function activity(connection: DuckDBConnection, table: string, by: string): Promise<Bar[]> {
  const found = await rows(
    connection,
    `SELECT floor(log2(n)) AS power, count(*) AS count FROM (SELECT count(*) AS n FROM ${table} GROUP BY ${by})
     GROUP BY power ORDER BY power`,
  )
  return found.map((row) => ({
    from: 2 ** Number(row.power),
    to: 2 ** (Number(row.power) + 1),
    count: Number(row.count),
  }))
}

/** What the file's own columns hold, before anything is chosen of them: one pass over the file. */
export async function profileColumns(connection: DuckDBConnection, staging: Staging): Promise<ColumnProfile[]> {
  const shown = staging.header.slice(0, mostColumns)
  const numbers = shown.map((_, at) => `TRY_CAST(c${at} AS DOUBLE) AS n${at}`).join(', ')
  const sums = shown.map((_, at) => columnSums(at)).join(', ')
  const [found] = await rows(connection, `SELECT ${sums} FROM (SELECT *, ${numbers} FROM ${staging.source})`)
  await connection.run('DROP TABLE IF EXISTS reject_errors; DROP TABLE IF EXISTS reject_scans')
  return shown.map((name, at) => {
    const value = (sum: string) => found[`${sum}_${at}`]
    const filled = Number(value('filled'))
    const holds = (sum: string) => filled > 0 && Number(value(sum)) === filled
    const type = holds('integers') ? 'integer' : holds('numbers') ? 'number' : holds('dates') ? 'date' : 'text'
    const isNumber = type === 'integer' || type === 'number'
    const extreme = (number: string, text: string) => {
      const found = value(isNumber ? number : text)
      return found === null ? null : String(found)
    }
    return {
      name,
      type,
      missing: Number(value('missing')),
      distinct: Number(value('distinct_cells')),
      minimum: extreme('smallest', 'first_text'),
      maximum: extreme('largest', 'last_text'),
    }
  })
}

/** A column has a type where all its filled cells have. */
function columnSums(at: number): string {
  const sums: Record<string, string> = {
    filled: `count(c${at})`,
    missing: `count(*) - count(c${at})`,
    distinct_cells: `count(DISTINCT c${at})`,
    numbers: `count(n${at})`,
    integers: `count(*) FILTER (n${at} IS NOT NULL AND regexp_full_match(c${at}, '[+-]?[0-9]+'))`,
    dates: `count(*) FILTER (n${at} IS NULL AND TRY_CAST(CASE WHEN n${at} IS NULL THEN c${at} END AS TIMESTAMPTZ) IS NOT NULL)`,
    smallest: `min(n${at})`,
    largest: `max(n${at})`,
    first_text: `min(c${at})`,
    last_text: `max(c${at})`,
  }
  return Object.entries(sums)
    .map(([name, sum]) => `${sum} AS ${name}_${at}`)
    .join(', ')
}
