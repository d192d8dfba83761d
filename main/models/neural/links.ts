import type { NamedArrays, Tf, TfTensor } from '../../compute/tensorflow/tensorflow'
import { type BinaryRows, transpose } from '../sparse'

/** Links of one kind of rows to another, on the device, from both ends. */
export interface Links {
  readonly forward: LinkedRows
  readonly backward: LinkedRows
}

interface LinkedRows {
  readonly rows: number
  /** What each link leads to; links stand row by row. */
  readonly ends: TfTensor
  /** The row of each link. Made where it is asked for: devices look at it before it is on them. */
  starts(): TfTensor
}

/** Links that stay on the device until they are closed. */
export function openLinks(tf: Tf, matrix: BinaryRows): Links & { close(): void } {
  const open = ({ rows, offsets, indices }: BinaryRows) => {
    const starts = rowsOfEntries(offsets)
    return { rows, ends: tf.tensor1d(Int32Array.from(indices), 'int32'), starts: () => tf.tensor1d(starts, 'int32') }
  }
  const [forward, backward] = [open(matrix), open(transpose(matrix))]
  return {
    forward,
    backward,
    close() {
      forward.ends.dispose()
      backward.ends.dispose()
    },
  }
}

/** Links as a part of a batch; `linksOf` finds them again among its tensors, for one use. */
export function linkArrays(matrix: BinaryRows): NamedArrays {
  const arrays = (name: string, { offsets, indices }: BinaryRows) => ({
    [`${name}_ends`]: { shape: [indices.length], data: Int32Array.from(indices) },
    [`${name}_starts`]: { shape: [indices.length], data: rowsOfEntries(offsets) },
  })
  return { ...arrays('forward', matrix), ...arrays('backward', transpose(matrix)) }
}

export function linksOf(batch: Readonly<Record<string, TfTensor>>, rows: number, columns: number): Links {
  return {
    forward: { rows, ends: batch.forward_ends, starts: () => batch.forward_starts },
    backward: { rows: columns, ends: batch.backward_ends, starts: () => batch.backward_starts },
  }
}

/** The row of each entry. */
function rowsOfEntries(offsets: Uint32Array): Int32Array {
  const rows = new Int32Array(offsets[offsets.length - 1])
  for (let row = 0; row < offsets.length - 1; row++) rows.fill(row, offsets[row], offsets[row + 1])
  return rows
}

/** For each row the sum of the rows of `x` that it is linked to. Nothing is kept for the gradient, which is the same the other way. */
export function linkedSums(tf: Tf, x: TfTensor, { forward, backward }: Links): TfTensor {
  const operation = tf.customGrad((values) => ({
    value: sums(tf, values as TfTensor, forward),
    gradFunc: (change) => sums(tf, change as TfTensor, backward),
  }))
  return operation(x)
}

function sums(tf: Tf, x: TfTensor, { rows, ends, starts }: LinkedRows): TfTensor {
  if (ends.shape[0] === 0) return tf.zeros([rows, x.shape[1] ?? 1])
  const filled = tf.sparse.sparseSegmentSum(
    x,
    ends as ReturnType<Tf['tensor1d']>,
    starts() as ReturnType<Tf['tensor1d']>,
  )
  const missing = rows - filled.shape[0]
  return missing === 0
    ? filled
    : tf.pad(filled, [
        [0, missing],
        [0, 0],
      ])
}
