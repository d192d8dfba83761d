import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCompute } from '../../compute/create'
import type { FittedModel } from '../model'
import { createRandom } from '../random'
import { fitModel, interactionsOf, scoresOf } from '../testing'
import { bpr } from './bpr'
import { mf } from './mf'

let compute: Awaited<ReturnType<typeof createCompute>>
beforeAll(async () => {
  compute = await createCompute({ threads: 2 })
})
afterAll(() => compute.close())

/** User 0 has item 0, user 1 has item 1, so that each one's only negative is the other's item. */
const train = interactionsOf([[0], [1]], 2)
const size = 4
const [rate, regularization] = [0.3, 0.2]
const params = { embedding_size: size, epochs: 1, learning_rate: rate, regularization, negatives: 1, deviation: 0.8 }
const sigmoid = (value: number) => 1 / (1 + Math.exp(-value))
const dot = (a: number[], b: number[]) => a.reduce((sum, value, at) => sum + value * b[at], 0)

/** Vectors as they are drawn at the start, and biases. */
function start() {
  const vectors = (name: string) => {
    const { normal } = createRandom(1).derive(name)
    return [0, 1].map(() => Array.from({ length: size }, () => (0.8 / Math.sqrt(size)) * normal()))
  }
  return { users: vectors('users'), items: vectors('items'), userBiases: [0, 0], itemBiases: [0, 0] }
}
type State = ReturnType<typeof start>

const moved = (own: number[], other: number[], error: number) =>
  own.map((value, at) => value + rate * (error * other[at] - regularization * value))

function stepPairwise(state: State, user: number) {
  const [x, chosen, other] = [state.users[user], state.items[user], state.items[1 - user]]
  const biases = state.itemBiases
  const error = sigmoid(-(dot(x, chosen) - dot(x, other) + biases[user] - biases[1 - user]))
  biases[user] += rate * (error - regularization * biases[user])
  biases[1 - user] += rate * (-error - regularization * biases[1 - user])
  const difference = chosen.map((value, at) => value - other[at])
  state.users[user] = moved(x, difference, error)
  state.items[user] = moved(chosen, x, error)
  state.items[1 - user] = moved(other, x, -error)
}

function stepLogistic(state: State, user: number) {
  for (const [item, label] of [
    [user, 1],
    [1 - user, 0],
  ]) {
    const [x, y] = [state.users[user], state.items[item]]
    const error = label - sigmoid(state.userBiases[user] + state.itemBiases[item] + dot(x, y))
    state.userBiases[user] += rate * (error - regularization * state.userBiases[user])
    state.itemBiases[item] += rate * (error - regularization * state.itemBiases[item])
    state.users[user] = moved(x, y, error)
    state.items[item] = moved(y, x, error)
  }
}

function distance({ tensors }: FittedModel, { users, items, itemBiases }: State): number {
  const found = ['user_factors', 'item_factors', 'item_biases'].flatMap((name) => [...tensors[name].data])
  return Math.hypot(...[...users.flat(), ...items.flat(), ...itemBiases].map((value, at) => value - found[at]))
}

test.each([
  [bpr, stepPairwise],
  [mf, stepLogistic],
])('an epoch takes the steps of the definition, user by user in some order', async (model, step) => {
  const fitted = await fitModel(model, train, compute, { params })
  const distances = [
    [0, 1],
    [1, 0],
  ].map((order) => {
    const state = start()
    for (const user of order) step(state, user)
    return distance(fitted, state)
  })
  expect(Math.min(...distances)).toBeLessThan(1e-5)
  expect(Math.max(...distances)).toBeGreaterThan(1e-3)
})

test.each([bpr, mf])('$id scores by the dot product and the biases', async (model) => {
  const fitted = await fitModel(model, train, compute, { params })
  const scorer = await model.score?.(fitted, train)
  if (!scorer) throw new Error('it scores')
  const [, scores] = await scoresOf(scorer, [0, 1], 2)
  const { user_factors, item_factors, user_biases, item_biases } = fitted.tensors
  expect(user_biases === undefined).toBe(model === bpr)
  const user = [...user_factors.data.slice(size, 2 * size)]
  scores.forEach((score, item) => {
    const product = dot(user, [...item_factors.data.slice(item * size, (item + 1) * size)])
    expect(score).toBeCloseTo(product + (user_biases?.data[1] ?? 0) + item_biases.data[item], 5)
  })
})

test('the loss that is told is the mean log loss of the pairs', async () => {
  const losses: number[] = []
  const report = ({ values }: { values?: Record<string, number> }) => losses.push(values?.loss ?? Number.NaN)
  await fitModel(bpr, train, compute, { params: { ...params, learning_rate: 0.00001 }, report })
  const { users, items } = start()
  const differences = [0, 1].map((user) => dot(users[user], items[user]) - dot(users[user], items[1 - user]))
  const expected = differences.map((value) => Math.log(1 + Math.exp(-value)))
  expect(losses[0]).toBeCloseTo((expected[0] + expected[1]) / 2, 4)
})
