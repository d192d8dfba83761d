import { expect, test } from 'vitest'
import { ranksOf } from './profiles'

test('the highest is first; equal values, but for rounding, have the same rank', () => {
  expect(ranksOf([0.2, 0.5, 0.1 + 0.1, 0.4, Number.NaN, 0])).toEqual([3, 1, 3, 2, null, 5])
  expect(ranksOf([0.1 + 0.2, 0.3])).toEqual([1, 1])
  expect(ranksOf([])).toEqual([])
})
