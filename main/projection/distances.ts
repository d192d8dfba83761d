import { packPanels } from '../models/dot-scorer'
import { type ProjectionContext, type Space, squaredDistance } from './space'

/** Products that are held at a time. */
const mostProducts = 2 ** 25
const panelsInChunk = 32
/** A squared distance below this share of both squared lengths is computed by itself, since a difference loses it. */
const least = 1e-4

/** Squared distances from each of `points` to all points, in blocks, one point after the other. */
export async function distancesFrom(
  space: Space,
  points: Uint32Array,
  { compute: { kernels }, signal, report }: Pick<ProjectionContext, 'compute' | 'signal' | 'report'>,
  hear: (point: number, squared: Float32Array) => void,
): Promise<void> {
  const { count, dimensions, data } = space
  const norms = normsOf(space)
  const squared = new Float32Array(count)
  const rowsAtATime = Math.max(4, Math.min(128, Math.floor(mostProducts / Math.max(1, count))))
  await kernels.scoped(async () => {
    const panels = kernels.share(packPanels(space))
    const queries = kernels.float32(rowsAtATime * dimensions)
    const products = kernels.float32(rowsAtATime * count)
    for (let from = 0; from < points.length; from += rowsAtATime) {
      const rows = points.subarray(from, from + rowsAtATime)
      rows.forEach((point, row) => {
        queries.set(data.subarray(point * dimensions, (point + 1) * dimensions), row * dimensions)
      })
      const chunks = Math.ceil(count / 8 / panelsInChunk)
      const values = [queries, rows.length, panels, count, dimensions, products, panelsInChunk]
      await kernels.run('scoreChunk', chunks, values, signal)
      rows.forEach((point, row) => {
        for (let other = 0; other < count; other++) {
          const both = norms[point] + norms[other]
          const value = both - 2 * products[row * count + other]
          squared[other] = value > least * both ? value : squaredDistance(space, point, other)
        }
        hear(point, squared)
      })
      report((from + rows.length) / points.length)
    }
  })
}

function normsOf({ count, dimensions, data }: Space): Float64Array {
  const norms = new Float64Array(count)
  for (let row = 0; row < count; row++) {
    for (let at = row * dimensions; at < (row + 1) * dimensions; at++) norms[row] += data[at] * data[at]
  }
  return norms
}

/** All points, or `most` of them drawn without repetition, ascending. */
export function somePoints(count: number, most: number, integer: (bound: number) => number): Uint32Array {
  const points = Uint32Array.from({ length: count }, (_, point) => point)
  if (count <= most) return points
  for (let at = 0; at < most; at++) {
    const other = at + integer(count - at)
    const swapped = points[at]
    points[at] = points[other]
    points[other] = swapped
  }
  return points.slice(0, most).sort()
}
