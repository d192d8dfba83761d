import type { Neighbours } from './neighbours'

/** Edges in compressed sparse rows, every edge in the rows of both its ends. */
export interface Graph {
  readonly offsets: Uint32Array
  readonly neighbours: Uint32Array
  readonly weights: Float32Array
}

/**
 * Edges to neighbours made symmetric: the weight from both sides, 0 where one is not the other's neighbour, are joined to
 * one. Edges whose joined weight is 0 are left out.
 */
export function symmetric(
  { k, indices }: Neighbours,
  weights: Float32Array,
  join: (there: number, back: number) => number,
): Graph {
  const points = k === 0 ? 0 : indices.length / k
  const reverse = transposed(indices, weights, k, points)
  const offsets = new Uint32Array(points + 1)
  const neighbours = new Uint32Array(2 * indices.length)
  const joined = new Float32Array(2 * indices.length)
  // Both weights of each other point, and for which point they were last asked.
  const [there, back, seen] = [new Float64Array(points), new Float64Array(points), new Uint32Array(points)]
  const found: number[] = []
  const look = (other: number, mark: number) => {
    if (seen[other] === mark) return
    seen[other] = mark
    there[other] = 0
    back[other] = 0
    found.push(other)
  }
  let size = 0
  for (let point = 0; point < points; point++) {
    found.length = 0
    for (let at = point * k; at < (point + 1) * k; at++) {
      look(indices[at], point + 1)
      there[indices[at]] = weights[at]
    }
    for (let at = reverse.offsets[point]; at < reverse.offsets[point + 1]; at++) {
      look(reverse.neighbours[at], point + 1)
      back[reverse.neighbours[at]] = reverse.weights[at]
    }
    for (const other of found) {
      const weight = join(there[other], back[other])
      if (!(weight > 0)) continue
      neighbours[size] = other
      joined[size++] = weight
    }
    offsets[point + 1] = size
  }
  return { offsets, neighbours: neighbours.slice(0, size), weights: joined.slice(0, size) }
}

function transposed(indices: Uint32Array, weights: Float32Array, k: number, points: number): Graph {
  const offsets = new Uint32Array(points + 1)
  for (const other of indices) offsets[other + 1]++
  for (let point = 0; point < points; point++) offsets[point + 1] += offsets[point]
  const filled = offsets.slice(0, points)
  const neighbours = new Uint32Array(indices.length)
  const turned = new Float32Array(indices.length)
  indices.forEach((other, at) => {
    const place = filled[other]++
    neighbours[place] = Math.floor(at / k)
    turned[place] = weights[at]
  })
  return { offsets, neighbours, weights: turned }
}
