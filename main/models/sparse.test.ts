import { expect, test } from 'vitest'
import { presence, ratings, transposeValues } from './sparse'
import { interactionsOf } from './testing'

const repeated = interactionsOf([[4, 0, 4, 2, 0], [], [1]], 5, [[1, 2, 3, 4, 5], [], [6]])

test('repeated pairs are present once, and have their last rating', () => {
  const { offsets, indices, values } = ratings(repeated)
  expect([...offsets]).toEqual([0, 3, 3, 4])
  expect([...indices]).toEqual([0, 2, 4, 1])
  expect([...values]).toEqual([5, 4, 3, 6])
  expect(presence(repeated)).toMatchObject({ offsets, indices })
})

test('a transpose has columns for rows, and transposed again it is the matrix', () => {
  const matrix = ratings(repeated)
  const transposed = transposeValues(matrix)
  expect([...transposed.offsets]).toEqual([0, 1, 2, 3, 3, 4])
  expect([...transposed.indices]).toEqual([0, 2, 0, 0])
  expect([...transposed.values]).toEqual([5, 6, 4, 3])
  expect(transposeValues(transposed)).toEqual(matrix)
})
