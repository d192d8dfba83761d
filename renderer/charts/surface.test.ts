import { expect, test } from 'vitest'
import { surfaceOf } from './surface'

test('a surface is what its points say, and their weighted mean between them', () => {
  // Middles of 2 x 2 cells: 0.25 and 0.75.
  const points = [
    { x: 0.25, y: 0.25, value: 4 },
    { x: 0.75, y: 0.25, value: 8 },
  ]
  const [atFirst, atSecond, aboveFirst] = surfaceOf(points, 2)
  expect([atFirst, atSecond]).toEqual([4, 8])
  // Half a unit above the first: squares 0.25 and 0.5, weights 4 and 2.
  expect(aboveFirst).toBeCloseTo((4 * 4 + 2 * 8) / 6, 12)
  expect(surfaceOf([], 2)).toEqual([])
  const many = Array.from({ length: 30 }, (_, at) => ({ x: at / 30, y: 0.5, value: 3 }))
  for (const value of surfaceOf(many, 4)) expect(value).toBeCloseTo(3, 12)
})
