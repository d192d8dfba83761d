import type { DuckDBConnection } from '@duckdb/node-api'
import type { Bar, Profile } from '../contract/records'
import { count, rows } from './database'
import { tallyOf } from './tallies'

const mostRatings = 50
const mostEvents = 100

/** What was read, before anything is counted. */
type About = Pick<Profile, 'counts' | 'files' | 'columns' | 'time'>

/** Numbers of an interactions table (user, item, rating, timestamp, event); within its tallies. */
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
  const interactionsPerUser = await activity(connection, 'user')
  const interactionsPerItem = await activity(connection, 'item')
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
    events: await eventCounts(connection),
    ratings: await ratingCounts(connection),
    interactionsPerUser,
    interactionsPerItem,
  }
}

function total(bars: Bar[]): number {
  return bars.reduce((sum, { count }) => sum + count, 0)
}

async function ratingCounts(connection: DuckDBConnection): Promise<Profile['ratings']> {
  const found = await rows(
    connection,
    `SELECT cell, n FROM ${tallyOf('rating')} WHERE cell IS NOT NULL ORDER BY cell LIMIT ${mostRatings + 1}`,
  )
  if (found.length > mostRatings) return []
  return found.map((row) => ({ value: Number(row.cell), count: Number(row.n) }))
}

async function eventCounts(connection: DuckDBConnection): Promise<Profile['events']> {
  const found = await rows(
    connection,
    `SELECT cell, n FROM ${tallyOf('event')} WHERE cell IS NOT NULL ORDER BY n DESC, cell LIMIT ${mostEvents}`,
  )
  return found.map((row) => ({ event: String(row.cell), count: Number(row.n) }))
}

/** How many users, or items, have how many interactions, in bars that double in width. */
async function activity(connection: DuckDBConnection, by: 'user' | 'item'): Promise<Bar[]> {
  const found = await rows(
    connection,
    `SELECT floor(log2(n)) AS power, count(*) AS count FROM ${tallyOf(by)} GROUP BY power ORDER BY power`,
  )
  return found.map((row) => ({
    from: 2 ** Number(row.power),
    to: 2 ** (Number(row.power) + 1),
    count: Number(row.count),
  }))
}
