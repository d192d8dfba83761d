import type { Evidence } from './evidence'
import { type Asked, scoreWithout } from './without'

export interface Counterfactual {
  /** Items of the history without which the item leaves the list. */
  readonly items: readonly number[]
  /** Where it stands then; null where it has no score any more. */
  readonly rank: number | null
  /** There is no smaller set: it is one item. A larger one was found step by step, and a smaller one may exist. */
  readonly isSmallest: boolean
}

export interface ListRules {
  /** Length of the list. */
  readonly k: number
  /** Whether an item may be listed. What is left out of the history stays away from the list all the same. */
  isCandidate(item: number): boolean
}

type RanksOf = (sets: readonly ReadonlySet<number>[]) => Promise<(number | null)[]>

/** Items that are left out at once at most. */
const mostItems = 48
/** Items that are tried alone, and those of a set that are put back again, at most. */
const [mostAlone, mostPutBack] = [8, 16]

/**
 * A small set of history items without which an item would leave the list. Where a single one is enough it is that; else the
 * strongest evidence is left out item by item until the item is gone, and what proves needless is put back. Every
 * answer comes from scoring the shorter history. Null where none of these is enough.
 */
export async function counterfactualOf(
  asked: Asked,
  item: number,
  evidence: readonly Evidence[],
  rules: ListRules,
): Promise<Counterfactual | null> {
  const strongest = evidence.filter(({ amount }) => amount > 0).slice(0, mostItems)
  const order = strongest.map(({ index }) => index)
  if (order.length === 0 || !asked.model.foldIn) return null
  const ranksOf = (sets: readonly ReadonlySet<number>[]) => ranksWithout(asked, item, sets, rules)
  const alone = await ranksOf(order.slice(0, mostAlone).map((index) => new Set([index])))
  const single = alone.findIndex((rank) => isOut(rank, rules))
  if (single >= 0) return { items: [order[single]], rank: alone[single], isSmallest: true }
  const found = await shortestPrefix(order, ranksOf, rules)
  return found && prune(order.slice(0, found.size), found.rank, ranksOf, rules)
}

/** How many of the strongest must go: sizes are doubled until it is enough, then halved in between. */
async function shortestPrefix(order: readonly number[], ranksOf: RanksOf, rules: ListRules) {
  const rankWithout = async (size: number) => (await ranksOf([new Set(order.slice(0, size))]))[0]
  let [low, size] = [1, 2]
  let rank: number | null = 0
  for (; ; size = Math.min(2 * size, order.length)) {
    if (size > order.length) return null
    rank = await rankWithout(size)
    if (isOut(rank, rules)) break
    if (size === order.length) return null
    low = size
  }
  while (size - low > 1) {
    const middle = (low + size) >> 1
    const there = await rankWithout(middle)
    if (!isOut(there, rules)) {
      low = middle
      continue
    }
    size = middle
    rank = there
  }
  return { size, rank }
}

async function prune(
  items: number[],
  rank: number | null,
  ranksOf: RanksOf,
  rules: ListRules,
): Promise<Counterfactual> {
  let [kept, found] = [items, rank]
  for (const item of items.toReversed().slice(0, mostPutBack)) {
    const fewer = kept.filter((other) => other !== item)
    if (fewer.length === 0) continue
    const [now] = await ranksOf([new Set(fewer)])
    if (!isOut(now, rules)) continue
    kept = fewer
    found = now
  }
  return { items: kept, rank: found, isSmallest: false }
}

const isOut = (rank: number | null, { k }: ListRules) => rank === null || rank > k

/** The rank of an item once each set of items is left out; null where it has no score. */
async function ranksWithout(
  asked: Asked,
  item: number,
  sets: readonly ReadonlySet<number>[],
  rules: ListRules,
): Promise<(number | null)[]> {
  const ranks: (number | null)[] = []
  await scoreWithout(asked, sets, (scores, at) => {
    ranks[at] = rankOf(scores, item, rules)
  })
  return ranks
}

/** From 1; equal scores by ascending item. */
export function rankOf(scores: Float32Array, item: number, { isCandidate }: ListRules): number | null {
  const own = scores[item]
  if (Number.isNaN(own)) return null
  let rank = 1
  for (let other = 0; other < scores.length; other++) {
    const score = scores[other]
    if ((score > own || (score === own && other < item)) && isCandidate(other)) rank++
  }
  return rank
}
