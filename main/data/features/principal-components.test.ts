import { describe, expect, test } from 'vitest'
import { eigen } from './eigen'
import { principalComponents } from './principal-components'

describe('eigenvalues', () => {
  test('of a matrix solved by hand', () => {
    const { values, vectors } = eigen(Float64Array.of(2, 1, 1, 2), 2)
    expect([...values].map((value) => Number(value.toFixed(12)))).toEqual([3, 1])
    expect(Math.abs(vectors[0])).toBeCloseTo(Math.SQRT1_2, 12)
    expect(vectors[0]).toBeCloseTo(vectors[1], 12)
  })

  test('of the second difference matrix are known in closed form', () => {
    const size = 30
    const matrix = new Float64Array(size * size)
    for (let at = 0; at < size; at++) {
      matrix[at * size + at] = 2
      if (at > 0) matrix[at * size + at - 1] = matrix[(at - 1) * size + at] = -1
    }
    const { values } = eigen(matrix, size)
    values.forEach((value, at) => {
      expect(value).toBeCloseTo(2 - 2 * Math.cos((Math.PI * (size - at)) / (size + 1)), 10)
    })
  })
})

describe('principal components', () => {
  test('of points on a line, by hand', () => {
    // (0, 0), (3, 4), (6, 8): all variance along (0.6, 0.8), at distances -5, 0 and 5 from the mean.
    const found = principalComponents(Float64Array.of(0, 0, 3, 4, 6, 8), 2, 2)
    expect(found.explainedVariance[0]).toBeCloseTo(1, 12)
    expect([found.components[0], found.components[1]].map((x) => Number(x.toFixed(12)))).toEqual([0.6, 0.8])
    expect([0, 2, 4].map((at) => Number(found.scores[at].toFixed(12)))).toEqual([-5, 0, 5])
  })

  // Shares and scores: numpy.linalg.eigh on the centred scatter of the same numbers.
  const [rows, dimensions] = [40, 25]
  const data = Float64Array.from({ length: rows * dimensions }, (_, at) => {
    const [r, c] = [Math.floor(at / dimensions), at % dimensions]
    return Math.sin(1 + r * 0.7 + c * 1.3) + (c + 1) * Math.cos(r * r * 0.11 + c) + (c < 5 ? 3 * Math.sin(r * 0.5) : 0)
  })
  test.each([3, 25])('%i of 25 equal those of numpy', (count) => {
    const found = principalComponents(data, dimensions, count)
    const shares = [0.5194151109911733, 0.4686830278673253, 0.00773832275568492]
    for (const [at, share] of shares.entries()) expect(found.explainedVariance[at]).toBeCloseTo(share, 8)
    const scores = [21.588298937023534, -39.572487046483914, 27.290704983272622, -36.985070145219304]
    const own = [0, 1, count, count + 1].map((at) => found.scores[at])
    for (const [at, score] of own.entries()) expect(score).toBeCloseTo(scores[at], 5)
  })

  test('of constant rows explain nothing', () => {
    expect(principalComponents(Float64Array.of(1, 2, 1, 2), 2, 1).explainedVariance).toEqual([0])
  })
})
