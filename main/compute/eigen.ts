export interface Eigen {
  /** Descending. */
  readonly values: Float64Array
  /** size x size, row-major; column n belongs to value n and has length 1. */
  readonly vectors: Float64Array
}

const mostSweeps = 30

/**
 * Eigenvalues and vectors of a small symmetric matrix (size x size, row-major) by cyclic Jacobi rotations (Golub and Van
 * Loan 2013, Matrix computations, 8.5). About 50 size^3 operations; between its sweeps a cancel is heard.
 */
export async function symmetricEigen(matrix: ArrayLike<number>, size: number, signal?: AbortSignal): Promise<Eigen> {
  const rows = Float64Array.from(matrix)
  // Rows of this one are the vectors, so that a rotation runs along memory.
  const vectors = new Float64Array(size * size)
  for (let at = 0; at < size; at++) vectors[at * size + at] = 1
  for (let sweep = 0; sweep < mostSweeps && offDiagonal(rows, size) > 1e-22; sweep++) {
    await new Promise((resolve) => setTimeout(resolve))
    signal?.throwIfAborted()
    for (let p = 0; p < size - 1; p++) for (let q = p + 1; q < size; q++) annihilate(rows, vectors, size, p, q)
  }
  const order = Array.from({ length: size }, (_, at) => at).sort(
    (a, b) => rows[b * size + b] - rows[a * size + a] || a - b,
  )
  const sorted = new Float64Array(size * size)
  order.forEach((from, column) => {
    for (let row = 0; row < size; row++) sorted[row * size + column] = vectors[from * size + row]
  })
  return { values: Float64Array.from(order, (at) => rows[at * size + at]), vectors: sorted }
}

/** The share of the squares that stands off the diagonal. */
function offDiagonal(rows: Float64Array, size: number): number {
  let [off, all] = [0, 0]
  rows.forEach((value, at) => {
    all += value * value
    if (at % (size + 1) !== 0) off += value * value
  })
  return all > 0 ? off / all : 0
}

function annihilate(rows: Float64Array, vectors: Float64Array, size: number, p: number, q: number): void {
  const value = rows[p * size + q]
  if (value === 0) return
  const theta = (rows[q * size + q] - rows[p * size + p]) / (2 * value)
  const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
  const cosine = 1 / Math.sqrt(tangent * tangent + 1)
  const sine = tangent * cosine
  for (let at = 0; at < size; at++) {
    const [left, right] = [rows[at * size + p], rows[at * size + q]]
    rows[at * size + p] = cosine * left - sine * right
    rows[at * size + q] = sine * left + cosine * right
  }
  rotateRows(rows, size, p, q, cosine, sine)
  rotateRows(vectors, size, p, q, cosine, sine)
}

function rotateRows(rows: Float64Array, size: number, p: number, q: number, cosine: number, sine: number): void {
  for (let a = p * size, b = q * size; a < (p + 1) * size; a++, b++) {
    const [left, right] = [rows[a], rows[b]]
    rows[a] = cosine * left - sine * right
    rows[b] = sine * left + cosine * right
  }
}
