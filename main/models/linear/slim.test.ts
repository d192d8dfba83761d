import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCompute } from '../../compute/create'
import { neighboursOf } from '../neighbours/search'
import { fitModel, historyOf, interactionsOf, tastes } from '../testing'
import { slim } from './slim'

let compute: Awaited<ReturnType<typeof createCompute>>
beforeAll(async () => {
  compute = await createCompute({ threads: 2 })
})
afterAll(() => compute.close())

test('two items by hand', async () => {
  // Three users have 0, two of them 1: of item 0 the weight of 1 is (2 - 0.5) / (2 + 1), of item 1 that of 0 1.5 / (3 + 1).
  const train = interactionsOf([[0, 1], [0, 1], [0]], 2)
  const params = { l1_regularization: 0.5, l2_regularization: 1 }
  const { indices, similarities } = neighboursOf((await fitModel(slim, train, compute, { params })).tensors)
  expect([...indices]).toEqual([1, 0])
  expect(similarities[0]).toBeCloseTo(1.5 / 3, 6)
  expect(similarities[1]).toBeCloseTo(1.5 / 4, 6)
})

test('the weights are where no change of one lowers the objective', async () => {
  const [users, items] = [200, 41]
  const train = tastes(users, items, 9)
  const [l1, l2] = [2, 3]
  const params = { l1_regularization: l1, l2_regularization: l2, epochs: 1000 }
  const { indices, similarities, count } = neighboursOf((await fitModel(slim, train, compute, { params })).tensors)
  const columns = Array.from({ length: items }, () => new Float64Array(users))
  for (let user = 0; user < users; user++) for (const item of historyOf(train, user)) columns[item][user] = 1
  let [positive, zero] = [0, 0]
  for (let item = 0; item < items; item++) {
    const weights = new Float64Array(items)
    for (let at = item * count; at < (item + 1) * count; at++) {
      if (similarities[at] > 0) weights[indices[at]] = similarities[at]
    }
    expect(weights[item]).toBe(0)
    const residual = columns[item].map((value, user) =>
      columns.reduce((rest, column, other) => rest - column[user] * weights[other], value),
    )
    columns.forEach((column, other) => {
      if (other === item) return
      const slope = column.reduce((sum, value, user) => sum + value * residual[user], 0) - l1 - l2 * weights[other]
      if (weights[other] > 0) expect(slope).toBeCloseTo(0, 1)
      else expect(slope).toBeLessThan(0.05)
      if (weights[other] > 0) positive++
      else zero++
    })
  }
  expect(positive).toBeGreaterThan(100)
  expect(zero).toBeGreaterThan(100)
})
