import type { Compression } from '../contract/exports'
import { fromHalf, toHalf } from '../files/half'
import type { TypedBytes } from '../files/safetensors'
import type { Tensor, Tensors } from '../models/model'

/** The arrays of a model as they are written, and what they are worth: the numbers that a reader gets back. */
export interface Compressed {
  written: Record<string, TypedBytes>
  restored: Tensors
}

/**
 * Makes the matrices of a model smaller; single rows of numbers, such as biases, and whole numbers stay as they are. int8
 * has a scale for each row in `NAME.scale`: value = byte x scale.
 */
export function compress(tensors: Tensors, { precision, prune }: Compression): Compressed {
  const written: Compressed['written'] = {}
  const restored: Tensors = {}
  for (const [name, tensor] of Object.entries(tensors)) {
    const { shape, data } = tensor
    if (!(data instanceof Float32Array) || shape.length < 2) {
      written[name] = { dtype: typeNames.get(data.constructor) ?? '', shape, data }
      restored[name] = tensor
      continue
    }
    const pruned = { shape, data: pruneSmallest(data, prune) }
    Object.assign(written, writers[precision](name, pruned))
    restored[name] = { shape, data: restorers[precision](pruned) }
  }
  return { written, restored }
}

const typeNames = new Map<unknown, string>([
  [Float64Array, 'F64'],
  [Float32Array, 'F32'],
  [Int32Array, 'I32'],
  [Uint32Array, 'U32'],
  [Uint8Array, 'U8'],
])

interface Matrix extends Tensor {
  readonly data: Float32Array
}

const writers: Record<Compression['precision'], (name: string, matrix: Matrix) => Record<string, TypedBytes>> = {
  float32: (name, { shape, data }) => ({ [name]: { dtype: 'F32', shape, data } }),
  float16: (name, { shape, data }) => ({ [name]: { dtype: 'F16', shape, data: Uint16Array.from(data, toHalf) } }),
  int8(name, matrix) {
    const { shape } = matrix
    const { bytes, scales } = quantise(matrix)
    return {
      [name]: { dtype: 'I8', shape, data: bytes },
      [`${name}.scale`]: { dtype: 'F32', shape: [scales.length], data: scales },
    }
  },
}

const restorers: Record<Compression['precision'], (matrix: Matrix) => Float32Array> = {
  float32: ({ data }) => data,
  float16: ({ data }) => data.map((value) => fromHalf(toHalf(value))),
  int8(matrix) {
    const { bytes, scales, length } = quantise(matrix)
    return Float32Array.from(bytes, (byte, at) => byte * scales[Math.floor(at / length)])
  },
}

/** Rows between -127 and 127 of their own scale. What is not a number becomes 0. */
function quantise({ shape, data }: Matrix) {
  const length = Math.max(1, data.length / shape[0])
  const scales = new Float32Array(shape[0])
  const bytes = new Int8Array(data.length)
  for (let row = 0; row < shape[0]; row++) {
    const values = data.subarray(row * length, (row + 1) * length)
    let largest = 0
    for (const value of values) largest = Math.max(largest, Math.abs(value) || 0)
    scales[row] = largest / 127
    if (largest > 0)
      bytes.set(
        values.map((value) => Math.round(value / scales[row]) || 0),
        row * length,
      )
  }
  return { bytes, scales, length }
}

/** The values with the smallest share of them, by magnitude, set to 0. */
function pruneSmallest(data: Float32Array, share: number): Float32Array {
  const count = Math.floor(data.length * share)
  if (count === 0) return data
  const bound = data.map(Math.abs).sort()[count - 1]
  return data.map((value) => (Math.abs(value) <= bound ? 0 : value))
}
