import { DuckDBInstance } from '@duckdb/node-api'

// Metrics once more, written for these tests alone, from a ratings file and from lists that were exported.

export interface Listed {
  user: string
  item: string
  score: number
  rank: number
}

export async function readLists(path: string): Promise<Listed[]> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  const reader = await connection.runAndReadAll('SELECT user_id, item_id, score, rank FROM read_parquet($1)', [path])
  return reader.getRows().map(([user, item, score, rank]) => ({
    user: String(user),
    item: String(item),
    score: Number(score),
    rank: Number(rank),
  }))
}

export interface HandSplit {
  all: { user: string; item: string }[]
  users: Set<string>
  /** The last item of each user with more than one. */
  test: Map<string, string>
  /** Items that occur in training. */
  catalogue: Set<string>
}

/** Leave-last-out of a `userId,movieId,rating,timestamp` file, of ratings from `minimum`. */
export function splitByHand(text: string, minimum: number): HandSplit {
  const kept = text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(','))
    .filter(([, , rating]) => Number(rating) >= minimum)
    .map(([user, item, , time]) => ({ user, item, time: Number(time) }))
  const histories = groupByUser(kept)
  const test = new Map<string, string>()
  const catalogue = new Set<string>()
  for (const [user, rows] of histories) {
    const ordered = rows.map((row, place) => ({ ...row, place })).sort((a, b) => a.time - b.time || a.place - b.place)
    const train = ordered.length > 1 ? ordered.slice(0, -1) : ordered
    if (ordered.length > 1) test.set(user, ordered[ordered.length - 1].item)
    for (const { item } of train) catalogue.add(item)
  }
  return { all: kept, users: new Set(histories.keys()), test, catalogue }
}

function groupByUser<T extends { user: string }>(rows: T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) groups.set(row.user, [...(groups.get(row.user) ?? []), row])
  return groups
}

/** One test item a user: NDCG is 1 / log2(rank + 1), recall and hit rate are 1 on a hit, precision 1 / k. */
export function recomputeMetrics(lists: Listed[], { test, catalogue }: HandSplit, k: number): Record<string, number> {
  const ranks = new Map(lists.filter(({ user, item }) => test.get(user) === item).map(({ user, rank }) => [user, rank]))
  const mean = (value: (rank: number) => number) => {
    const sum = [...test.keys()].reduce((total, user) => {
      const rank = ranks.get(user)
      return total + (rank !== undefined && rank <= k ? value(rank) : 0)
    }, 0)
    return sum / test.size
  }
  const listed = new Set(lists.filter(({ rank }) => rank <= k).map(({ item }) => item))
  return {
    [`precision@${k}`]: mean(() => 1 / k),
    [`recall@${k}`]: mean(() => 1),
    [`f1@${k}`]: mean(() => (2 * (1 / k)) / (1 / k + 1)),
    [`hit-rate@${k}`]: mean(() => 1),
    [`ndcg@${k}`]: mean((rank) => 1 / Math.log2(rank + 1)),
    [`map@${k}`]: mean((rank) => 1 / rank),
    [`mrr@${k}`]: mean((rank) => 1 / rank),
    [`coverage@${k}`]: listed.size / catalogue.size,
  }
}
