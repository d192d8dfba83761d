/** A place in a chart: in pixels from its upper left corner, or by the values on its axes. */
export interface Pixel {
  x: number
  y: number
}

/** Lets points of a chart be chosen by a line drawn around them. */
export interface Lasso {
  shape: 'lasso' | 'rectangle'
  /** By the values on the axes; keeps its identity for as long as they stay. */
  points: readonly Pixel[]
  /** The places of the points within; none frees what is chosen. */
  onLasso(places: readonly number[]): void
}

/**
 * Whether a point lies within a closed line, which may cross itself: even-odd rule, as in W. R. Franklin's PNPOLY. The
 * line needs three corners at least.
 */
export function isWithin({ x, y }: Pixel, corners: readonly Pixel[]): boolean {
  let isInside = false
  for (let at = 0, before = corners.length - 1; at < corners.length; before = at++) {
    const [a, b] = [corners[at], corners[before]]
    const crosses = a.y > y !== b.y > y
    if (crosses && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) isInside = !isInside
  }
  return isInside
}

/** The corners of a rectangle between two opposite ones. */
export function rectangle(a: Pixel, b: Pixel): Pixel[] {
  return [a, { x: b.x, y: a.y }, b, { x: a.x, y: b.y }]
}

/** Nearer than this to the last corner, a drag adds no further one. In pixels. */
const reach = 3

/** A line that a drag has made longer. */
export function extended(corners: readonly Pixel[], to: Pixel): readonly Pixel[] {
  const last = corners.at(-1)
  return last && Math.hypot(to.x - last.x, to.y - last.y) < reach ? corners : [...corners, to]
}

/** A line as `d` of an SVG path, closed. */
export function pathOf(corners: readonly Pixel[]): string {
  return corners.length === 0 ? '' : `M${corners.map(({ x, y }) => `${x} ${y}`).join('L')}Z`
}
