import type { Attribute } from '../contract/formats'
import { identifier, rows, type WorkspaceDatabase } from './database'
import { tablesOf } from './dataset-tables'

/** Items and users looked up in what runs have left. */
export interface ListingStore {
  /** In how many stored lists of a run an item stands at which ranks, and some users who have it, the highest ranks first. */
  listsWith(runId: string, item: number, limit: number): Promise<Listings>
  /** The users whose value falls the most from the first run to the second one. */
  losers(about: LosersOf): Promise<{ user: number; first: number; second: number }[]>
  /** What the file of items says of one; attributes without a value are left out. */
  attributesOfItem(
    datasetId: string,
    item: string,
    attributes: readonly Attribute[],
  ): Promise<{ name: string; value: string }[]>
}

interface Listings {
  /** All lists of the run. */
  lists: number
  /** From rank 1. */
  ranks: number[]
  users: { user: number; rank: number }[]
}

interface LosersOf {
  first: string
  second: string
  key: string
  lowerIsBetter: boolean
  limit: number
}

export function createListingStore(database: WorkspaceDatabase): ListingStore {
  return {
    listsWith: (runId, item, limit) =>
      database.use(async (connection): Promise<Listings> => {
        const of = [runId, item]
        const [{ lists, longest }] = await rows(
          connection,
          'SELECT count(DISTINCT user_index) AS lists, coalesce(max(rank), 0) AS longest FROM lists WHERE run = $1',
          [runId],
        )
        const counts = await rows(
          connection,
          'SELECT rank, count(*) AS times FROM lists WHERE run = $1 AND item_index = $2 GROUP BY rank',
          of,
        )
        const ranks = new Array<number>(Number(longest)).fill(0)
        for (const { rank, times } of counts) ranks[Number(rank) - 1] = Number(times)
        const found = await rows(
          connection,
          'SELECT user_index, rank FROM lists WHERE run = $1 AND item_index = $2 ORDER BY rank, user_index LIMIT $3',
          [...of, limit],
        )
        const users = found.map((row) => ({ user: Number(row.user_index), rank: Number(row.rank) }))
        return { lists: Number(lists), ranks, users }
      }),
    losers: ({ first, second, key, lowerIsBetter, limit }) =>
      database.use(async (connection) => {
        const loss = lowerIsBetter ? 'b.value - a.value' : 'a.value - b.value'
        const found = await rows(
          connection,
          `SELECT user_index, a.value AS first, b.value AS second
           FROM user_metrics a JOIN user_metrics b USING (user_index)
           WHERE a.run = $1 AND b.run = $2 AND a.key = $3 AND b.key = $3
             AND isfinite(a.value) AND isfinite(b.value) AND ${loss} > 0
           ORDER BY ${loss} DESC, user_index LIMIT $4`,
          [first, second, key, limit],
        )
        return found.map((row) => ({
          user: Number(row.user_index),
          first: Number(row.first),
          second: Number(row.second),
        }))
      }),
    attributesOfItem: (datasetId, item, attributes) =>
      database.use(async (connection) => {
        if (attributes.length === 0) return []
        const columns = attributes.map(({ column }) => identifier(column)).join(', ')
        const [found] = await rows(
          connection,
          `SELECT ${columns} FROM ${tablesOf(datasetId).items} WHERE item = $1 LIMIT 1`,
          [item],
        )
        if (!found) return []
        return attributes
          .map(({ name, column }) => ({ name, value: String(found[column] ?? '') }))
          .filter(({ value }) => value !== '')
      }),
  }
}
