import { expect, test } from 'vitest'
import { symmetric } from './graph'

test('edges from both sides are joined, those from one side count from there', () => {
  // 0 names 1 and 2, 1 names 0 and 2, 2 names 1 and 0 with nothing.
  const nearest = { k: 2, indices: Uint32Array.of(1, 2, 0, 2, 1, 0), squared: new Float32Array(6) }
  const weights = Float32Array.of(1, 0.5, 0.25, 0, 0, 0)
  const { offsets, neighbours, weights: joined } = symmetric(nearest, weights, (there, back) => there + 2 * back)
  const edges = [0, 1, 2].flatMap((point) =>
    Array.from({ length: offsets[point + 1] - offsets[point] }, (_, at) => [
      point,
      neighbours[offsets[point] + at],
      joined[offsets[point] + at],
    ]),
  )
  expect(edges).toEqual([
    [0, 1, 1.5],
    [0, 2, 0.5],
    [1, 0, 2.25],
    [2, 0, 1],
  ])
})
