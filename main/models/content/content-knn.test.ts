import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCompute } from '../../compute/create'
import type { Features, Interactions, Parameters } from '../model'
import { createRandom } from '../random'
import { featureRowsOf, fitModel, interactionsOf, scoresOf } from '../testing'
import { contentKnn } from './content-knn'

let compute: Awaited<ReturnType<typeof createCompute>>
beforeAll(async () => {
  compute = await createCompute({ threads: 2 })
})
afterAll(() => compute.close())

const nobody = featureRowsOf([], 0)
/** Lengths 1, 5, 2 and 0; the last item has no feature. */
const items = featureRowsOf([{ 0: 1 }, { 0: 3, 1: 4 }, { 1: 2 }, {}], 2)

async function scoreUsers(train: Interactions, params: Parameters = {}, features: Features = { items, users: nobody }) {
  const fitted = await fitModel(contentKnn, train, compute, { params, features })
  const scorer = await contentKnn.score?.(fitted, train)
  if (!scorer) throw new Error('content-knn scores')
  return scoresOf(
    scorer,
    Array.from({ length: train.users }, (_, user) => user),
    train.items,
  )
}

function expectScores(scores: Float32Array, expected: number[]) {
  for (const [item, score] of expected.entries()) {
    if (Number.isNaN(score)) expect(scores[item]).toBeNaN()
    else expect(scores[item]).toBeCloseTo(score, 6)
  }
}

test('scores are cosines with the sum of the history, by hand', async () => {
  const [one, two, none] = await scoreUsers(interactionsOf([[0], [0, 2], []], 4))
  // Unit vectors (1, 0), (0.6, 0.8), (0, 1). Nobody has chosen item 1, and its features are enough.
  expectScores(one, [1, 0.6, Number.NaN, Number.NaN])
  expectScores(two, [1 / Math.SQRT2, 1.4 / Math.SQRT2, 1 / Math.SQRT2, Number.NaN])
  expect(none.every(Number.isNaN)).toBe(true)
})

test('values weigh the history where they are asked for', async () => {
  const train = interactionsOf([[0, 2]], 4, [[3, 1]])
  // p = 3 (1, 0) + 1 (0, 1).
  const [scores] = await scoreUsers(train, { weighting: 'value' })
  expectScores(
    scores,
    [3, 3 * 0.6 + 0.8, 1, Number.NaN].map((product) => product / Math.sqrt(10)),
  )
  const [alike] = await scoreUsers(train)
  expectScores(alike, [1 / Math.SQRT2])
})

test('earlier interactions count less with a half-life', async () => {
  // Two interactions follow the first one: a half-life of one makes it a quarter.
  const [scores] = await scoreUsers(interactionsOf([[0, 2, 2]], 4), { half_life: 1 })
  const profile = [0.25, 1.5]
  expectScores(
    scores,
    [0.25, 0.25 * 0.6 + 1.5 * 0.8, 1.5, Number.NaN].map((product) => product / Math.hypot(...profile)),
  )
})

test('histories are folded in alike', async () => {
  const train = interactionsOf([[0]], 4)
  const fitted = await fitModel(contentKnn, train, compute, { features: { items, users: nobody } })
  const scorer = await contentKnn.foldIn?.(fitted, interactionsOf([[], [2, 0]], 4))
  if (!scorer) throw new Error('content-knn folds in')
  const [empty, both] = await scoresOf(scorer, [0, 1], 4)
  expect(empty.every(Number.isNaN)).toBe(true)
  expectScores(both, [1 / Math.SQRT2, 1.4 / Math.SQRT2, 1 / Math.SQRT2, Number.NaN])
})

test('item vectors of few columns are the features; of many they keep products nearly', async () => {
  const train = interactionsOf([[0]], 4)
  const few = await fitModel(contentKnn, train, compute, { features: { items, users: nobody } })
  expect(contentKnn.itemVectors?.(few)).toEqual({
    count: 4,
    dimensions: 2,
    data: Float32Array.of(1, 0, 0.6, 0.8, 0, 1, 0, 0).map(Math.fround),
  })
  const wide = featureRowsOf(
    Array.from({ length: 4 }, (_, item) =>
      Object.fromEntries(Array.from({ length: 30 }, (_, at) => [item * 500 + at * 7, 1])),
    ),
    2000,
  )
  const many = await fitModel(contentKnn, train, compute, { features: { items: wide, users: nobody } })
  const vectors = contentKnn.itemVectors?.(many)
  if (!vectors) throw new Error('content-knn has item vectors')
  expect(vectors.dimensions).toBe(256)
  const product = (a: number, b: number) =>
    Array.from({ length: 256 }, (_, at) => vectors.data[a * 256 + at] * vectors.data[b * 256 + at]).reduce(
      (x, y) => x + y,
    )
  expect(product(0, 0)).toBeGreaterThan(0.6)
  expect(Math.abs(product(0, 1))).toBeLessThan(0.4)
})

test('without features of items it says what to do', async () => {
  const none = { items: featureRowsOf([{}, {}, {}, {}], 0), users: nobody }
  await expect(fitModel(contentKnn, interactionsOf([[0]], 4), compute, { features: none })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    message: 'Content k-NN needs features of items. Open the data with a file of items, or choose features.',
  })
})

test.each([
  ['many columns, short histories', 4000, 3],
  ['few columns, long histories', 12, 60],
])('the memory estimate holds what is allocated, and not far more: %s', async (_, columns, length) => {
  const random = createRandom(5)
  const [users, count] = [300, 500]
  const rows = Array.from({ length: count }, () =>
    Object.fromEntries(Array.from({ length: 8 }, () => [random.integer(columns), 1])),
  )
  const vectors = featureRowsOf(rows, columns)
  const histories = Array.from({ length: users }, () => Array.from({ length }, () => random.integer(count)))
  const train = interactionsOf(histories, count)
  let shared = 0
  const kernels: typeof compute.kernels = {
    ...compute.kernels,
    share(array) {
      shared += array.byteLength
      return compute.kernels.share(array)
    },
  }
  const fitted = await fitModel(contentKnn, train, compute, { features: { items: vectors, users: nobody } })
  const scorer = await contentKnn.score?.({ ...fitted, compute: { ...compute, kernels } }, train)
  scorer?.close()
  // What the kernels get is a copy; the model's own tensors come in addition.
  const tensors = Object.values(fitted.tensors).reduce((sum, { data }) => sum + data.byteLength, 0)
  const allocated = tensors + 2 * shared
  const size = { users, items: count, interactions: users * length, featureValues: vectors.values.length }
  const estimate = contentKnn.estimateBytes({ ...size, featureColumns: columns }, {})
  expect(estimate).toBeGreaterThan(allocated * 0.99)
  expect(estimate).toBeLessThan(allocated * 1.5)
})
