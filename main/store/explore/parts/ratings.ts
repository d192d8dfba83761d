import type { DuckDBConnection } from '@duckdb/node-api'
import type { RatingBins } from '../../../contract/exploration'
import { rows } from '../../database'
import { numberOrNull } from '../base'
import { countsIn, histogram } from '../histogram'
import type { Left } from '../left'

export async function readRatings(connection: DuckDBConnection, left: Left): Promise<RatingBins | null> {
  const { ratings } = left.base
  if (!ratings) return null
  const [row] = await rows(
    connection,
    `SELECT ${histogram(ratings.bins, 'rating')} AS counts, avg(rating) AS mean, count(*) - count(rating) AS missing
     FROM ${left.rows}`,
  )
  const counts = countsIn(ratings.bins, row.counts)
  return {
    scale: ratings.scale,
    bins: ratings.bins.map((bin, at) => ({ ...bin, count: counts[at] })),
    mean: numberOrNull(row.mean),
    missing: Number(row.missing),
  }
}
