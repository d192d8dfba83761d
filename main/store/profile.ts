import type { DuckDBConnection } from '@duckdb/node-api'
import type { Bar, ColumnProfile, Profile, ReadCounts } from '../contract/records'
import { count, rows } from './database'
import type { Staging } from './staging'

const mostRatings = 50
const mostColumns = 60

/** Numbers of an interactions table (user, item, rating, timestamp). */
export async function profileInteractions(
  connection: DuckDBConnection,
  table: string,
  counts: ReadCounts,
  columns: ColumnProfile[],
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
    duplicates: interactions - pairs,
    firstTimestamp: sums.first === null ? null : Number(sums.first),
    lastTimestamp: sums.last === null ? null : Number(sums.last),
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

/** What the file's own columns hold, before anything is chosen of them. */
export async function profileColumns(connection: DuckDBConnection, staging: Staging): Promise<ColumnProfile[]> {
  const shown = staging.header.slice(0, mostColumns)
  const queries = shown.map((_, at) => columnQuery(at, staging.table))
  const found = await rows(connection, `${queries.join(' UNION ALL ')} ORDER BY place`)
  return found.map((row, at) => ({
    name: shown[at],
    type: String(row.type) as ColumnProfile['type'],
    missing: Number(row.missing),
    distinct: Number(row.distinct_values),
    minimum: row.minimum === null ? null : String(row.minimum),
    maximum: row.maximum === null ? null : String(row.maximum),
  }))
}

/** Tests each distinct cell once. A column has a type where all its cells have; empty cells are NULL. */
function columnQuery(at: number, table: string): string {
  const all = (condition: string) => `count(*) FILTER (NOT ${condition}) = 0`
  const smallest = (extreme: string) =>
    `CASE WHEN ${all('number IS NOT NULL')} THEN CAST(${extreme}(number) AS VARCHAR) ELSE ${extreme}(cell) END`
  return `SELECT ${at} AS place,
    CASE WHEN count(*) = 0 THEN 'text' WHEN ${all('is_integer')} THEN 'integer'
      WHEN ${all('number IS NOT NULL')} THEN 'number' WHEN ${all('is_date')} THEN 'date' ELSE 'text' END AS type,
    (SELECT count(*) - count(c${at}) FROM ${table}) AS missing, count(*) AS distinct_values,
    regexp_replace(${smallest('min')}, '\\.0$', '') AS minimum, regexp_replace(${smallest('max')}, '\\.0$', '') AS maximum
   FROM (
    SELECT cell, number, regexp_full_match(cell, '[+-]?[0-9]+') AS is_integer,
      CASE WHEN number IS NULL THEN TRY_CAST(cell AS TIMESTAMPTZ) IS NOT NULL ELSE false END AS is_date
    FROM (SELECT cell, TRY_CAST(cell AS DOUBLE) AS number FROM
      (SELECT DISTINCT c${at} AS cell FROM ${table} WHERE c${at} IS NOT NULL)))`
}
