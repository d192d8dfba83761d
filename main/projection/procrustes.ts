/** A layout turned, mirrored, scaled and moved onto another one. */
export interface Aligned {
  /** x, y of every point of the layout that was moved. */
  readonly layout: Float32Array
  /** 0 where the shared points lie on one another, 1 where nothing of them agrees. */
  readonly disparity: number
}

/**
 * Moves `layout` so that its points `own` lie as near as they can to the points `others` of `target` (least squares;
 * Gower 1975). In the plane the best turn has a closed form, once without and once with a mirror.
 */
export function procrustes(
  target: Float32Array,
  others: ArrayLike<number>,
  layout: Float32Array,
  own: ArrayLike<number>,
): Aligned {
  const to = centreOf(target, others)
  const from = centreOf(layout, own)
  let [same, crossed, mirroredSame, mirroredCrossed, ownSquares, targetSquares] = [0, 0, 0, 0, 0, 0]
  for (let at = 0; at < own.length; at++) {
    const x = layout[2 * own[at]] - from.x
    const y = layout[2 * own[at] + 1] - from.y
    const u = target[2 * others[at]] - to.x
    const v = target[2 * others[at] + 1] - to.y
    same += x * u + y * v
    crossed += x * v - y * u
    mirroredSame += x * u - y * v
    mirroredCrossed += x * v + y * u
    ownSquares += x * x + y * y
    targetSquares += u * u + v * v
  }
  const isMirrored = Math.hypot(mirroredSame, mirroredCrossed) > Math.hypot(same, crossed)
  const [along, across] = isMirrored ? [mirroredSame, mirroredCrossed] : [same, crossed]
  const fit = Math.hypot(along, across)
  if (!(ownSquares > 0 && targetSquares > 0 && fit > 0)) return { layout: layout.slice(), disparity: 1 }
  const scale = fit / ownSquares
  const [cosine, sine] = [along / fit, across / fit]
  const moved = new Float32Array(layout.length)
  for (let at = 0; at < layout.length; at += 2) {
    const x = layout[at] - from.x
    const y = isMirrored ? from.y - layout[at + 1] : layout[at + 1] - from.y
    moved[at] = to.x + scale * (cosine * x - sine * y)
    moved[at + 1] = to.y + scale * (sine * x + cosine * y)
  }
  return { layout: moved, disparity: Math.max(0, 1 - fit ** 2 / (ownSquares * targetSquares)) }
}

function centreOf(layout: Float32Array, points: ArrayLike<number>): { x: number; y: number } {
  let [x, y] = [0, 0]
  for (let at = 0; at < points.length; at++) {
    x += layout[2 * points[at]]
    y += layout[2 * points[at] + 1]
  }
  return { x: x / Math.max(1, points.length), y: y / Math.max(1, points.length) }
}
