import { expect, test } from 'vitest'
import { nearestOf } from './nearest-of'
import { vectorsOf } from './testing/context'

const vectors = vectorsOf([
  [3, 4],
  [6, 8],
  [4, -3],
  [0, 1],
  [0, 0],
])

test('by the angle, by hand', () => {
  const found = nearestOf(vectors, 0, 'cosine', 3)
  expect(found.map(({ point }) => point)).toEqual([1, 3, 2])
  expect(found.map(({ distance }) => Number(distance.toFixed(6)))).toEqual([0, 0.2, 1])
})

test('by the length of the difference, equally near ones by index', () => {
  const found = nearestOf(vectors, 0, 'euclidean', 10)
  expect(found.map(({ point }) => point)).toEqual([3, 1, 4, 2])
  expect(found[1].distance).toBe(5)
  expect(found[2].distance).toBe(5)
})
