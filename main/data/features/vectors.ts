import type { Block } from './block'
import { principalComponents } from './principal-components'

/** Vectors as they are given, or their first principal components; rows without one have no numbers. */
export function vectorBlock(name: string, vectors: readonly (ArrayLike<number> | null)[], dimensions?: number): Block {
  const known = vectors.filter((vector) => vector !== null)
  const length = known[0]?.length ?? 0
  if (dimensions === undefined || length === 0) return denseBlock(`${name}:`, vectors, length)
  const data = new Float64Array(known.length * length)
  for (const [row, vector] of known.entries()) data.set(vector, row * length)
  const count = Math.min(dimensions, length)
  const { scores, explainedVariance } = principalComponents(data, length, count)
  let row = 0
  const reduced = vectors.map((vector) => vector && scores.subarray(row * count, ++row * count))
  return { ...denseBlock(`${name}: component`, reduced, count), explainedVariance }
}

function denseBlock(prefix: string, vectors: readonly (ArrayLike<number> | null)[], length: number): Block {
  const offsets = new Uint32Array(vectors.length + 1)
  vectors.forEach((vector, row) => {
    offsets[row + 1] = offsets[row] + (vector ? countValues(vector) : 0)
  })
  const indices = new Uint32Array(offsets[vectors.length])
  const values = new Float32Array(offsets[vectors.length])
  let at = 0
  for (const vector of vectors) {
    for (let index = 0; vector && index < vector.length; index++) {
      if (Math.fround(vector[index]) === 0) continue
      indices[at] = index
      values[at++] = vector[index]
    }
  }
  return { names: Array.from({ length }, (_, index) => `${prefix} ${index + 1}`), offsets, indices, values }
}

function countValues(vector: ArrayLike<number>): number {
  let count = 0
  for (let index = 0; index < vector.length; index++) if (Math.fround(vector[index]) !== 0) count++
  return count
}
