import { expect, test } from 'vitest'
import { solveSymmetric } from './cholesky'

test('two equations, by hand', () => {
  // 4x + 2y = 10, 2x + 3y = 11: x = 1, y = 3.
  const side = Float64Array.of(10, 11)
  solveSymmetric(Float64Array.of(4, 0, 2, 3), 2, [side])
  expect(side[0]).toBeCloseTo(1, 12)
  expect(side[1]).toBeCloseTo(3, 12)
})

test('what it solves gives the sides again, and a row of nothing gives nothing', () => {
  const size = 7
  const root = Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (_, at) => Math.sin(3 * row + at ** 2)),
  )
  const matrix = root.map((left, row) =>
    root.map((right, column) => left.reduce((sum, value, at) => sum + value * right[at], row === column ? 0.5 : 0)),
  )
  const wanted = [Float64Array.from({ length: size }, (_, at) => at + 1), new Float64Array(size).fill(-2)]
  const sides = wanted.map((side) => side.slice())
  solveSymmetric(Float64Array.from(matrix.flat()), size, sides)
  for (const [at, side] of sides.entries()) {
    matrix.forEach((row, place) => {
      expect(row.reduce((sum, value, column) => sum + value * side[column], 0)).toBeCloseTo(wanted[at][place], 9)
    })
  }
  const none = Float64Array.of(3, 4)
  solveSymmetric(Float64Array.of(0, 0, 0, 2), 2, [none])
  expect(none[0]).toBe(0)
  expect(none[1]).toBeCloseTo(2, 12)
})
