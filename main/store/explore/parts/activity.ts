import type { DuckDBConnection } from '@duckdb/node-api'
import type { Activity, ExplorationParts } from '../../../contract/exploration'
import type { Subject } from '../../../contract/filters'
import { rows } from '../../database'
import { columnOf } from '../../filters'
import { countsIn, histogram } from '../histogram'
import type { Left } from '../left'

export async function readActivity(connection: DuckDBConnection, left: Left): Promise<ExplorationParts['activity']> {
  return { users: await activityOf(connection, left, 'users'), items: await activityOf(connection, left, 'items') }
}

async function activityOf(connection: DuckDBConnection, { base, members }: Left, of: Subject): Promise<Activity> {
  const bins = base.activity[of]
  const [row] = await rows(
    connection,
    `SELECT ${histogram(bins, 'b.interactions')} AS counts, avg(l.interactions) AS mean,
       median(l.interactions) AS median, max(l.interactions) AS maximum
     FROM ${members[of]} l JOIN ${base.members[of]} b USING (${columnOf[of]})`,
  )
  const counts = countsIn(bins, row.counts)
  return {
    bins: bins.map((bin, at) => ({ ...bin, count: counts[at] })),
    mean: Number(row.mean ?? 0),
    median: Number(row.median ?? 0),
    maximum: Number(row.maximum ?? 0),
  }
}
