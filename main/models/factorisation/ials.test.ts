import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createCompute } from '../../compute/create'
import type { FittedModel, Interactions } from '../model'
import { createRandom } from '../random'
import { fitModel, historyOf, interactionsOf, scoresOf, tastes } from '../testing'
import { ials } from './ials'

let compute: Awaited<ReturnType<typeof createCompute>>
beforeAll(async () => {
  compute = await createCompute({ threads: 2 })
})
afterAll(() => compute.close())

type Vectors = number[][]

function rowsOf(fitted: FittedModel, name: 'user_factors' | 'item_factors'): Vectors {
  const { shape, data } = fitted.tensors[name]
  return Array.from({ length: shape[0] }, (_, row) => [...data.subarray(row * shape[1], (row + 1) * shape[1])])
}

const dot = (a: number[], b: number[]) => a.reduce((sum, value, at) => sum + value * b[at], 0)

/** Hu, Koren and Volinsky's normal equations of one row, in double precision, by Cholesky's method. */
function solveRow(history: ReadonlySet<number>, others: Vectors, alpha: number, weight: number): number[] {
  const size = others[0].length
  const matrix = Array.from({ length: size }, (_, i) => Array.from({ length: size }, (_, j) => (i === j ? weight : 0)))
  const right = new Array<number>(size).fill(0)
  others.forEach((other, index) => {
    const confidence = history.has(index) ? 1 + alpha : 1
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) matrix[i][j] += confidence * other[i] * other[j]
      if (history.has(index)) right[i] += confidence * other[i]
    }
  })
  const lower = matrix.map((row) => row.map(() => 0))
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      const rest = matrix[i][j] - dot(lower[i].slice(0, j), lower[j].slice(0, j))
      lower[i][j] = i === j ? Math.sqrt(rest) : rest / lower[j][j]
    }
  }
  const half = right.slice()
  for (let i = 0; i < size; i++) half[i] = (half[i] - dot(lower[i].slice(0, i), half.slice(0, i))) / lower[i][i]
  for (let i = size - 1; i >= 0; i--) {
    for (let j = i + 1; j < size; j++) half[i] -= lower[j][i] * half[j]
    half[i] /= lower[i][i]
  }
  return half
}

/** The objective as the model's comment states it, over every pair. */
function objective(train: Interactions, users: Vectors, items: Vectors, params: FittedModel['params']): number {
  const [alpha, regularization, exponent] = ['alpha', 'regularization', 'regularization_exponent'].map((name) =>
    Number(params[name]),
  )
  const degrees = items.map(() => 0)
  let sum = 0
  users.forEach((user, index) => {
    const history = new Set(historyOf(train, index))
    for (const item of history) degrees[item]++
    items.forEach((item, at) => {
      const wanted = history.has(at) ? 1 : 0
      sum += (1 + alpha * wanted) * (wanted - dot(user, item)) ** 2
    })
    sum += regularization * (items.length + alpha * history.size) ** exponent * dot(user, user)
  })
  items.forEach((item, at) => {
    sum += regularization * (users.length + alpha * degrees[at]) ** exponent * dot(item, item)
  })
  return sum
}

const train = tastes(60, 41, 9)
const exact = { embedding_size: 6, conjugate_gradient_steps: 60, alpha: 5, regularization: 0.02 }

describe('iALS', () => {
  test('a half-step solves the normal equations', async () => {
    const fitted = await fitModel(ials, train, compute, { params: { ...exact, epochs: 2 } })
    const [users, items] = [rowsOf(fitted, 'user_factors'), rowsOf(fitted, 'item_factors')]
    // Items were solved last, against these user vectors.
    items.forEach((item, index) => {
      const history = new Set([...users.keys()].filter((user) => historyOf(train, user).includes(index)))
      const weight = exact.regularization * (users.length + exact.alpha * history.size)
      const solution = solveRow(history, users, exact.alpha, weight)
      item.forEach((value, at) => {
        expect(value).toBeCloseTo(history.size === 0 ? 0 : solution[at], 4)
      })
    })
  })

  test('folding in solves the normal equations of a new history', async () => {
    const fitted = await fitModel(ials, train, compute, { params: { ...exact, epochs: 4 } })
    const items = rowsOf(fitted, 'item_factors')
    const history = [3, 17, 8, 22]
    const user = solveRow(new Set(history), items, exact.alpha, exact.regularization * (41 + exact.alpha * 4))
    const scorer = await ials.foldIn?.(fitted, interactionsOf([history], 41))
    if (!scorer) throw new Error('iALS folds in')
    const [scores] = await scoresOf(scorer, [0], 41)
    for (const item of new Set(train.itemIndices)) expect(scores[item]).toBeCloseTo(dot(user, items[item]), 4)
  })

  test.each([1, 3, 30])('the objective it reports is the one it states and falls, with %i steps', async (steps) => {
    const params = { ...exact, conjugate_gradient_steps: steps, regularization_exponent: 0.5 }
    const reported: number[] = []
    const report = ({ values }: { values?: Record<string, number> }) => reported.push(values?.objective ?? Number.NaN)
    await fitModel(ials, train, compute, { params: { ...params, epochs: 8 }, report })
    expect(reported.length).toBe(8)
    expect(reported).toEqual(reported.toSorted((a, b) => b - a))
    for (const epochs of [1, 8]) {
      const fitted = await fitModel(ials, train, compute, { params: { ...params, epochs } })
      const stated = objective(train, rowsOf(fitted, 'user_factors'), rowsOf(fitted, 'item_factors'), fitted.params)
      expect(reported[epochs - 1] / stated).toBeCloseTo(1, 4)
    }
  })

  test.each([1, 3, 16, 21, 64, 68])('scores are the dot products of the vectors, %i components', async (size) => {
    const fitted = await fitModel(ials, train, compute, { params: { embedding_size: size, epochs: 2 } })
    const [users, items] = [rowsOf(fitted, 'user_factors'), rowsOf(fitted, 'item_factors')]
    const scorer = await ials.score?.(fitted, train)
    if (!scorer) throw new Error('iALS scores')
    const wanted = [5, 59, 0, 12, 31]
    const scores = await scoresOf(scorer, wanted, train.items)
    wanted.forEach((user, row) => {
      items.forEach((item, at) => {
        if (train.itemIndices.includes(at)) expect(scores[row][at]).toBeCloseTo(dot(users[user], item), 4)
        else expect(scores[row][at]).toBeNaN()
      })
    })
  })

  test('values do not matter, repeated interactions count once, and another seed gives other vectors', async () => {
    const once = interactionsOf(
      [
        [0, 1],
        [1, 2],
        [2, 3],
      ],
      4,
    )
    const repeated = {
      ...interactionsOf(
        [
          [0, 1, 0],
          [1, 2, 2, 2],
          [3, 2, 3],
        ],
        4,
      ),
      values: new Float32Array(10).fill(5),
    }
    const params = { embedding_size: 4, epochs: 3 }
    const [first, second] = [
      await fitModel(ials, once, compute, { params }),
      await fitModel(ials, repeated, compute, { params }),
    ]
    expect(second.tensors).toEqual(first.tensors)
    const other = await fitModel(ials, once, compute, { params, seed: 2 })
    expect(other.tensors).not.toEqual(first.tensors)
  })

  test('a long history among many users is solved as exactly as a short one', async () => {
    const random = createRandom(3)
    const rows = Array.from({ length: 300 }, (_, user) =>
      [...new Array(97).keys()].filter((item) => (item === 0 ? user > 3 : random.uniform() < 0.1)),
    )
    const wide = interactionsOf(rows, 97)
    const fitted = await fitModel(ials, wide, compute, { params: { ...exact, epochs: 1 } })
    const users = rowsOf(fitted, 'user_factors')
    const history = new Set(Array.from({ length: 296 }, (_, at) => at + 4))
    const solution = solveRow(history, users, exact.alpha, exact.regularization * (300 + exact.alpha * 296))
    rowsOf(fitted, 'item_factors')[0].forEach((value, at) => {
      expect(value).toBeCloseTo(solution[at], 4)
    })
  })
})
