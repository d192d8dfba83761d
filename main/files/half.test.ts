import { expect, test } from 'vitest'
import { fromHalf, toHalf } from './half'

test('every half is itself again', () => {
  for (let half = 0; half < 0x10000; half++) {
    const value = fromHalf(half)
    if (Number.isNaN(value)) expect(fromHalf(toHalf(value))).toBeNaN()
    else expect(toHalf(value), String(value)).toBe(half)
  }
})

test.each([
  // Bits as NumPy's float16 gives them.
  [1 / 3, 0x3555],
  [65504, 0x7bff],
  [65519.99, 0x7bff],
  [65520, 0x7c00],
  [2 ** -24, 0x0001],
  [2 ** -25, 0x0000],
  [2 ** -25 * 1.0001, 0x0001],
  [1 + 2 ** -11, 0x3c00],
  [1 + 3 * 2 ** -11, 0x3c02],
  [-0.1, 0xae66],
])('%d becomes %i', (value, half) => {
  expect(toHalf(value)).toBe(half)
})
