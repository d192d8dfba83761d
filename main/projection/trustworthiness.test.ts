import { expect, test } from 'vitest'
import { spaceOf } from './space'
import { contextOf, groupsOf, vectorsOf } from './testing/context'
import { trustworthiness } from './trustworthiness'

const every = (count: number) => Uint32Array.from({ length: count }, (_, at) => at)

test('a layout that is the space is fully trustworthy', async () => {
  const vectors = groupsOf(200, 2, 3)
  expect(await trustworthiness(spaceOf(vectors, 'euclidean'), vectors.data, 15, every(200), await contextOf())).toBe(1)
})

test('one pair that is torn in, by hand', async () => {
  // On a line 0 1 3 7 15; the layout puts 15 beside 0, so that with k = 1 it is its nearest neighbour: rank 4 of 4.
  const space = spaceOf(vectorsOf([[0], [1], [3], [7], [15]]), 'euclidean')
  const layout = Float32Array.of(0, 0, 1, 0, 3, 0, 7, 0, -0.5, 0)
  // Beyond the first rank: 15 for 0 by 3; for 15 its nearest 0 is its rank 4, by 3. Scale: 2 / (5 (10 - 3 - 1)).
  expect(await trustworthiness(space, layout, 1, every(5), await contextOf())).toBeCloseTo(1 - (2 / 30) * 6, 6)
})
