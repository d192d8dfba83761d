import { expect, test } from 'vitest'
import type { Tensors } from '../models/model'
import { compress } from './compress'

const tensors: Tensors = {
  factors: { shape: [2, 3], data: Float32Array.of(1, -0.25, 0.125, 254, 127, -1) },
  biases: { shape: [2], data: Float32Array.of(1 / 3, 2) },
  known: { shape: [2], data: Uint8Array.of(1, 0) },
}

test('int8 has a scale for each row, and matrices alone are changed', () => {
  const { written, restored } = compress(tensors, { precision: 'int8', prune: 0 })
  // Row 0: scale 1 / 127; row 1: scale 2.
  expect(written.factors).toEqual({ dtype: 'I8', shape: [2, 3], data: Int8Array.of(127, -32, 16, 127, 64, 0) })
  expect(written['factors.scale'].data).toEqual(Float32Array.of(1 / 127, 2))
  expect(restored.factors.data[1]).toBeCloseTo(-32 / 127, 6)
  expect(restored.factors.data[4]).toBe(128)
  expect(restored.biases).toBe(tensors.biases)
  expect(written.known.dtype).toBe('U8')
})

test('the smallest share of a matrix becomes 0', () => {
  const { restored } = compress(tensors, { precision: 'float32', prune: 0.5 })
  expect(restored.factors.data).toEqual(Float32Array.of(0, 0, 0, 254, 127, 0))
})

test('float16 keeps eleven digits', () => {
  const { written, restored } = compress(tensors, { precision: 'float16', prune: 0 })
  expect(written.factors.data).toEqual(Uint16Array.of(0x3c00, 0xb400, 0x3000, 0x5bf0, 0x57f0, 0xbc00))
  expect(restored.factors.data).toEqual(tensors.factors.data)
})
