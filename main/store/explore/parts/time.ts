import type { DuckDBConnection } from '@duckdb/node-api'
import type { TimeBins } from '../../../contract/exploration'
import { rows } from '../../database'
import { hourOfDay, weekday } from '../../filters'
import { countsIn, histogram } from '../histogram'
import type { Left } from '../left'

export async function readTime(connection: DuckDBConnection, left: Left): Promise<TimeBins | null> {
  const { time } = left.base
  if (!time) return null
  const { unit, bins } = time
  const [row] = await rows(
    connection,
    `SELECT ${histogram(bins, 'timestamp')} AS counts, ${histogram(bins, 'timestamp', 'first_of_user')} AS new_users,
       ${histogram(bins, 'timestamp', 'first_of_item')} AS new_items, ${histogram(bins, 'timestamp', 'repeats')} AS repeats,
       count(*) - count(timestamp) AS missing FROM ${left.rows}`,
  )
  const [counts, newUsers, newItems, repeats] = [row.counts, row.new_users, row.new_items, row.repeats].map((answer) =>
    countsIn(bins, answer),
  )
  return {
    unit,
    bins: bins.map((bin, at) => ({
      ...bin,
      count: counts[at],
      newUsers: newUsers[at],
      newItems: newItems[at],
      repeats: repeats[at],
    })),
    missing: Number(row.missing),
  }
}

export async function readCalendar(connection: DuckDBConnection, left: Left): Promise<number[][] | null> {
  if (!left.base.time) return null
  const found = await rows(
    connection,
    `SELECT ${weekday} AS weekday, ${hourOfDay} AS hour, count(*) AS count FROM ${left.rows}
     WHERE timestamp IS NOT NULL GROUP BY ALL`,
  )
  const counts = Array.from({ length: 7 }, () => new Array<number>(24).fill(0))
  for (const { weekday, hour, count } of found) counts[Number(weekday) - 1][Number(hour)] = Number(count)
  return counts
}
