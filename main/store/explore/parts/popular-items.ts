import type { DuckDBConnection } from '@duckdb/node-api'
import type { PopularItem } from '../../../contract/exploration'
import { rows } from '../../database'
import { numberOrNull } from '../base'
import type { Left } from '../left'

const mostItems = 50

/** Items with the most interactions that are left; ties by id. */
export async function readPopularItems(connection: DuckDBConnection, left: Left): Promise<PopularItem[]> {
  const { base } = left
  const titles = base.hasTitles ? `LEFT JOIN ${base.attributeTables.items} a ON a.item = top.id` : ''
  const found = await rows(
    connection,
    `WITH top AS (
       SELECT l.item, b.id FROM ${left.members.items} l JOIN ${base.members.items} b USING (item)
       ORDER BY l.interactions DESC, b.id LIMIT ${mostItems}),
     counted AS (
       SELECT item, count(*) AS interactions, count(DISTINCT "user") AS users, avg(rating) AS mean_rating
       FROM ${left.rows} WHERE item IN (SELECT item FROM top) GROUP BY item)
     SELECT top.id, ${base.hasTitles ? 'a.title' : 'NULL'} AS title, interactions, users, mean_rating
     FROM top JOIN counted USING (item) ${titles} ORDER BY interactions DESC, top.id`,
  )
  return found.map((row) => ({
    item: String(row.id),
    title: row.title === null ? null : String(row.title),
    interactions: Number(row.interactions),
    users: Number(row.users),
    meanRating: numberOrNull(row.mean_rating),
  }))
}
