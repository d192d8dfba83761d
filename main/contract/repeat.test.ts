import { expect, test } from 'vitest'
import { spreadOf } from './repeat'

test('mean and sample standard deviation', () => {
  // Deviations from 5: -3 -1 -1 -1 0 0 2 4, squares 9 1 1 1 0 0 4 16 = 32; 32 / 7 = 4.571.
  expect(spreadOf([2, 4, 4, 4, 5, 5, 7, 9])).toEqual({ mean: 5, deviation: Math.sqrt(32 / 7) })
  expect(spreadOf([0.25])).toEqual({ mean: 0.25, deviation: null })
})
