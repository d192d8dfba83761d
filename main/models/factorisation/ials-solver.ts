import { fillGram } from '../../compute/gram'
import type { Kernels } from '../../compute/kernels/kernels'
import type { Parameters } from '../model'
import type { BinaryRows } from '../sparse'
import { paddedLength } from './factors'

/** Few, so that a cancel is heard soon even where rows have very many interactions. */
const rowsInChunk = 16

export const lengthOf = ({ embedding_size }: Parameters) => paddedLength(Number(embedding_size))

/** One side's vectors, its interactions with the other side, and what its rows are regularised by, in shared memory. */
export interface Side {
  rows: number
  factors: Float32Array
  offsets: Uint32Array
  indices: Uint32Array
  regularization: Float32Array
  /** For each row its part of the objective after it was last solved for, and the part of that which regularises. */
  objectives: Float32Array
}

/** r of a row with so many interactions, of so many rows on the other side: regularization x its total confidence ^ exponent. */
export function regularizationOf(params: Parameters, others: number, interactions: number): number {
  const [lambda, exponent, alpha] = ['regularization', 'regularization_exponent', 'alpha'].map((name) =>
    Number(params[name]),
  )
  return lambda * (others + alpha * interactions) ** exponent
}

/** Vectors of zeros, in shared memory. */
export function createSide(
  kernels: Kernels,
  { rows, columns, offsets, indices }: BinaryRows,
  params: Parameters,
): Side {
  const weights = kernels.float32(rows)
  for (let row = 0; row < rows; row++) weights[row] = regularizationOf(params, columns, offsets[row + 1] - offsets[row])
  return {
    rows,
    factors: kernels.float32(rows * lengthOf(params)),
    offsets: kernels.share(offsets),
    indices: kernels.share(indices),
    regularization: weights,
    objectives: kernels.float32(rows * 2),
  }
}

/**
 * The objective once `last` was solved for. The rows of `last` hold all of it but the regularisation of
 * `first`; a row without interactions is zero and costs nothing.
 */
export function objectiveOf(first: Side, last: Side): number {
  let sum = 0
  for (let at = 0; at < last.objectives.length; at += 2) sum += last.objectives[at]
  for (let at = 1; at < first.objectives.length; at += 2) sum += first.objectives[at]
  return sum
}

/** Solves one side's rows against the other side's vectors. */
export function createSolver(kernels: Kernels, params: Parameters) {
  const length = lengthOf(params)
  const gram = kernels.float32(length * length)
  const scratch = kernels.float32(kernels.threads * length * 3)
  return {
    async solve(side: Side, other: Side, signal?: AbortSignal): Promise<void> {
      await fillGram(kernels, gram, other.factors, other.rows, length, signal)
      const sizes = [side.rows, length, Number(params.alpha), Number(params.conjugate_gradient_steps), rowsInChunk]
      const { factors, offsets, indices, regularization, objectives } = side
      const places = [factors, other.factors, gram, offsets, indices, regularization, objectives]
      await kernels.run('solveChunk', Math.ceil(side.rows / rowsInChunk), [...places, ...sizes, scratch], signal)
    },
  }
}
