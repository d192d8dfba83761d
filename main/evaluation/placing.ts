import type { Placing } from './metric'

/** The items that compete for a user's list. */
export interface Competition {
  /** Of all items; NaN where an item is no candidate, or the model cannot score it. */
  readonly scores: Float32Array
  /** Number of candidates. */
  readonly candidates: number
  isCandidate(item: number): boolean
}

/**
 * Where the `relevant` items (each once) stand among the candidates: higher scores first, equal ones by ascending item.
 * What has no score stands below all that has. One pass with a binary search: O(items x log relevant), and one
 * comparison for most items.
 */
export function placingOf({ scores, candidates, isCandidate }: Competition, relevant: Uint32Array): Placing {
  const placed = relevant.filter((item) => !Number.isNaN(scores[item])).sort((a, b) => scores[b] - scores[a] || a - b)
  const others = candidates - relevant.reduce((count, item) => count + (isCandidate(item) ? 1 : 0), 0)
  const { ranks, lost } = rank(scores, placed)
  return { ranks, relevant: relevant.length, others, won: placed.length * others - lost, loss: Number.NaN }
}

/** The ranks of the `placed` items, in their order, and the pairs that they lose to others, equal scores counting half. */
function rank(scores: Float32Array, placed: Uint32Array): { ranks: Float64Array; lost: number } {
  const m = placed.length
  const ranks = new Float64Array(m)
  if (m === 0) return { ranks, lost: 0 }
  const values = Float32Array.from(placed, (item) => scores[item])
  const lowest = values[m - 1]
  let lost = 0
  for (let item = 0; item < scores.length; item++) {
    const score = scores[item]
    // False for NaN too.
    if (!(score >= lowest)) continue
    const ahead = placesAhead(values, placed, score, item)
    if (ahead < m) ranks[ahead]++
    lost += m - ahead
    for (let at = ahead - 1; at >= 0 && values[at] === score; at--) lost += 0.5
    for (let at = ahead; at < m && values[at] === score; at++) lost -= 0.5
  }
  for (let at = 1; at < m; at++) ranks[at] += ranks[at - 1]
  // Placed items were counted against one another and themselves as well: one for each pair, a half for each item.
  return { ranks, lost: lost - (m * m) / 2 }
}

/** How many of the `placed` items stand above an item. */
function placesAhead(values: Float32Array, placed: Uint32Array, score: number, item: number): number {
  let [low, high] = [0, placed.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (values[middle] > score || (values[middle] === score && placed[middle] < item)) low = middle + 1
    else high = middle
  }
  return low
}

/** Mean over scored candidates of the log loss, the sigmoid of a score taken as the probability of being chosen. */
export function logLossOf(scores: Float32Array, relevant: Uint32Array): number {
  let [sum, count] = [0, 0]
  for (const score of scores) {
    if (Number.isNaN(score)) continue
    // ln(1 + e^score), without overflow.
    sum += Math.max(0, score) + Math.log1p(Math.exp(-Math.abs(score)))
    count++
  }
  for (const item of relevant) if (!Number.isNaN(scores[item])) sum -= scores[item]
  return count === 0 ? 0 : sum / count
}
