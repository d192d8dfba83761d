import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCompute } from '../../compute/create'
import type { FittedModel, Interactions, Parameters } from '../model'
import { fitModel, historyOf, interactionsOf, scoresOf, tastes } from '../testing'
import { itemKnn } from './item-knn'

let compute: Awaited<ReturnType<typeof createCompute>>
beforeAll(async () => {
  compute = await createCompute({ threads: 2 })
})
afterAll(() => compute.close())

const fitItems = (train: Interactions, params: Parameters = {}) => fitModel(itemKnn, train, compute, { params })

async function scoreUsers(fitted: FittedModel, train: Interactions, users: number[]): Promise<Float32Array[]> {
  const scorer = await itemKnn.score?.(fitted, train)
  if (!scorer) throw new Error('item-knn scores')
  return scoresOf(scorer, users, train.items)
}

/** Items 0 and 1 share users 0 and 1; 0 and 2 share user 0; 1 and 2 share users 0 and 3; nobody shares 4 with others. */
const small = interactionsOf([[0, 1, 2], [0, 1], [0], [1, 2], [4]], 5)

test('similarities are the cosine of the columns, by hand', async () => {
  const [scores] = await scoreUsers(await fitItems(small, { shrinkage: 0 }), small, [2])
  // User 2 has item 0 alone, so its scores are the similarities to item 0: three users; item 1 three, item 2 two.
  expect(scores[1]).toBeCloseTo(2 / 3, 6)
  expect(scores[2]).toBeCloseTo(1 / Math.sqrt(6), 6)
  expect([0, 3, 4].map((item) => scores[item])).toEqual([Number.NaN, Number.NaN, Number.NaN])
})

test('shrinkage is added below', async () => {
  const [scores] = await scoreUsers(await fitItems(small, { shrinkage: 10 }), small, [2])
  expect(scores[1]).toBeCloseTo(2 / (3 + 10), 6)
  expect(scores[2]).toBeCloseTo(1 / (Math.sqrt(6) + 10), 6)
})

test('a score adds up the similarities of the history', async () => {
  const [scores] = await scoreUsers(await fitItems(small, { shrinkage: 0 }), small, [3])
  // History 1, 2: item 0 by 1 (2/3) and by 2 (1/sqrt 6); items 1 and 2 by each other (2/sqrt 6).
  expect(scores[0]).toBeCloseTo(2 / 3 + 1 / Math.sqrt(6), 6)
  expect(scores[1]).toBeCloseTo(2 / Math.sqrt(6), 6)
})

test('of equal neighbours an item keeps the one that comes first', async () => {
  // Items 1, 2 and 3 are all alike, so each keeps one of the others: 1 keeps 2, 2 and 3 keep 1; 0 keeps 1.
  const alike = interactionsOf([[0, 1, 2, 3], [0, 1, 2, 3], [0]], 4)
  const fitted = await fitItems(alike, { neighbors: 1, shrinkage: 0 })
  const scorer = await itemKnn.foldIn?.(fitted, interactionsOf([[1], [2], [3]], 4))
  if (!scorer) throw new Error('item-knn folds in')
  const [ofOne, ofTwo, ofThree] = await scoresOf(scorer, [0, 1, 2], 4)
  expect(ofOne[0]).toBeCloseTo(2 / Math.sqrt(6), 6)
  expect([...ofOne.subarray(1)]).toEqual([Number.NaN, 1, 1])
  expect([...ofTwo]).toEqual([Number.NaN, 1, Number.NaN, Number.NaN])
  expect(ofThree.every(Number.isNaN)).toBe(true)
})

test.each([1, 5, 40, 1000])('it equals a direct computation with %i neighbours', async (neighbors) => {
  const train = tastes(70, 45, 8)
  const shrinkage = 2.5
  const columns = Array.from({ length: 45 }, (_, item) =>
    Array.from({ length: 70 }, (_, user) => (historyOf(train, user).includes(item) ? 1 : 0)),
  )
  const size = (column: number[]) => Math.sqrt(column.reduce((sum, value) => sum + value, 0))
  const similarity = (a: number[], b: number[]) =>
    Math.fround(a.reduce((sum, value, at) => sum + value * b[at], 0) / (size(a) * size(b) + shrinkage))
  const nearest = columns.map((column, item) =>
    columns
      .map((other, index) => ({ index, similarity: similarity(column, other) }))
      .filter((entry) => entry.index !== item && entry.similarity > 0)
      .sort((a, b) => b.similarity - a.similarity || a.index - b.index)
      .slice(0, neighbors),
  )
  const users = [0, 13, 69]
  const scores = await scoreUsers(await fitItems(train, { neighbors, shrinkage }), train, users)
  users.forEach((user, row) => {
    const expected = new Array<number>(45).fill(0)
    const history = historyOf(train, user)
    nearest.forEach((list, item) => {
      for (const near of list) if (history.includes(near.index)) expected[item] += near.similarity
    })
    expected.forEach((value, item) => {
      if (value === 0) expect(scores[row][item]).toBeNaN()
      else expect(scores[row][item]).toBeCloseTo(value, 4)
    })
  })
})
