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
  const rows: { neighbours: number[]; weights: number[] }[] = []
  const there = new Float64Array(points)
  const back = new Float64Array(points)
  for (let point = 0; point < points; point++) {
    const found = new Set<number>()
    for (let at = point * k; at < (point + 1) * k; at++) {
      there[indices[at]] = weights[at]
      found.add(indices[at])
    }
    for (let at = reverse.offsets[point]; at < reverse.offsets[point + 1]; at++) {
      back[reverse.neighbours[at]] = reverse.weights[at]
      found.add(reverse.neighbours[at])
    }
    const row = { neighbours: [] as number[], weights: [] as number[] }
    for (const other of found) {
      const weight = join(there[other], back[other])
      there[other] = 0
      back[other] = 0
      if (!(weight > 0)) continue
      row.neighbours.push(other)
      row.weights.push(weight)
    }
    rows.push(row)
  }
  return joined(rows)
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

function joined(rows: { neighbours: number[]; weights: number[] }[]): Graph {
  const offsets = new Uint32Array(rows.length + 1)
  rows.forEach(({ neighbours }, row) => {
    offsets[row + 1] = offsets[row] + neighbours.length
  })
  const neighbours = new Uint32Array(offsets[rows.length])
  const weights = new Float32Array(offsets[rows.length])
  rows.forEach((row, at) => {
    neighbours.set(row.neighbours, offsets[at])
    weights.set(row.weights, offsets[at])
  })
  return { offsets, neighbours, weights }
}
