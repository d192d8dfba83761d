import { TopnError } from '../contract/errors'
import type { Kernels } from './kernels/kernels'

/** Rows that are swept at a time; the kernels are written for it. */
const block = 64
const rowsInChunk = 32

/** Floats of a row in the matrices of these kernels. */
export function strideOf(size: number): number {
  return Math.ceil(size / 8) * 8
}

/**
 * Replaces the lower triangle of a symmetric positive definite matrix in shared memory (`strideOf(size)` rows
 * and columns) by that of minus its inverse: the sweep operator (Goodnight 1979, A tutorial on the sweep operator) on 64 rows
 * at a time, size^3 operations. What is between `size` and the stride must be as in the identity matrix. Throws
 * BAD_REQUEST where the matrix is not positive definite to single precision.
 */
export async function sweepInverse(
  kernels: Kernels,
  matrix: Float32Array,
  size: number,
  signal: AbortSignal,
  progress: (fraction: number) => void,
): Promise<void> {
  const stride = strideOf(size)
  await kernels.scoped(async () => {
    const panels = kernels.float32(stride * block)
    const products = kernels.float32(stride * block)
    const inverse = kernels.float32(block * block)
    const chunks = Math.ceil(stride / rowsInChunk)
    for (let first = 0; first < stride; first += block) {
      const width = Math.min(block, stride - first)
      const diagonal = invertBlock(matrix, stride, first, width)
      for (let row = 0; row < width; row++) inverse.set(diagonal.subarray(row * width, (row + 1) * width), row * block)
      const panelValues = [matrix, stride, first, width, inverse, panels, products, rowsInChunk]
      await kernels.run('sweepPanelsChunk', chunks, panelValues, signal)
      await kernels.run('sweepUpdateChunk', chunks, [matrix, stride, width, panels, products, rowsInChunk], signal)
      for (let row = 0; row < width; row++) {
        for (let column = 0; column <= row; column++) {
          matrix[(first + row) * stride + first + column] = -diagonal[row * width + column]
        }
      }
      progress((first + width) / stride)
    }
  })
}

/** The inverse of a block on the diagonal, from its lower triangle, by sweeping one row after the other. */
function invertBlock(matrix: Float32Array, stride: number, first: number, width: number): Float64Array {
  const block = new Float64Array(width * width)
  for (let row = 0; row < width; row++) {
    for (let column = 0; column <= row; column++) {
      const value = matrix[(first + row) * stride + first + column]
      block[row * width + column] = value
      block[column * width + row] = value
    }
  }
  for (let pivot = 0; pivot < width; pivot++) {
    const value = block[pivot * width + pivot]
    if (!(value > 0)) {
      const message = 'params.regularization: it is too small for this data, the equations cannot be solved. Raise it.'
      throw new TopnError('BAD_REQUEST', message, { field: 'params.regularization' })
    }
    for (let row = 0; row < width; row++) {
      if (row === pivot) continue
      const factor = block[row * width + pivot] / value
      for (let column = 0; column < width; column++) {
        if (column !== pivot) block[row * width + column] -= factor * block[pivot * width + column]
      }
      block[row * width + pivot] = factor
    }
    for (let column = 0; column < width; column++) {
      if (column !== pivot) block[pivot * width + column] /= value
    }
    block[pivot * width + pivot] = -1 / value
  }
  return block.map((value) => -value)
}
