import type { Vectors } from '../model'
import type { ValuedRows } from '../sparse'

/** Vectors with more columns than this are folded into so many by a hash. */
const mostDimensions = 256

/** Dense vectors; many columns are folded into few, by turns added and taken away, which keeps products on average. */
export function foldedVectors({ rows, columns, offsets, indices, values }: ValuedRows): Vectors {
  const dimensions = Math.max(1, Math.min(columns, mostDimensions))
  const data = new Float32Array(rows * dimensions)
  for (let row = 0; row < rows; row++) {
    for (let at = offsets[row]; at < offsets[row + 1]; at++) {
      const { place, sign } = columns <= mostDimensions ? { place: indices[at], sign: 1 } : fold(indices[at])
      data[row * dimensions + place] += sign * values[at]
    }
  }
  return { count: rows, dimensions, data }
}

/** Knuth's multiplicative hash: the highest bits are the best mixed ones. */
function fold(column: number): { place: number; sign: number } {
  const hash = Math.imul(column, 2_654_435_769) >>> 0
  return { place: (hash >>> 8) % mostDimensions, sign: hash >>> 31 === 0 ? 1 : -1 }
}
