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

/** Items that are left out at once at most. */
const mostItems = 48

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
  const alone = await ranksOf(order.map((index) => new Set([index])))
  const single = alone.findIndex((rank) => isOut(rank, rules))
  if (single >= 0) return { items: [order[single]], rank: alone[single], isSmallest: true }
  const prefixes = order.map((_, at) => new Set(order.slice(0, at + 1)))
  const shorter = await ranksOf(prefixes)
  const first = shorter.findIndex((rank) => isOut(rank, rules))
  if (first < 0) return null
  return prune([...prefixes[first]], shorter[first], ranksOf, rules)
}

async function prune(
  items: number[],
  rank: number | null,
  ranksOf: (sets: readonly ReadonlySet<number>[]) => Promise<(number | null)[]>,
  rules: ListRules,
): Promise<Counterfactual> {
  let [kept, found] = [items, rank]
  for (const item of items.toReversed()) {
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
