import { symmetricEigen } from './eigen'
import { fillGram } from './gram'
import type { Kernels } from './kernels/kernels'

/** A sparse matrix by rows and by columns, in shared memory. */
export interface SparseMatrix {
  readonly rows: number
  readonly columns: number
  readonly byRow: readonly (Uint32Array | Float32Array)[]
  readonly byColumn: readonly (Uint32Array | Float32Array)[]
}

const rowsInChunk = 16
/** Directions beyond those that are wanted, which let these converge sooner. */
const oversampling = 8
/** What is left of a square once less than this share of it does not depend on others is noise of single precision. */
const negligible = 1e-6

export interface SingularOptions {
  count: number
  /** Rounds of multiplying by the matrix and its transpose. */
  rounds: number
  normal(): number
  signal: AbortSignal
  round(done: number): void
}

export interface Singular {
  /** columns x length, row-major, in shared memory; vectors beyond `count`, or of no weight, are zero. */
  readonly right: Float32Array
  readonly length: number
  /** The `count` largest singular values, descending. */
  readonly values: Float64Array
}

/**
 * The largest singular values of a sparse matrix with their right vectors, by randomised subspace iteration (Halko,
 * Martinsson and Tropp 2011, Finding structure with randomness, 4.4). The matrix is only ever multiplied by, so memory is
 * that of a few dozen vectors a row and column. 8 x entries x count operations a round.
 */
export async function singularVectors(
  kernels: Kernels,
  matrix: SparseMatrix,
  { count, rounds, normal, signal, round }: SingularOptions,
): Promise<Singular> {
  const length = Math.ceil((count + oversampling) / 4) * 4
  const right = kernels.float32(matrix.columns * length)
  const values = await kernels.scoped(async () => {
    const left = kernels.float32(matrix.rows * length)
    const spare = kernels.float32(Math.max(matrix.rows, matrix.columns) * length)
    for (let at = 0; at < right.length; at++) right[at] = normal()
    await orthogonalise(kernels, right, matrix.columns, length, spare, signal)
    for (let done = 1; done <= rounds; done++) {
      await multiply(kernels, matrix.byRow, matrix.rows, right, length, left, signal)
      await orthogonalise(kernels, left, matrix.rows, length, spare, signal)
      await multiply(kernels, matrix.byColumn, matrix.columns, left, length, right, signal)
      await orthogonalise(kernels, right, matrix.columns, length, spare, signal)
      round(done)
    }
    await multiply(kernels, matrix.byRow, matrix.rows, right, length, left, signal)
    const { values, vectors } = await eigenOfGram(kernels, left, matrix.rows, length, signal)
    const wanted = vectors.map((value, at) => (at % length < count ? value : 0))
    await rotate(kernels, right, matrix.columns, length, wanted, spare, signal)
    return values.subarray(0, count).map((value) => Math.sqrt(Math.max(0, value)))
  })
  return { right, length, values }
}

/** out = sparse rows x dense. */
export async function multiply(
  kernels: Kernels,
  sparse: readonly (Uint32Array | Float32Array)[],
  rows: number,
  dense: Float32Array,
  length: number,
  out: Float32Array,
  signal?: AbortSignal,
): Promise<void> {
  const values = [...sparse, rows, dense, length, out, rowsInChunk]
  await kernels.run('sparseProductChunk', Math.ceil(rows / rowsInChunk), values, signal)
}

/** Twice, since the first round leaves the error of single precision times how unlike the lengths were. */
async function orthogonalise(
  kernels: Kernels,
  vectors: Float32Array,
  rows: number,
  length: number,
  spare: Float32Array,
  signal: AbortSignal,
): Promise<void> {
  const gram = new Float32Array(length * length)
  for (let pass = 0; pass < 2; pass++) {
    await fillGram(kernels, gram, vectors, rows, length, signal)
    await rotate(kernels, vectors, rows, length, inverseRoot(gram, length), spare, signal)
  }
}

/**
 * The upper triangular T for which the columns of V T are orthonormal, from V'V = R'R (Cholesky) as the inverse of R. A
 * column of V that depends on those before it becomes zero.
 */
function inverseRoot(gram: Float32Array, length: number): Float64Array {
  const root = new Float64Array(length * length)
  const inverse = new Float64Array(length * length)
  for (let row = 0; row < length; row++) {
    const rest = Float64Array.from(gram.subarray(row * length, (row + 1) * length))
    for (let above = 0; above < row; above++) {
      const factor = root[above * length + row]
      for (let column = row; column < length; column++) rest[column] -= factor * root[above * length + column]
    }
    if (!(rest[row] > negligible * gram[row * length + row])) continue
    const pivot = Math.sqrt(rest[row])
    for (let column = row; column < length; column++) root[row * length + column] = rest[column] / pivot
  }
  for (let row = length - 1; row >= 0; row--) {
    const pivot = root[row * length + row]
    if (pivot === 0) continue
    inverse[row * length + row] = 1 / pivot
    for (let below = row + 1; below < length; below++) {
      const factor = root[row * length + below] / pivot
      for (let column = below; column < length; column++) {
        inverse[row * length + column] -= factor * inverse[below * length + column]
      }
    }
  }
  return inverse
}

async function eigenOfGram(kernels: Kernels, vectors: Float32Array, rows: number, length: number, signal: AbortSignal) {
  const gram = new Float32Array(length * length)
  await fillGram(kernels, gram, vectors, rows, length, signal)
  return symmetricEigen(gram, length, signal)
}

/** vectors = vectors x a matrix of length x length. */
async function rotate(
  kernels: Kernels,
  vectors: Float32Array,
  rows: number,
  length: number,
  matrix: Float64Array,
  spare: Float32Array,
  signal: AbortSignal,
): Promise<void> {
  await kernels.scoped(async () => {
    const panels = kernels.float32(Math.ceil(length / 8) * 8 * length)
    for (let row = 0; row < length; row++) {
      for (let column = 0; column < length; column++) {
        panels[(column >> 3) * 8 * length + row * 8 + (column & 7)] = matrix[row * length + column]
      }
    }
    await kernels.run('scoreChunk', Math.ceil(length / 8), [vectors, rows, panels, length, length, spare, 1], signal)
  })
  vectors.set(spare.subarray(0, rows * length))
}
