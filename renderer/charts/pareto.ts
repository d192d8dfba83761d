/** A point with two values; NaN or an infinite one is no candidate. */
export interface Valued {
  x: number
  y: number
}

/**
 * The places of the points that no other one dominates: none is at least as good in both values and better in one.
 * Equal points are all in the front. In the order of x. O(n log n).
 */
export function paretoFront(points: readonly Valued[], isLessBetter: { x: boolean; y: boolean }): number[] {
  const [signX, signY] = [isLessBetter.x ? -1 : 1, isLessBetter.y ? -1 : 1]
  const best = points
    .map(({ x, y }, at) => ({ at, x: signX * x, y: signY * y }))
    .filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))
    .sort((a, b) => b.x - a.x || b.y - a.y)
  const front: { at: number; x: number; y: number }[] = []
  for (const point of best) {
    const last = front.at(-1)
    if (!last || point.y > last.y || (point.y === last.y && point.x === last.x)) front.push(point)
  }
  return front.map(({ at }) => at).sort((a, b) => points[a].x - points[b].x || points[a].y - points[b].y)
}
