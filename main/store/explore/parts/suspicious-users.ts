import type { DuckDBConnection } from '@duckdb/node-api'
import type { Suspicions, SuspiciousUser } from '../../../contract/exploration'
import { count, type Row, rows } from '../../database'
import type { Left } from '../left'

/** More than this within less than 60 seconds: more than one a second. */
const perMinute = 60
/** From this number on, the same rating throughout says that the user does not rate. */
const constantRating = 20
const mostUsers = 100

/** Users who may be machines or may not mean what they enter, each with the reason. */
export async function readSuspiciousUsers(connection: DuckDBConnection, left: Left): Promise<Suspicions> {
  const { base, members } = left
  const usual = await count(connection, `SELECT coalesce(quantile_disc(interactions, 0.999), 0) FROM ${members.users}`)
  const thresholds = {
    perMinute: base.hasMinutes ? perMinute : null,
    constantRating: base.ratingsDiffer ? constantRating : null,
    interactions: 2 * usual,
  }
  const queries = [
    `SELECT "user", 'many-interactions' AS reason, NULL AS value, NULL AS moment FROM ${members.users}
     WHERE interactions > ${thresholds.interactions}`,
    ...(thresholds.perMinute === null ? [] : [bursts(left.rows)]),
    ...(thresholds.constantRating === null ? [] : [constantRatings(left.rows)]),
  ]
  const found = await rows(
    connection,
    `SELECT b.id, l.interactions, reason, value, moment, count(*) OVER () AS total
     FROM (${queries.join(' UNION ALL ')}) f JOIN ${members.users} l USING ("user") JOIN ${base.members.users} b USING ("user")
     ORDER BY l.interactions DESC, b.id, reason LIMIT ${mostUsers}`,
  )
  return { thresholds, users: found.map(describe), total: Number(found[0]?.total ?? 0) }
}

/** The fullest minute of each user who has one that is too full; a minute begins with any interaction. */
function bursts(table: string): string {
  return `SELECT "user", 'burst' AS reason, max(within) AS value, arg_max(timestamp, within) AS moment FROM (
      SELECT "user", timestamp, count(*) OVER (PARTITION BY "user" ORDER BY timestamp
        RANGE BETWEEN CURRENT ROW AND 59.999999 FOLLOWING) AS within
      FROM ${table} SEMI JOIN (
        SELECT "user" FROM ${table} GROUP BY "user", floor(timestamp / 60) HAVING count(*) > ${perMinute / 2}) USING ("user")
      WHERE timestamp IS NOT NULL)
    GROUP BY "user" HAVING value > ${perMinute}`
}

function constantRatings(table: string): string {
  return `SELECT "user", 'constant-rating' AS reason, min(rating) AS value, NULL AS moment FROM ${table}
    GROUP BY "user" HAVING count(rating) >= ${constantRating} AND min(rating) = max(rating)`
}

function describe(row: Row): SuspiciousUser {
  const user = { user: String(row.id), interactions: Number(row.interactions) }
  if (row.reason === 'burst') return { ...user, reason: 'burst', perMinute: Number(row.value), at: Number(row.moment) }
  if (row.reason === 'constant-rating') return { ...user, reason: 'constant-rating', rating: Number(row.value) }
  return { ...user, reason: 'many-interactions' }
}
