import { distancesFrom } from './distances'
import { exactNeighbours } from './neighbours'
import { type ProjectionContext, type Space, spaceOf } from './space'

/**
 * How far neighbours in a layout (x, y) are neighbours in the space too (Venna and Kaski 2001): 1 less the mean, scaled to
 * [0, 1], of how far beyond the k nearest of the space each of the k nearest of the layout is. Of many points, those in
 * `judged` stand for all. NaN where k is half of the points or more.
 */
export async function trustworthiness(
  space: Space,
  layout: Float32Array,
  k: number,
  judged: Uint32Array,
  context: ProjectionContext,
): Promise<number> {
  const { count } = space
  if (k >= count / 2) return Number.NaN
  const flat = spaceOf({ count, dimensions: 2, data: layout }, 'euclidean')
  const near = await exactNeighbours(flat, k, { ...context, report: (share) => context.report(share / 2) })
  let penalty = 0
  await distancesFrom(
    space,
    judged,
    { ...context, report: (share) => context.report(0.5 + share / 2) },
    (point, squared) => {
      penalty += penaltyOf(point, squared, near.indices.subarray(point * k, (point + 1) * k))
    },
  )
  return 1 - (2 * penalty) / (judged.length * k * (2 * count - 3 * k - 1))
}

/** The sum of ranks beyond k; equally near points share the best rank. */
function penaltyOf(point: number, squared: Float32Array, neighbours: Uint32Array): number {
  let sum = 0
  for (const neighbour of neighbours) {
    const own = squared[neighbour]
    let rank = 1
    for (let other = 0; other < squared.length; other++) if (squared[other] < own && other !== point) rank++
    sum += Math.max(0, rank - neighbours.length)
  }
  return sum
}
