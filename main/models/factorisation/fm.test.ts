import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCompute } from '../../compute/create'
import { deepfm } from '../neural/deepfm'
import { createRandom } from '../random'
import { checkParameters } from '../registry'
import { featureRowsOf, fitModel, interactionsOf, ratingsOf, scoresOf } from '../testing'
import { fm } from './fm'

let compute: Awaited<ReturnType<typeof createCompute>>
beforeAll(async () => {
  compute = await createCompute({ threads: 2 })
})
afterAll(() => compute.close())

const [users, items, size] = [2, 2, 4]
/** Each user has one item, so that the other one is the only one to be drawn. */
const train = interactionsOf([[0], [1]], items, [[5], [2]])
const features = {
  users: featureRowsOf([{ 0: 3, 1: 4 }, { 1: 2 }], 2),
  items: featureRowsOf([{ 0: 1 }, { 0: 1, 1: 1 }], 2),
}
/** Columns with their numbers: own ones, then those of features, whose length in a row is 1. */
type List = readonly (readonly [column: number, x: number])[]
const userLists: List[] = [
  [
    [0, 1],
    [4, 0.6],
    [5, 0.8],
  ],
  [
    [1, 1],
    [5, 1],
  ],
]
const itemLists: List[] = [
  [
    [2, 1],
    [6, 1],
  ],
  [
    [3, 1],
    [6, Math.SQRT1_2],
    [7, Math.SQRT1_2],
  ],
]
const [rate, regularization, epochs] = [0.2, 0.1, 3]
const dot = (a: number[], b: number[]) => a.reduce((sum, value, at) => sum + value * b[at], 0)
const sigmoid = (value: number) => 1 / (1 + Math.exp(-value))

/** The definition: every pair of columns by itself. */
function slowMachine(ofItems = itemLists) {
  const { normal } = createRandom(1).derive('vectors')
  let vectors = Array.from({ length: 8 }, () => Array.from({ length: size }, () => (0.9 / Math.sqrt(size)) * normal()))
  let weights = new Array<number>(8).fill(0)
  const columnsOf = (user: number, item: number) => [...userLists[user], ...ofItems[item]]
  const scoreOf = (columns: List) => {
    let sum = columns.reduce((total, [column, x]) => total + weights[column] * x, 0)
    columns.forEach(([a, x], at) => {
      for (const [b, y] of columns.slice(at + 1)) sum += x * y * dot(vectors[a], vectors[b])
    })
    return sum
  }
  const score = (user: number, item: number) => scoreOf(columnsOf(user, item))
  /** One step along the gradients of scores, each with its error; every column that occurs is regularised. */
  const step = (parts: { user: number; item: number; error: number }[]) => {
    const nextVectors = vectors.map((vector) => [...vector])
    const nextWeights = [...weights]
    const occurring = new Set(parts.flatMap(({ user, item }) => columnsOf(user, item).map(([column]) => column)))
    for (const { user, item, error } of parts) {
      const columns = columnsOf(user, item)
      for (const [a, x] of columns) {
        nextWeights[a] += rate * error * x
        for (const [b, y] of columns) {
          if (a === b) continue
          vectors[b].forEach((value, at) => {
            nextVectors[a][at] += rate * error * x * y * value
          })
        }
      }
    }
    for (const column of occurring) {
      nextWeights[column] -= rate * regularization * weights[column]
      nextVectors[column] = nextVectors[column].map((v, at) => v - rate * regularization * vectors[column][at])
    }
    vectors = nextVectors
    weights = nextWeights
  }
  return { score, scoreOf, step }
}

const params = { embedding_size: size, epochs, learning_rate: rate, regularization, negatives: 1, deviation: 0.9 }

test('squared errors of ratings, by the definition', async () => {
  const machine = slowMachine()
  for (let epoch = 0; epoch < epochs; epoch++) {
    machine.step([{ user: 0, item: 0, error: 5 - 3.5 - machine.score(0, 0) }])
    machine.step([{ user: 1, item: 1, error: 2 - 3.5 - machine.score(1, 1) }])
  }
  const fitted = await fitModel(fm, train, compute, { params: { ...params, loss: 'squared' }, features })
  const pairs = [0, 1].flatMap((user) => [0, 1].map((item) => [user, item] as const))
  const found = await ratingsOf(await fm.rate?.(fitted, train), pairs)
  pairs.forEach(([user, item], at) => {
    expect(found[at]).toBeCloseTo(3.5 + machine.score(user, item), 4)
  })
})

test('choices one by one, by the definition', async () => {
  const machine = slowMachine()
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const user of [0, 1]) {
      machine.step([{ user, item: user, error: 1 - sigmoid(machine.score(user, user)) }])
      machine.step([{ user, item: 1 - user, error: -sigmoid(machine.score(user, 1 - user)) }])
    }
  }
  await expectScores('logistic', machine)
})

test('choices in pairs, by the definition, but for what the pair shares', async () => {
  // Items that share no column, so that a step of both is the sum of two.
  const apart = { ...features, items: featureRowsOf([{ 0: 1 }, { 1: 2 }], 2) }
  const fitted = await fitModel(fm, train, compute, { params: { ...params, loss: 'bpr', epochs: 1 }, features: apart })
  const machine = slowMachine([
    itemLists[0],
    [
      [3, 1],
      [7, 1],
    ],
  ])
  for (const user of [0, 1]) {
    const error = sigmoid(machine.score(user, 1 - user) - machine.score(user, user))
    machine.step([
      { user, item: user, error },
      { user, item: 1 - user, error: -error },
    ])
  }
  const scores = await scoresOf(await scorerOf(fitted), [0, 1], items)
  for (const user of [0, 1]) {
    expect(scores[user][0] - scores[user][1]).toBeCloseTo(machine.score(user, 0) - machine.score(user, 1), 4)
  }
})

test('a new item has the columns of its features, none of its own', async () => {
  const machine = slowMachine()
  for (let epoch = 0; epoch < epochs; epoch++) {
    machine.step([{ user: 0, item: 0, error: 5 - 3.5 - machine.score(0, 0) }])
    machine.step([{ user: 1, item: 1, error: 2 - 3.5 - machine.score(1, 1) }])
  }
  const fitted = await fitModel(fm, train, compute, { params: { ...params, loss: 'squared' }, features })
  const found = await fm.scoreNewItem?.(fitted, train, { indices: Uint32Array.of(0, 1), values: Float32Array.of(3, 4) })
  for (const user of [0, 1]) {
    const expected = machine.scoreOf([...userLists[user], [6, 0.6], [7, 0.8]])
    expect(found?.[user]).toBeCloseTo(3.5 + expected, 4)
  }
  const plain = await fitModel(fm, train, compute, { params: { epochs: 1 } })
  const { feature_factors: _, ...older } = plain.tensors
  const nothing = await fm.scoreNewItem?.({ ...plain, tensors: older }, train, {
    indices: Uint32Array.of(0),
    values: Float32Array.of(1),
  })
  expect(nothing).toBeNull()
})

async function scorerOf(fitted: Awaited<ReturnType<typeof fitModel>>) {
  const scorer = await fm.score?.(fitted, train)
  if (!scorer) throw new Error('fm scores')
  return scorer
}

async function expectScores(loss: string, machine: ReturnType<typeof slowMachine>) {
  const fitted = await fitModel(fm, train, compute, { params: { ...params, loss }, features })
  const scores = await scoresOf(await scorerOf(fitted), [0, 1], items)
  for (let user = 0; user < users; user++) {
    for (let item = 0; item < items; item++) expect(scores[user][item]).toBeCloseTo(machine.score(user, item), 4)
  }
}

test('an item that nobody has chosen is scored by its features', async () => {
  const cold = { ...train, items: 4 }
  const more = { ...features, items: featureRowsOf([{ 0: 1 }, { 1: 1 }, { 0: 1 }, {}], 2) }
  const fitted = await fitModel(fm, cold, compute, { params: { embedding_size: 8, epochs: 200 }, features: more })
  const [scores] = await scoresOf(await scorerOf(fitted), [0], 4)
  // Item 2 is like item 0, which the user has; of item 3 nothing is known.
  expect(scores[2]).toBeGreaterThan(scores[1])
  expect(scores[3]).toBeNaN()
})

test.each(['bpr', 'logistic', 'squared'])('%s: what no interaction teaches says nothing', async (loss) => {
  const cold = { ...train, users: 3, offsets: Uint32Array.of(0, 1, 2, 2), items: 5 }
  // Items 2 and 3 are alike in what was learned; column 2 is in rows of items alone that nobody has chosen.
  const ofItems = featureRowsOf([{ 0: 1 }, { 1: 1 }, { 0: 1 }, { 0: 1 }, { 2: 1 }], 3)
  const more = { users: featureRowsOf([{ 0: 1 }, { 1: 1 }, { 2: 1 }], 3), items: ofItems }
  const fitted = await fitModel(fm, cold, compute, { params: { ...params, loss }, features: more })
  const [scores] = await scoresOf(await scorerOf(fitted), [0], 5)
  const found = async (column: number) =>
    (await fm.scoreNewItem?.(fitted, cold, { indices: Uint32Array.of(column), values: Float32Array.of(1) }))?.[0]
  expect(scores[3]).toBe(scores[2])
  expect(scores[2]).toBeCloseTo((await found(0)) ?? Number.NaN, 5)
  expect(scores[4]).toBeNaN()
  expect(await found(2)).toBeNaN()
  const rowsOf = (name: string) => Array.from(fitted.tensors[name].data).slice(2 * size, 3 * size)
  expect(rowsOf('user_factors')).toEqual(new Array(size).fill(0))
  expect(rowsOf('feature_factors')).toEqual(new Array(size).fill(0))
})

test.each([fm, deepfm])('$id asks for no more memory than the columns need that its features have', (model) => {
  const params = checkParameters(model, {})
  const size = { users: 100, items: 100, interactions: 1000, featureValues: 1_000_000 }
  const bytes = (more: object) => model.estimateBytes({ ...size, ...more }, params)
  const own = bytes({ featureColumns: 300, userFeatureColumns: 100 })
  // A vector of each column, 12 bytes a component at the least.
  expect(bytes({}) - own).toBeGreaterThanOrEqual((100_000 - 400) * Number(params.embedding_size) * 12)
  expect(bytes({ featureColumns: 400 })).toBe(own)
})
