import { expect, test } from 'vitest'
import { paretoFront, type Valued } from './pareto'

const more = { x: false, y: false }

/** By the definition. */
function slowFront(points: Valued[], less: { x: boolean; y: boolean }): Set<number> {
  const atLeast = (a: number, b: number, isLess: boolean) => (isLess ? a <= b : a >= b)
  const dominates = (a: Valued, b: Valued) =>
    atLeast(a.x, b.x, less.x) && atLeast(a.y, b.y, less.y) && (a.x !== b.x || a.y !== b.y)
  return new Set(points.flatMap((point, at) => (points.some((other) => dominates(other, point)) ? [] : [at])))
}

test('a front by hand, in the order of x', () => {
  const points = [
    { x: 3, y: 1 },
    { x: 1, y: 3 },
    { x: 2, y: 2 },
    { x: 1, y: 2 },
    { x: 2, y: 1 },
  ]
  expect(paretoFront(points, more)).toEqual([1, 2, 0])
  expect(paretoFront(points, { x: true, y: false })).toEqual([1])
  expect(paretoFront(points, { x: true, y: true })).toEqual([3, 4])
})

test('equal points are in the front together, and points without a value are not', () => {
  const points = [
    { x: 1, y: 1 },
    { x: 1, y: 1 },
    { x: 1, y: 0 },
    { x: Number.NaN, y: 9 },
    { x: Number.POSITIVE_INFINITY, y: 0 },
  ]
  expect(paretoFront(points, more)).toEqual([0, 1])
  expect(paretoFront([], more)).toEqual([])
})

test('it is the front of the definition', () => {
  let seed = 7
  const random = (count: number) => {
    seed = (seed * 48271) % 2147483647
    return seed % count
  }
  for (let round = 0; round < 50; round++) {
    const points = Array.from({ length: 30 }, () => ({ x: random(9), y: random(9) }))
    for (const less of [more, { x: true, y: false }, { x: false, y: true }, { x: true, y: true }])
      expect(new Set(paretoFront(points, less))).toEqual(slowFront(points, less))
  }
})
