import { expect, test } from 'vitest'
import { elbow, kMeans, silhouettes } from './k-means'
import { spaceOf } from './space'
import { contextOf, groupsOf, vectorsOf } from './testing/context'

const line = vectorsOf([[0], [1], [2], [10], [12]])

test('two clusters on a line, by hand', async () => {
  const space = spaceOf(line, 'euclidean')
  const found = await kMeans(space, 2, await contextOf())
  expect([...found.labels]).toEqual([0, 0, 0, 1, 1])
  // 1 + 0 + 1 around 1, and 1 + 1 around 11.
  expect(found.inertia).toBeCloseTo(4, 4)
})

test('the silhouette of them, by hand', async () => {
  const space = spaceOf(line, 'euclidean')
  const labels = Uint32Array.of(0, 0, 0, 1, 1)
  const [mean] = await silhouettes(space, [{ k: 2, labels, inertia: 4 }], await contextOf())
  // (b - a) / max(a, b): of 0 (11 - 1.5) / 11, of 1 (10 - 1) / 10, of 2 (9 - 1.5) / 9, of 10 (9 - 2) / 9, of 12 (11 - 2) / 11.
  expect(mean).toBeCloseTo((9.5 / 11 + 9 / 10 + 7.5 / 9 + 7 / 9 + 9 / 11) / 5, 5)
})

test('groups are found, the same ones at any number of threads', async () => {
  const space = spaceOf(groupsOf(600, 8, 4), 'euclidean')
  const found = await kMeans(space, 4, await contextOf(2))
  const groups = new Set(Array.from(found.labels, (label, point) => `${label} ${point % 4}`))
  expect(groups.size).toBe(4)
  expect((await kMeans(space, 4, await contextOf(1))).labels).toEqual(found.labels)
})

test('more clusters than points are as many as points; the largest one comes first', async () => {
  const space = spaceOf(vectorsOf([[1], [1], [5]]), 'euclidean')
  const found = await kMeans(space, 2, await contextOf())
  expect([...found.labels]).toEqual([0, 0, 1])
  expect((await kMeans(space, 9, await contextOf())).k).toBe(3)
})

test('the elbow is where the fall ends', () => {
  expect(elbow([100, 60, 20, 18, 16, 15])).toBe(2)
  expect(elbow([5, 5, 5])).toBe(0)
})
