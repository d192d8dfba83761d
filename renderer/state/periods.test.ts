import { expect, test } from 'vitest'
import { periodsOf } from './periods'

test('times in equal periods, the last one closed', () => {
  expect(periodsOf([100, null, 149, 150, 200], 2)).toEqual([
    { from: 100, count: 2 },
    { from: 150, count: 2 },
  ])
  expect(periodsOf([5, 5], 2)).toEqual([])
  expect(periodsOf([null], 2)).toEqual([])
})
