import { expect, test } from 'vitest'
import { principalComponents as independent } from '../data/features/principal-components'
import { principalComponents } from './pca'
import { contextOf, groupsOf, vectorsOf } from './testing/context'

test('four points, by hand', async () => {
  // Around (10, 20): the variances 18 / 4 and 2 / 4 lie along the axes.
  const rows = [
    [13, 20],
    [7, 20],
    [10, 21],
    [10, 19],
  ]
  const { coordinates, explained } = await principalComponents(vectorsOf(rows), 2, await contextOf())
  expect([...coordinates].map((value) => Number(value.toFixed(5)) + 0)).toEqual([3, 0, -3, 0, 0, 1, 0, -1])
  expect(explained[0]).toBeCloseTo(0.9, 6)
  expect(explained[1]).toBeCloseTo(0.1, 6)
})

test.each([10, 130])('as computed in double precision by another way, of %i dimensions', async (dimensions) => {
  const vectors = groupsOf(300, dimensions, 5)
  const { coordinates, explained } = await principalComponents(vectors, 2, await contextOf())
  const other = independent(Float64Array.from(vectors.data), dimensions, 2)
  coordinates.forEach((value, at) => {
    expect(value).toBeCloseTo(other.scores[at], 2)
  })
  explained.forEach((share, at) => {
    expect(share).toBeCloseTo(other.explainedVariance[at], 5)
  })
})

test('a vector of one number has a second coordinate of 0', async () => {
  const { coordinates } = await principalComponents(vectorsOf([[1], [3]]), 2, await contextOf())
  expect([...coordinates]).toEqual([-1, 0, 1, 0])
})
