export interface SurfacePoint {
  /** 0 to 1. */
  x: number
  y: number
  value: number
}

/** As many of the nearest points say what lies between them. */
const neighbours = 6

/**
 * Values between scattered points, on the middles of `size` x `size` cells, row by row from below: the mean of the
 * nearest points by the inverse square of their distance (Shepard 1968, A two-dimensional interpolation function for
 * irregularly-spaced data). Empty without points.
 */
export function surfaceOf(points: readonly SurfacePoint[], size: number): number[] {
  if (points.length === 0) return []
  return Array.from({ length: size * size }, (_, cell) =>
    valueAt(points, ((cell % size) + 0.5) / size, (Math.floor(cell / size) + 0.5) / size),
  )
}

function valueAt(points: readonly SurfacePoint[], x: number, y: number): number {
  const near = points
    .map((point) => ({ value: point.value, square: (point.x - x) ** 2 + (point.y - y) ** 2 }))
    .sort((a, b) => a.square - b.square)
    .slice(0, neighbours)
  if (near[0].square === 0) return near[0].value
  const weights = near.map(({ square }) => 1 / square)
  const sum = near.reduce((total, { value }, at) => total + weights[at] * value, 0)
  return sum / weights.reduce((total, weight) => total + weight, 0)
}
