import type { Parameters } from '../model'

/** How the scores of several models become one. */
export interface Fusion {
  readonly method: 'weighted-sum' | 'reciprocal-rank' | 'borda'
  readonly normalisation: 'min-max' | 'z-score' | 'none'
  /** Added to each reciprocal rank. */
  readonly constant: number
}

export function fusionOf({ method, normalisation, rank_constant }: Parameters): Fusion {
  return {
    method: method as Fusion['method'],
    normalisation: normalisation as Fusion['normalisation'],
    constant: Number(rank_constant),
  }
}

/**
 * Turns one model's scores of one user, in place, into what the model adds for each item at a weight of 1, and answers
 * what it adds for an item that it does not score (NaN stays NaN). Scale and ranks are those among the candidates: the
 * items that are scored and not in the history (`seen` 1). Items of the history are put on the same scale.
 *
 * weighted-sum: the score s as it is; (s - min) / (max - min); or (s - mean) / deviation of all candidates. What is not
 * scored counts as the worst candidate. Equal scores of all candidates say nothing: 0.
 * reciprocal-rank: 1 / (constant + rank), what is not scored 0. The rank is 1 + the number of candidates with a higher
 * score, so equal scores share one.
 * borda: 1 - (rank - 1) / candidates, what is not scored 0.
 */
export function toContributions(scores: Float32Array, seen: Uint8Array, fusion: Fusion): number {
  const candidates = candidateScores(scores, seen)
  if (fusion.method === 'weighted-sum') return toScale(scores, candidates, fusion.normalisation)
  const pointsOf = pointsByRank(fusion, candidates.length)
  candidates.sort()
  for (let item = 0; item < scores.length; item++) {
    if (!Number.isNaN(scores[item])) scores[item] = pointsOf(1 + countAbove(candidates, scores[item]))
  }
  return 0
}

/** Adds a model's contributions at its weight to `sums`; `known` gets 1 where the model scores the item. */
export function addContributions(
  contributions: Float32Array,
  unscored: number,
  weight: number,
  sums: Float32Array,
  known: Uint8Array,
): void {
  for (let item = 0; item < sums.length; item++) {
    const own = contributions[item]
    if (Number.isNaN(own)) {
      sums[item] += weight * unscored
    } else {
      sums[item] += weight * own
      known[item] = 1
    }
  }
}

function candidateScores(scores: Float32Array, seen: Uint8Array): Float32Array {
  const candidates = new Float32Array(scores.length)
  let size = 0
  for (let item = 0; item < scores.length; item++) {
    if (seen[item] === 0 && !Number.isNaN(scores[item])) candidates[size++] = scores[item]
  }
  return candidates.subarray(0, size)
}

function toScale(scores: Float32Array, candidates: Float32Array, normalisation: Fusion['normalisation']): number {
  if (candidates.length === 0) return 0
  let [lowest, highest, sum, squares] = [candidates[0], candidates[0], 0, 0]
  for (const score of candidates) {
    if (score < lowest) lowest = score
    if (score > highest) highest = score
    sum += score
  }
  if (normalisation === 'none') return lowest
  const mean = sum / candidates.length
  for (const score of candidates) squares += (score - mean) ** 2
  const [origin, unit] =
    normalisation === 'min-max' ? [lowest, highest - lowest] : [mean, Math.sqrt(squares / candidates.length)]
  const isFlat = highest === lowest
  for (let item = 0; item < scores.length; item++) {
    if (!Number.isNaN(scores[item])) scores[item] = isFlat ? 0 : (scores[item] - origin) / unit
  }
  return isFlat ? 0 : (lowest - origin) / unit
}

function pointsByRank({ method, constant }: Fusion, candidates: number): (rank: number) => number {
  if (method === 'reciprocal-rank') return (rank) => 1 / (constant + rank)
  return (rank) => 1 - (rank - 1) / Math.max(1, candidates)
}

/** How many of `ascending` are above a score. */
function countAbove(ascending: Float32Array, score: number): number {
  let [from, to] = [0, ascending.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if (ascending[middle] > score) to = middle
    else from = middle + 1
  }
  return ascending.length - from
}
