import { dotScorer } from '../models/dot-scorer'
import type { Interactions } from '../models/model'
import { approximateNeighbours } from './approximate-neighbours'
import { type ProjectionContext, type Space, squaredDistance } from './space'

/** The nearest other points of each point, nearest first, equally near ones by index. */
export interface Neighbours {
  readonly k: number
  /** points x k, row-major. */
  readonly indices: Uint32Array
  /** Squared distances in the space. */
  readonly squared: Float32Array
}

/** Beyond so many points their pairs are too many: neighbours are found by trees and by neighbours of neighbours. */
export const mostExactPoints = 30_000

/** More than are wanted, so that what single precision puts in a wrong order is put right. */
const spare = 6
const pointsAtATime = 2048

/** The `k` nearest neighbours of all points; fewer where there are fewer points. */
export async function nearestNeighbours(space: Space, wanted: number, context: ProjectionContext): Promise<Neighbours> {
  const k = Math.max(0, Math.min(wanted, space.count - 1))
  if (k === 0) return { k, indices: new Uint32Array(0), squared: new Float32Array(0) }
  if (space.count > mostExactPoints) return approximateNeighbours(space, k, context)
  return exactNeighbours(space, k, context)
}

/**
 * Every pair is looked at, in blocks: the nearest of x are the largest of x y - y y / 2, a dot product with one component
 * more. Distances themselves are then computed in double precision.
 */
export async function exactNeighbours(space: Space, k: number, context: ProjectionContext): Promise<Neighbours> {
  const { count } = space
  const indices = new Uint32Array(count * k)
  const squared = new Float32Array(count * k)
  const candidates = Math.min(count, k + 1 + spare)
  const { queries, targets } = withNorms(space)
  const scorer = dotScorer(context.compute, queries, targets)
  try {
    for (let from = 0; from < count; from += pointsAtATime) {
      const users = Uint32Array.from({ length: Math.min(pointsAtATime, count - from) }, (_, at) => from + at)
      const size = users.length * candidates
      const lists = { k: candidates, items: new Uint32Array(size), scores: new Float32Array(size) }
      await scorer.best?.(users, { exclude: nothing, allowed: null }, lists, context.signal)
      users.forEach((point, row) => {
        const found = lists.items.subarray(row * candidates, (row + 1) * candidates)
        takeNearest(space, point, found, k, indices, squared)
      })
      context.report((from + users.length) / count)
    }
  } finally {
    scorer.close()
  }
  return { k, indices, squared }
}

const nothing: Interactions[] = []

function withNorms({ count, dimensions, data }: Space) {
  const length = dimensions + 4
  const queries = new Float32Array(count * length)
  const targets = new Float32Array(count * length)
  for (let row = 0; row < count; row++) {
    const own = data.subarray(row * dimensions, (row + 1) * dimensions)
    queries.set(own, row * length)
    targets.set(own, row * length)
    queries[row * length + dimensions] = 1
    let squares = 0
    for (const value of own) squares += value * value
    targets[row * length + dimensions] = -squares / 2
  }
  const known = new Uint8Array(count).fill(1)
  const vectorsOf = (rows: Float32Array) => ({ count, dimensions: length, data: rows, known })
  return { queries: vectorsOf(queries), targets: vectorsOf(targets) }
}

function takeNearest(
  space: Space,
  point: number,
  candidates: Uint32Array,
  k: number,
  indices: Uint32Array,
  squared: Float32Array,
): void {
  const found = Array.from(candidates)
    .filter((other) => other !== point && other < space.count)
    .map((other) => ({ other, squared: squaredDistance(space, point, other) }))
    .sort((a, b) => a.squared - b.squared || a.other - b.other)
  for (let at = 0; at < k; at++) {
    indices[point * k + at] = found[at].other
    squared[point * k + at] = found[at].squared
  }
}
