import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRandom } from '../models/random'
import { createCompute } from './create'
import { strideOf, sweepInverse } from './inverse'

let compute: Awaited<ReturnType<typeof createCompute>>
beforeAll(async () => {
  compute = await createCompute({ threads: 2 })
})
afterAll(() => compute.close())

const unattended = [new AbortController().signal, () => {}] as const

/** A random symmetric positive definite matrix as the kernels hold it; what is beyond its size has a diagonal of ones. */
function positive(size: number): Float64Array[] {
  const random = createRandom(size)
  const factor = Array.from({ length: size }, () => Float64Array.from({ length: size }, () => random.normal()))
  const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, at) => sum + value * b[at], 0)
  return factor.map((a, row) => Float64Array.from(factor, (b, column) => dot(a, b) + (row === column ? size : 0)))
}

function lay(matrix: Float64Array[]): Float32Array {
  const stride = strideOf(matrix.length)
  const laid = compute.kernels.float32(stride * stride)
  matrix.forEach((row, at) => {
    laid.set(row, at * stride)
  })
  for (let at = matrix.length; at < stride; at++) laid[at * stride + at] = 1
  return laid
}

test.each([1, 5, 64, 65, 100, 203])('a matrix of %i rows times what it becomes is minus one', async (size) => {
  const matrix = positive(size)
  const stride = strideOf(size)
  await compute.kernels.scoped(async () => {
    const swept = lay(matrix)
    await sweepInverse(compute.kernels, swept, size, ...unattended)
    const inverse = (row: number, column: number) => swept[Math.max(row, column) * stride + Math.min(row, column)]
    for (let row = 0; row < size; row++) {
      for (let column = 0; column < size; column++) {
        const product = matrix[row].reduce((sum, value, at) => sum + value * inverse(at, column), 0)
        expect(product, `${row}, ${column}`).toBeCloseTo(row === column ? -1 : 0, 4)
      }
    }
  })
})

test('a matrix that is not positive definite is refused', async () => {
  const matrix = positive(70)
  matrix[66].fill(0)
  for (const row of matrix) row[66] = 0
  await compute.kernels.scoped(async () => {
    await expect(sweepInverse(compute.kernels, lay(matrix), 70, ...unattended)).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    })
  })
})
