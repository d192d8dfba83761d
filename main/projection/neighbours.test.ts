import { expect, test } from 'vitest'
import { approximateNeighbours } from './approximate-neighbours'
import { exactNeighbours, nearestNeighbours } from './neighbours'
import { distanceOf, type Space, spaceOf } from './space'
import { contextOf, groupsOf, vectorsOf } from './testing/context'

const corner = vectorsOf([
  [0, 0],
  [1, 0],
  [0, 3],
  [10, 10],
])

test('Euclidean neighbours and distances, by hand', async () => {
  const space = spaceOf(corner, 'euclidean')
  const { indices, squared } = await nearestNeighbours(space, 2, await contextOf())
  expect([...indices]).toEqual([1, 2, 0, 2, 0, 1, 2, 1])
  const wanted = [1, 3, 1, Math.sqrt(10), 3, Math.sqrt(10), Math.sqrt(149), Math.sqrt(181)]
  squared.forEach((value, at) => {
    expect(distanceOf(space, value)).toBeCloseTo(wanted[at], 5)
  })
})

test('neighbours by the cosine, whatever the lengths', async () => {
  const space = spaceOf(
    vectorsOf([
      [1, 0],
      [100, 1],
      [1, 1],
      [0, 5],
    ]),
    'cosine',
  )
  const { indices, squared } = await nearestNeighbours(space, 1, await contextOf())
  expect([...indices]).toEqual([1, 0, 1, 2])
  expect(distanceOf(space, squared[2])).toBeCloseTo(1 - 101 / Math.sqrt(10_001 * 2), 5)
})

/** Every pair, by the definition. */
function byDefinition({ count, dimensions, data }: Space, k: number): number[][] {
  return Array.from({ length: count }, (_, one) => {
    const lengths = Array.from({ length: count }, (_, other) => {
      let sum = 0
      for (let at = 0; at < dimensions; at++) sum += (data[one * dimensions + at] - data[other * dimensions + at]) ** 2
      return { other, sum }
    }).filter(({ other }) => other !== one)
    return lengths
      .sort((a, b) => a.sum - b.sum || a.other - b.other)
      .slice(0, k)
      .map(({ other }) => other)
  })
}

test('in blocks as by the definition, at any number of threads', async () => {
  const space = spaceOf(groupsOf(2100, 6, 9), 'euclidean')
  const wanted = byDefinition(space, 10).flat()
  for (const threads of [1, 3]) {
    expect([...(await exactNeighbours(space, 10, await contextOf(threads))).indices]).toEqual(wanted)
  }
})

test('approximate ones are nearly all true, and the same at any number of threads', async () => {
  const space = spaceOf(groupsOf(1500, 16, 11), 'euclidean')
  const wanted = byDefinition(space, 15)
  const found = await approximateNeighbours(space, 15, await contextOf(2))
  const hits = wanted.reduce((sum, own, point) => {
    const near = new Set(found.indices.subarray(point * 15, (point + 1) * 15))
    return sum + own.filter((other) => near.has(other)).length
  }, 0)
  expect(hits / (1500 * 15)).toBeGreaterThan(0.98)
  expect((await approximateNeighbours(space, 15, await contextOf(1))).indices).toEqual(found.indices)
})

test('points that are all alike have neighbours all the same', async () => {
  const space = spaceOf(vectorsOf(Array.from({ length: 300 }, () => [2, 2, 2])), 'cosine')
  for (const find of [exactNeighbours, approximateNeighbours]) {
    const { indices, squared } = await find(space, 5, await contextOf())
    expect(Math.max(...squared)).toBeLessThan(1e-9)
    indices.forEach((other, at) => {
      expect(other).not.toBe(Math.floor(at / 5))
      expect(other).toBeLessThan(300)
    })
  }
})

test('a cancelled search ends', async () => {
  const controller = new AbortController()
  const context = await contextOf(1, 1, controller.signal)
  controller.abort(new Error('given up'))
  await expect(exactNeighbours(spaceOf(corner, 'cosine'), 2, context)).rejects.toThrow('given up')
})
