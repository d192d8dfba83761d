/**
 * Solves `matrix` x = each of `sides` in place, for a symmetric positive definite matrix of `size` rows of which the lower
 * half is read, and overwritten: size³ / 6 multiply-adds. A pivot that rounding has made nothing counts as no equation.
 */
export function solveSymmetric(matrix: Float64Array, size: number, sides: readonly Float64Array[]): void {
  const pivots = factorise(matrix, size)
  for (const side of sides) solveFactorised(matrix, pivots, side)
}

/** Solves for one side in place, size² multiply-adds, with what `factorise` has made of the matrix and its answer. */
export function solveFactorised(matrix: Float64Array, pivots: Float64Array, side: Float64Array): void {
  const size = pivots.length
  for (let row = 0; row < size; row++) {
    let sum = side[row]
    for (let at = 0; at < row; at++) sum -= matrix[row * size + at] * side[at]
    side[row] = pivots[row] === 0 ? 0 : sum / pivots[row]
  }
  for (let row = size - 1; row >= 0; row--) {
    let sum = side[row]
    for (let at = row + 1; at < size; at++) sum -= matrix[at * size + row] * side[at]
    side[row] = pivots[row] === 0 ? 0 : sum / pivots[row]
  }
}

/** Cholesky's factor in the lower half; answers its diagonal, 0 where there is no equation. */
export function factorise(matrix: Float64Array, size: number): Float64Array {
  const pivots = new Float64Array(size)
  for (let row = 0; row < size; row++) {
    const own = row * size
    for (let column = 0; column <= row; column++) {
      const other = column * size
      let sum = matrix[own + column]
      for (let at = 0; at < column; at++) sum -= matrix[own + at] * matrix[other + at]
      if (column < row) matrix[own + column] = pivots[column] === 0 ? 0 : sum / pivots[column]
      else pivots[row] = sum > 1e-12 * Math.abs(matrix[own + row]) ? Math.sqrt(sum) : 0
    }
  }
  return pivots
}
