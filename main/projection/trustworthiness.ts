import { distancesFrom } from './distances'
import type { ProjectionContext, Space } from './space'

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
  let penalty = 0
  await distancesFrom(space, judged, context, (point, squared) => {
    penalty += penaltyOf(point, squared, nearestInPlane(layout, point, k))
  })
  return 1 - (2 * penalty) / (judged.length * k * (2 * count - 3 * k - 1))
}

/** The k nearest other points, equally near ones by index. */
export function nearestInPlane(layout: Float32Array, point: number, k: number): number[] {
  const found: { other: number; squared: number }[] = []
  for (let other = 0; other < layout.length / 2; other++) {
    if (other === point) continue
    const squared = (layout[2 * other] - layout[2 * point]) ** 2 + (layout[2 * other + 1] - layout[2 * point + 1]) ** 2
    if (found.length === k && squared >= found[k - 1].squared) continue
    let place = found.length
    while (place > 0 && found[place - 1].squared > squared) place--
    found.splice(place, 0, { other, squared })
    if (found.length > k) found.pop()
  }
  return found.map(({ other }) => other)
}

/** The sum of ranks beyond k; equally near points share the best rank. */
function penaltyOf(point: number, squared: Float32Array, neighbours: readonly number[]): number {
  let sum = 0
  for (const neighbour of neighbours) {
    const own = squared[neighbour]
    let rank = 1
    for (let other = 0; other < squared.length; other++) if (squared[other] < own && other !== point) rank++
    sum += Math.max(0, rank - neighbours.length)
  }
  return sum
}
