import { expect, test } from 'vitest'
import { rangeOf, spanOf } from './parallel-coordinates'

test('cells from above are parts of the axis from below, and back', () => {
  const axis = { cells: 4 }
  // The two uppermost quarters.
  const range = { first: [0, 0], last: [0, 1] } as const
  expect(spanOf(axis, range)).toEqual({ from: 0.5, to: 1 })
  expect(rangeOf(axis, { from: 0.5, to: 1 })).toEqual(range)
  expect(rangeOf({ cells: 20 }, { from: 0.25, to: 0.3 })).toEqual({ first: [0, 14], last: [0, 14] })
  expect(rangeOf(axis, undefined)).toBe(null)
})
