import type { DuckDBConnection } from '@duckdb/node-api'
import type { ExplorationParts } from '../../../contract/exploration'
import { rows } from '../../database'
import type { Left } from '../left'

const mostEvents = 100

export async function readEvents(connection: DuckDBConnection, left: Left): Promise<ExplorationParts['events']> {
  if (!left.base.hasEvents) return null
  const found = await rows(
    connection,
    `SELECT event, count(*) AS count FROM ${left.rows} WHERE event IS NOT NULL
     GROUP BY event ORDER BY count DESC, event LIMIT ${mostEvents}`,
  )
  return found.map((row) => ({ value: String(row.event), count: Number(row.count) }))
}
