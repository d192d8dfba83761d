import type { TensorInfo } from '@tensorflow/tfjs-core'
import type { Tf } from '../tensorflow'
import { type OwnKernel, sizeOf } from './heap'

/** Products of the last two axes; the axes before them are broadcast. */
export function matMul(tf: Tf): OwnKernel {
  let scratch: TensorInfo | undefined
  return ({ inputs, attrs, kernels, make, pointer }) => {
    const { a, b } = inputs as Record<string, TensorInfo>
    const [left, right] = [lying(a, attrs.transposeA === true), lying(b, attrs.transposeB === true)]
    const [ofLeft, ofRight] = [a.shape.slice(0, -2), b.shape.slice(0, -2)]
    const batches = tf.broadcast_util.assertAndGetBroadcastShape(ofLeft, ofRight)
    scratch ??= make([kernels.gemmScratchBytes() / 4])
    const output = make([...batches, left.rows, right.columns])
    const [from, to, into, working] = [a, b, output, scratch].map(pointer)
    const [lefts, rights] = [placesOf(batches, ofLeft), placesOf(batches, ofRight)]
    lefts.forEach((place, at) => {
      kernels.gemm(
        from + place * left.bytes,
        left.rowStep,
        left.columnStep,
        to + rights[at] * right.bytes,
        right.rowStep,
        right.columnStep,
        into + at * left.rows * right.columns * 4,
        left.rows,
        left.columns,
        right.columns,
        working,
      )
    })
    return output
  }
}

/** A matrix as it is meant, and how it lies. */
function lying({ shape }: TensorInfo, isTransposed: boolean) {
  const [rows, columns] = shape.slice(-2)
  const bytes = rows * columns * 4
  return isTransposed
    ? { rows: columns, columns: rows, rowStep: 1, columnStep: columns, bytes }
    : { rows, columns, rowStep: columns, columnStep: 1, bytes }
}

/** For each matrix of the result the place of its factor, of which axes of size 1 are repeated. */
function placesOf(batches: readonly number[], own: readonly number[]): Uint32Array {
  const places = new Uint32Array(sizeOf(batches))
  let [inner, step] = [1, 1]
  for (let axis = batches.length - 1; axis >= 0; axis--) {
    const size = own[axis - (batches.length - own.length)] ?? 1
    if (size > 1) for (let at = 0; at < places.length; at++) places[at] += (Math.floor(at / inner) % size) * step
    inner *= batches[axis]
    step *= size
  }
  return places
}
