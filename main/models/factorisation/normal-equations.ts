import type { Vectors } from '../model'

/** V'V of rows of vectors, in double precision: rows x dimensions² / 2 multiply-adds. */
export function gramOfVectors(vectors: Vectors): Float64Array {
  const gram = new Float64Array(vectors.dimensions ** 2)
  addOuterProducts(gram, vectors, vectors.data.length === 0 ? [] : Array(vectors.count).keys(), 1)
  mirror(gram, vectors.dimensions)
  return gram
}

/** Adds `weight` v v' of some rows to the lower half of a matrix. */
export function addOuterProducts(
  matrix: Float64Array,
  { dimensions, data }: Vectors,
  rows: Iterable<number>,
  weight: number,
): void {
  for (const row of rows) {
    const start = row * dimensions
    for (let one = 0; one < dimensions; one++) {
      const value = weight * data[start + one]
      if (value === 0) continue
      const place = one * dimensions
      for (let other = 0; other <= one; other++) matrix[place + other] += value * data[start + other]
    }
  }
}

function mirror(matrix: Float64Array, size: number): void {
  for (let row = 1; row < size; row++) {
    for (let column = 0; column < row; column++) matrix[column * size + row] = matrix[row * size + column]
  }
}

/** Writes the dot product of each row with `vector` into `into`. */
export function productsWith({ count, dimensions, data }: Vectors, vector: Float64Array, into: Float32Array): void {
  for (let row = 0; row < count; row++) {
    const start = row * dimensions
    let sum = 0
    for (let at = 0; at < dimensions; at++) sum += vector[at] * data[start + at]
    into[row] = sum
  }
}
