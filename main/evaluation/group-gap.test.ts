import { expect, test } from 'vitest'
import { groupGap } from './group-gap'

test('the gap is between the best and the worst group that have a mean', () => {
  const groups = [
    { group: 'light', mean: 0.125 },
    { group: 'cold', mean: null },
    { group: 'heavy', mean: 0.375 },
    { group: 'middle', mean: 0.2 },
  ]
  expect(groupGap(groups)).toEqual({ gap: 0.25, highest: 'heavy', lowest: 'light' })
})

test('there is no gap where fewer than two groups have a mean; equal means have none', () => {
  expect(
    groupGap([
      { group: 'a', mean: 1 },
      { group: 'b', mean: Number.NaN },
    ]),
  ).toBeNull()
  expect(
    groupGap([
      { group: 'a', mean: 1 },
      { group: 'b', mean: 1 },
    ])?.gap,
  ).toBe(0)
})
