import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compareIds } from '../main/data/ids'
import type { EncodedInteractions } from '../main/data/prepared'

/** The third-party data sets: the folder in TOPN_DATA, else ../shared/data. */
export const dataFolder = process.env.TOPN_DATA ?? join('..', 'shared', 'data')

interface Layout {
  path: string
  delimiter: string
  header: boolean
  user: number
  item: number
  rating?: number
  timestamp?: number
  minimumRating?: number
}

const layouts = {
  'ml-1m-ncf': { path: 'ml-1m-ncf/ml-1m.train.pairs.tsv', delimiter: '\t', header: false, user: 0, item: 1 },
  'ml-latest-small': {
    path: 'ml-latest-small/ratings.csv',
    delimiter: ',',
    header: true,
    user: 0,
    item: 1,
    rating: 2,
    timestamp: 3,
    minimumRating: 4,
  },
  'ml-100k': { path: 'ml-100k/u.data', delimiter: '\t', header: false, user: 0, item: 1, rating: 2, timestamp: 3 },
  'lastfm-hetrec': { path: 'lastfm-hetrec/user_artists.dat', delimiter: '\t', header: true, user: 0, item: 1 },
} satisfies Record<string, Layout>

export type DataName = keyof typeof layouts
export const dataNames = Object.keys(layouts) as DataName[]

/** A data set as plain rows, without the reader's checks: benchmarks and studies know these files. */
export function readEncoded(name: DataName): EncodedInteractions {
  const layout: Layout = layouts[name]
  const lines = readFileSync(join(dataFolder, layout.path), 'utf8')
    .split('\n')
    .slice(layout.header ? 1 : 0)
  const rows = lines
    .filter((line) => line !== '')
    .map((line) => line.split(layout.delimiter))
    .filter((cells) => layout.minimumRating === undefined || Number(cells[layout.rating ?? 0]) >= layout.minimumRating)
  const userIds = [...new Set(rows.map((cells) => cells[layout.user]))].sort(compareIds)
  const itemIds = [...new Set(rows.map((cells) => cells[layout.item]))].sort(compareIds)
  const userOf = new Map(userIds.map((id, index) => [id, index]))
  const itemOf = new Map(itemIds.map((id, index) => [id, index]))
  const { timestamp } = layout
  const entries = rows.map((cells) => ({
    user: userOf.get(cells[layout.user])!,
    item: itemOf.get(cells[layout.item])!,
    timestamp: timestamp === undefined ? 0 : Number(cells[timestamp]),
  }))
  // A stable sort: equal timestamps keep file order.
  entries.sort((a, b) => a.user - b.user || a.timestamp - b.timestamp)
  return {
    userIds,
    itemIds,
    titles: null,
    users: Uint32Array.from(entries, (entry) => entry.user),
    items: Uint32Array.from(entries, (entry) => entry.item),
    values: new Float32Array(entries.length).fill(1),
    timestamps: timestamp === undefined ? null : Float64Array.from(entries, (entry) => entry.timestamp),
    parts: null,
  }
}
