const mostSweeps = 60

/**
 * Eigenvalues of a symmetric size x size matrix, descending, and the eigenvectors as rows beside them, by Jacobi's
 * cyclic rotations (Golub and Van Loan 2013, section 8.5). About 10 x size^3 operations a sweep.
 */
export function eigen(symmetric: Float64Array, size: number): { values: Float64Array; vectors: Float64Array } {
  const matrix = symmetric.slice()
  const vectors = new Float64Array(size * size)
  for (let at = 0; at < size; at++) vectors[at * size + at] = 1
  for (let sweep = 0; sweep < mostSweeps && !isDiagonal(matrix, size); sweep++) {
    for (let p = 0; p < size; p++) {
      for (let q = p + 1; q < size; q++) rotate(matrix, vectors, size, p, q)
    }
  }
  const order = Array.from({ length: size }, (_, at) => at).sort((a, b) => matrix[b * size + b] - matrix[a * size + a])
  return {
    values: Float64Array.from(order, (at) => matrix[at * size + at]),
    vectors: Float64Array.from(order.flatMap((at) => [...vectors.subarray(at * size, (at + 1) * size)])),
  }
}

function isDiagonal(matrix: Float64Array, size: number): boolean {
  let [beside, diagonal] = [0, 0]
  matrix.forEach((value, at) => {
    if (at % (size + 1) === 0) diagonal += value * value
    else beside += value * value
  })
  return beside <= 1e-28 * diagonal
}

/** Makes the entry p, q zero; `vectors` holds the eigenvectors as rows. */
function rotate(matrix: Float64Array, vectors: Float64Array, size: number, p: number, q: number) {
  const entry = matrix[p * size + q]
  if (entry === 0) return
  const theta = (matrix[q * size + q] - matrix[p * size + p]) / (2 * entry)
  const tangent = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
  const cosine = 1 / Math.sqrt(tangent * tangent + 1)
  const sine = tangent * cosine
  for (let at = 0; at < size; at++) {
    const [left, right] = [matrix[at * size + p], matrix[at * size + q]]
    matrix[at * size + p] = cosine * left - sine * right
    matrix[at * size + q] = sine * left + cosine * right
  }
  for (const rows of [matrix, vectors]) {
    for (let at = 0; at < size; at++) {
      const [left, right] = [rows[p * size + at], rows[q * size + at]]
      rows[p * size + at] = cosine * left - sine * right
      rows[q * size + at] = sine * left + cosine * right
    }
  }
}
