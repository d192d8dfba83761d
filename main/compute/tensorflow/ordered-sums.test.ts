import { expect, test } from 'vitest'
import { sortedRows } from './ordered-sums'

test('rows stand segment by segment, each segment in their order; those of none are left out', () => {
  const { sources, offsets } = sortedRows(Int32Array.of(2, 0, 2, -1, 5, 0, 2), 4)
  expect([...offsets]).toEqual([0, 2, 2, 5, 5])
  expect([...sources]).toEqual([1, 5, 0, 2, 6])
})

test('without rows every segment is empty', () => {
  const { sources, offsets } = sortedRows(new Int32Array(0), 2)
  expect([...offsets]).toEqual([0, 0, 0])
  expect(sources).toHaveLength(0)
})
