/** What single users would be listed at any weights: the best candidates of each member, and which of them are right. */
export interface WeightCase {
  /** Candidates of one user, ascending. */
  readonly items: Uint32Array
  /** What each member adds for each candidate at a weight of 1: members x candidates, row-major. */
  readonly contributions: Float32Array
  /** Places in `items` of what the user has chosen; of those that no member lists, nothing is here. */
  readonly right: Uint32Array
  /** All that the user has chosen, here or not. */
  readonly relevant: number
}

/** Mean NDCG of the lists cut at `cutoff`, binary gain, equal scores by ascending item. */
export function meanNdcg(cases: readonly WeightCase[], weights: readonly number[], cutoff: number): number {
  let total = 0
  for (const user of cases) total += ndcgOf(user, weights, cutoff)
  return cases.length === 0 ? 0 : total / cases.length
}

function ndcgOf({ items, contributions, right, relevant }: WeightCase, weights: readonly number[], cutoff: number) {
  if (right.length === 0) return 0
  const scores = new Float64Array(items.length)
  weights.forEach((weight, member) => {
    const from = member * items.length
    if (weight !== 0) for (let at = 0; at < scores.length; at++) scores[at] += weight * contributions[from + at]
  })
  let gain = 0
  for (const place of right) {
    let rank = 1
    for (let at = 0; at < scores.length; at++) {
      if (scores[at] > scores[place] || (scores[at] === scores[place] && at < place)) rank++
    }
    if (rank <= cutoff) gain += 1 / Math.log2(rank + 1)
  }
  let ideal = 0
  for (let rank = 1; rank <= Math.min(cutoff, relevant); rank++) ideal += 1 / Math.log2(rank + 1)
  return gain / ideal
}

/** A member's share is tried at 0, 1 / steps, ... 1. */
const steps = 20
export const mostRounds = 10
/** A smaller gain than this is none. */
const leastGain = 1e-9

/**
 * Coordinate search for weights of sum 1 that make `objective` large, from equal ones: each member in turn is given each
 * share in steps of a twentieth, the others keeping their proportions, and takes the first of the best where that is a
 * gain; until a round over all members brings none. `tell` hears of each round when it is over.
 */
export async function searchWeights(
  members: number,
  objective: (weights: readonly number[]) => Promise<number>,
  tell: (round: number, best: number) => Promise<void>,
): Promise<number[]> {
  let weights = new Array<number>(members).fill(1 / members)
  let best = await objective(weights)
  for (let round = 1; round <= mostRounds; round++) {
    const before = best
    for (let member = 0; member < members; member++) {
      for (const tried of sharesOf(weights, member)) {
        const value = await objective(tried)
        if (value <= best + leastGain) continue
        best = value
        weights = tried
      }
    }
    await tell(round, best)
    if (best === before) break
  }
  return weights
}

/** The weights with each share of one member, those nearest to its present one first. */
function sharesOf(weights: readonly number[], member: number): number[][] {
  const others = weights.reduce((sum, weight, at) => (at === member ? sum : sum + weight), 0)
  if (others === 0) return []
  const shares = Array.from({ length: steps + 1 }, (_, step) => step / steps)
  const distance = (share: number) => Math.abs(share - weights[member])
  shares.sort((a, b) => distance(a) - distance(b) || a - b)
  return shares.map((share) => weights.map((weight, at) => (at === member ? share : (weight / others) * (1 - share))))
}
