import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCompute } from '../../compute/create'
import { bias } from '../baselines/bias'
import type { FittedModel, Tensors } from '../model'
import { createRandom } from '../random'
import { fitModel, interactionsOf, ratingsOf, scoresOf } from '../testing'
import { als } from './als'
import { funkSvd } from './funk-svd'
import { svdPlusPlus } from './svd-plus-plus'

let compute: Awaited<ReturnType<typeof createCompute>>
beforeAll(async () => {
  compute = await createCompute({ threads: 2 })
})
afterAll(() => compute.close())

const [users, items] = [7, 6]
const random = createRandom(3)
const rows = Array.from({ length: users }, () => [...Array(items).keys()].filter(() => random.uniform() < 0.7))
const ratings = rows.map((row) => row.map(() => 1 + random.integer(5)))
const train = interactionsOf(rows, items, ratings)
const mean = ratings.flat().reduce((sum, rating) => sum + rating, 0) / ratings.flat().length

function vectors(tensors: Tensors, name: string): number[][] {
  const { shape, data } = tensors[name]
  return Array.from({ length: shape[0] }, (_, row) => [...data.slice(row * shape[1], (row + 1) * shape[1])])
}

const dot = (a: number[], b: number[]) => a.reduce((sum, value, at) => sum + value * b[at], 0)

function expectedRating({ tensors }: FittedModel, user: number, item: number): number {
  const product = dot(vectors(tensors, 'user_factors')[user], vectors(tensors, 'item_factors')[item])
  return mean + tensors.user_biases.data[user] + tensors.item_biases.data[item] + product
}

test('funk-svd ends where the objective is flat', async () => {
  const regularization = 0.3
  const params = { embedding_size: 3, epochs: 1000, learning_rate: 0.01, regularization }
  const fitted = await fitModel(funkSvd, train, compute, { params })
  const itemFactors = vectors(fitted.tensors, 'item_factors')
  rows.forEach((row, user) => {
    const errors = row.map((item, at) => ratings[user][at] - expectedRating(fitted, user, item))
    const slope = errors.reduce((sum, error) => sum + error, 0)
    const bias = fitted.tensors.user_biases.data[user]
    expect(slope - regularization * row.length * bias).toBeCloseTo(0, 0)
    vectors(fitted.tensors, 'user_factors')[user].forEach((value, component) => {
      const pull = errors.reduce((sum, error, at) => sum + error * itemFactors[row[at]][component], 0)
      expect(Math.abs(pull - regularization * row.length * value)).toBeLessThan(0.1)
    })
  })
})

/** SVD++ written down step by step, each implicit vector changed at each step. */
function slowSvdPlusPlus(start: FittedModel, epochs: number, rate: number, regularization: number) {
  const biases = { users: new Array(users).fill(0), items: new Array(items).fill(0) }
  const [x, y, z] = ['user_factors', 'item_factors', 'implicit'].map((name) => vectors(start.tensors, name))
  for (let epoch = 0; epoch < epochs; epoch++) {
    rows.forEach((row, user) => {
      row.forEach((item, at) => {
        const share = 1 / Math.sqrt(row.length)
        const implicit = x[user].map((_, n) => share * row.reduce((sum, other) => sum + z[other][n], 0))
        const whole = x[user].map((value, n) => value + implicit[n])
        const error = ratings[user][at] - mean - biases.users[user] - biases.items[item] - dot(whole, y[item])
        biases.users[user] += rate * (error - regularization * biases.users[user])
        biases.items[item] += rate * (error - regularization * biases.items[item])
        const before = [...y[item]]
        y[item] = before.map((value, n) => value + rate * (error * whole[n] - regularization * value))
        x[user] = x[user].map((value, n) => value + rate * (error * before[n] - regularization * value))
        for (const other of row) {
          z[other] = z[other].map((value, n) => value + rate * (error * share * before[n] - regularization * value))
        }
      })
    })
  }
  return (user: number, item: number) => {
    const share = 1 / Math.sqrt(rows[user].length)
    const whole = x[user].map((value, n) => value + share * rows[user].reduce((sum, other) => sum + z[other][n], 0))
    return mean + biases.users[user] + biases.items[item] + dot(whole, y[item])
  }
}

test('svd-plus-plus takes the steps of the definition', async () => {
  // Items start from what the same generator draws, one normal number after the other; users from nothing.
  const size = 4
  const normals = (name: string, count: number, isKnown: (row: number) => boolean) => {
    const generator = createRandom(1).derive(name)
    const data = new Float32Array(count * size)
    for (let at = 0; at < data.length; at++) if (isKnown(Math.floor(at / size))) data[at] = 0.1 * generator.normal()
    return { shape: [count, size], data }
  }
  const isRated = (item: number) => rows.some((row) => row.includes(item))
  const tensors = {
    user_factors: { shape: [users, size], data: new Float32Array(users * size) },
    item_factors: normals('items', items, isRated),
    implicit: normals('implicit', items, isRated),
  }
  const expected = slowSvdPlusPlus({ tensors, params: {}, compute }, 5, 0.05, 0.1)
  const params = { embedding_size: size, epochs: 5, learning_rate: 0.05, regularization: 0.1 }
  const fitted = await fitModel(svdPlusPlus, train, compute, { params, seed: 1 })
  const pairs = rows.flatMap((row, user) => row.map((item): [number, number] => [user, item]))
  const found = await ratingsOf(await svdPlusPlus.rate?.(fitted, train), pairs)
  pairs.forEach(([user, item], at) => {
    expect(found[at]).toBeCloseTo(expected(user, item), 4)
  })
})

test.each([funkSvd, svdPlusPlus, als])('$id lists by expected rating', async (model) => {
  const fitted = await fitModel(model, train, compute, { params: { embedding_size: 3 } })
  const scorer = await model.score?.(fitted, train)
  if (!scorer) throw new Error('it scores')
  const [scores] = await scoresOf(scorer, [2], items)
  scores.forEach((score, item) => {
    expect(score).toBeCloseTo(expectedRating(fitted, 2, item), 4)
  })
})

test('als ends where each side solves its ridge regressions on what biases leave', async () => {
  const regularization = 0.05
  const params = { embedding_size: 2, epochs: 500, regularization, conjugate_gradient_steps: 20 }
  const fitted = await fitModel(als, train, compute, { params })
  const biases = await fitModel(bias, train, compute)
  expect(fitted.tensors.item_biases).toEqual(biases.tensors.item_biases)
  const [x, y] = [vectors(fitted.tensors, 'user_factors'), vectors(fitted.tensors, 'item_factors')]
  rows.forEach((row, user) => {
    const errors = row.map((item, at) => ratings[user][at] - expectedRating(fitted, user, item))
    x[user].forEach((value, component) => {
      const pull = errors.reduce((sum, error, at) => sum + error * y[row[at]][component], 0)
      expect(pull - regularization * row.length * value).toBeCloseTo(0, 3)
    })
  })
  y.forEach((vector, item) => {
    const raters = [...rows.keys()].filter((user) => rows[user].includes(item))
    const errors = raters.map((user) => ratings[user][rows[user].indexOf(item)] - expectedRating(fitted, user, item))
    vector.forEach((value, component) => {
      const pull = errors.reduce((sum, error, at) => sum + error * x[raters[at]][component], 0)
      expect(pull - regularization * raters.length * value).toBeCloseTo(0, 3)
    })
  })
})
