import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCompute } from '../../compute/create'
import { fitModel, historyOf, interactionsOf, scoresOf, tastes } from '../testing'
import { ease } from './ease'

let compute: Awaited<ReturnType<typeof createCompute>>
beforeAll(async () => {
  compute = await createCompute({ threads: 2 })
})
afterAll(() => compute.close())

test('two items by hand', async () => {
  // Users: both, both, first only. X'X + 1 = [[4, 2], [2, 3]]; its inverse is [[3, -2], [-2, 4]] / 8.
  const train = interactionsOf([[0, 1], [0, 1], [0]], 2)
  const { tensors } = await fitModel(ease, train, compute, { params: { regularization: 1 } })
  // Columns over minus the diagonal: B01 = 2 / 4, B10 = 2 / 3.
  const weights = [...tensors.item_weights.data]
  ;[0, 2 / 4, 2 / 3, 0].forEach((value, at) => {
    expect(weights[at]).toBeCloseTo(value, 6)
  })
})

test('each column solves the ridge regression of its item on the others', async () => {
  const train = tastes(300, 83, 14)
  const regularization = 20
  const { tensors } = await fitModel(ease, train, compute, { params: { regularization } })
  const columns = Array.from({ length: 83 }, () => new Float64Array(300))
  for (let user = 0; user < 300; user++) for (const item of historyOf(train, user)) columns[item][user] = 1
  const weights = tensors.item_weights.data
  const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, at) => sum + value * b[at], 0)
  for (let item = 0; item < 83; item++) {
    expect(weights[item * 83 + item]).toBe(0)
    const residual = columns[item].map((value, user) =>
      columns.reduce((rest, column, other) => rest - column[user] * weights[other * 83 + item], value),
    )
    // The gradient vanishes for every weight but the one held at zero.
    columns.forEach((column, other) => {
      if (other === item) return
      expect(dot(column, residual) - regularization * weights[other * 83 + item]).toBeCloseTo(0, 3)
    })
  }
})

test('a score adds up the weights of the history', async () => {
  const train = tastes(40, 21, 6)
  const fitted = await fitModel(ease, train, compute, { params: { regularization: 5 } })
  const scorer = await ease.foldIn?.(fitted, interactionsOf([[3, 4, 4, 9]], 21))
  if (!scorer) throw new Error('ease folds in')
  const [scores] = await scoresOf(scorer, [0], 21)
  const weights = fitted.tensors.item_weights.data
  scores.forEach((score, item) => {
    expect(score).toBeCloseTo(weights[3 * 21 + item] + weights[4 * 21 + item] + weights[9 * 21 + item], 5)
  })
})

test('however long and whatever comes twice, a single history is scored without a copy of the matrix', async () => {
  const items = 4200
  const weights = new Float32Array(items * items)
  for (let own = 0; own < items; own++) weights[own * items + 7] = 1
  const tensors = {
    item_weights: { shape: [items, items], data: weights },
    item_known: { shape: [items], data: new Uint8Array(items).fill(1) },
  }
  const history = interactionsOf([[...Array(items).keys(), 5, 5]], items)
  const none = {
    get kernels(): never {
      throw new Error('nothing is copied')
    },
  }
  const scorer = await ease.foldIn?.({ tensors, params: {}, compute: none as never }, history)
  if (!scorer) throw new Error('EASE folds in')
  const [scores] = await scoresOf(scorer, [0], items)
  expect([scores[6], scores[7]]).toEqual([0, items])
})
