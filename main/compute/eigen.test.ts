import { expect, test } from 'vitest'
import { createRandom } from '../models/random'
import { symmetricEigen } from './eigen'

test('two by two, by hand', async () => {
  // (2 1; 1 2) has 3 along (1, 1) and 1 along (1, -1).
  const { values, vectors } = await symmetricEigen([2, 1, 1, 2], 2)
  expect(values[0]).toBeCloseTo(3, 12)
  expect(values[1]).toBeCloseTo(1, 12)
  expect(vectors[0] * vectors[2]).toBeCloseTo(1 / 2, 12)
  expect(vectors[1] * vectors[3]).toBeCloseTo(-1 / 2, 12)
})

test.each([1, 3, 20, 57])('a matrix of %i rows is what its vectors and values make', async (size) => {
  const random = createRandom(size)
  const matrix = new Float64Array(size * size)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      matrix[row * size + column] = random.normal()
      matrix[column * size + row] = matrix[row * size + column]
    }
  }
  const { values, vectors } = await symmetricEigen(matrix, size)
  expect([...values]).toEqual([...values].sort((a, b) => b - a))
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      let [made, unit] = [0, 0]
      for (let at = 0; at < size; at++) {
        made += values[at] * vectors[row * size + at] * vectors[column * size + at]
        unit += vectors[at * size + row] * vectors[at * size + column]
      }
      expect(made).toBeCloseTo(matrix[row * size + column], 9)
      expect(unit).toBeCloseTo(row === column ? 1 : 0, 9)
    }
  }
})
