import { expect, test } from 'vitest'
import { featureRowsOf } from '../models/testing'
import { usualValues } from './task-ask'

test('a column of a new item has the mean of those items that have anything there, and 1 where none has', () => {
  const rows = featureRowsOf([{ 0: 1, 2: 4 }, { 2: 2 }, { 3: 0.5 }], 5)
  expect([...usualValues(rows, Uint32Array.of(1, 2, 3))]).toEqual([1, 3, 0.5])
})
