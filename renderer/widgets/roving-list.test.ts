import { expect, test } from 'vitest'
import { itemAfter } from './roving-list'

test('arrow keys, Home and End lead through a list and not out of it', () => {
  const from = (at: number) => ['ArrowUp', 'ArrowDown', 'Home', 'End'].map((key) => itemAfter(key, at, 3))
  expect(from(0)).toEqual([null, 1, 0, 2])
  expect(from(1)).toEqual([0, 2, 0, 2])
  expect(from(2)).toEqual([1, null, 0, 2])
  expect(itemAfter('a', 1, 3)).toBe(null)
})
