import type { ListOverlap } from '../contract/comparison'
import { noItem, type TopLists } from './lists'

/** How likely a reader goes on from one item of a list to the next, where nothing else is said. */
const persistence = 0.9

/** Shared items over all items of two lists, each list with every item once; 1 where both are empty. Jaccard 1901. */
export function jaccard(a: Uint32Array, b: Uint32Array): number {
  const inA = new Set(a)
  const shared = b.reduce((count, item) => count + (inA.has(item) ? 1 : 0), 0)
  const all = a.length + b.length - shared
  return all === 0 ? 1 : shared / all
}

/**
 * Rank-biased overlap of two lists, each with every item once: the mean overlap at depth d, weighed by p^(d - 1), so that
 * 1 / (1 - p) is the expected depth that counts; beyond their ends the lists are taken to go on as they agreed so far.
 * From 0 (nothing shared) to 1 (the same list); 1 where both are empty. `p` lies between 0 and 1, both excluded.
 * Webber, Moffat and Zobel 2010, A similarity measure for indefinite rankings, equation 32.
 */
export function rankBiasedOverlap(a: Uint32Array, b: Uint32Array, p = persistence): number {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (short.length === 0) return long.length === 0 ? 1 : 0
  const seen = new Set<number>()
  let [shared, sharedByShort, sum] = [0, 0, 0]
  for (let depth = 1; depth <= long.length; depth++) {
    for (const list of [short, long]) {
      if (depth > list.length) continue
      const item = list[depth - 1]
      if (seen.has(item)) shared++
      seen.add(item)
    }
    if (depth === short.length) sharedByShort = shared
    const beyond = depth > short.length ? (sharedByShort * (depth - short.length)) / short.length : 0
    sum += ((shared + beyond) / depth) * p ** depth
  }
  const atTheEnd = (shared - sharedByShort) / long.length + sharedByShort / short.length
  return ((1 - p) / p) * sum + atTheEnd * p ** long.length
}

/**
 * Means of both overlaps over the users of two runs, of the first `k` items of each list. Row by row the lists must be of
 * the same users; who has neither list does not count. NaN where nobody has any.
 */
export function meanOverlap(first: TopLists, second: TopLists, k: number): ListOverlap {
  const sums = { users: 0, jaccard: 0, rbo: 0 }
  for (let row = 0; row < first.users.length; row++) {
    const [a, b] = [headOf(first, row, k), headOf(second, row, k)]
    if (a.length === 0 && b.length === 0) continue
    sums.users++
    sums.jaccard += jaccard(a, b)
    sums.rbo += rankBiasedOverlap(a, b)
  }
  return { k, users: sums.users, jaccard: sums.jaccard / sums.users, rbo: sums.rbo / sums.users }
}

function headOf({ k: length, items }: TopLists, row: number, k: number): Uint32Array {
  return items.subarray(row * length, row * length + Math.min(k, length)).filter((item) => item !== noItem)
}
