import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createCompute } from '../compute/create'
import { rowOf } from '../models/history-explainer'
import type { FittedModel, Interactions, Model } from '../models/model'
import { createRandom } from '../models/random'
import { findModel, models } from '../models/registry'
import { fitModel, historyOf, interactionsOf, ratedBlocks, scoresOf, tastes, topItems } from '../models/testing'
import { counterfactualOf } from './counterfactual'
import { reasonsOf } from './evidence'
import { dropsOf, faithfulnessOf } from './faithfulness'

let compute: Awaited<ReturnType<typeof createCompute>>
beforeAll(async () => {
  compute = await createCompute({ threads: 2 })
})
afterAll(() => compute.close())

const trained = async (id: string, train: Interactions, params = {}) => {
  const model = findModel(id)
  return { model, fitted: await fitModel(model, train, compute, { params }) }
}

async function firstOf(model: Model, fitted: FittedModel, history: Interactions): Promise<number> {
  if (!model.foldIn) throw new Error(`${model.id} folds in`)
  const [scores] = await scoresOf(await model.foldIn(fitted, history), [0], history.items)
  return topItems(scores, history.itemIndices, 1)[0]
}

const small = interactionsOf([[0, 1, 2], [0, 1], [0], [1, 2], [3, 4], [3, 4]], 5)

test('a neighbour is the evidence, its similarity the amount', async () => {
  const { model, fitted } = await trained('item-knn', small, { shrinkage: 0 })
  const reasons = await reasonsOf({ model, fitted, history: rowOf(small, 1) }, 2)
  expect(reasons).toMatchObject({ terms: 'neighbours', isExact: true, rest: 0 })
  // Item 2 has two users; item 1 three, two of them the same; item 0 three, one the same.
  expect(reasons.history.map(({ index }) => index)).toEqual([1, 0])
  expect(reasons.history[0].amount).toBeCloseTo(2 / Math.sqrt(6), 6)
  expect(reasons.history[1].amount).toBeCloseTo(1 / Math.sqrt(6), 6)
})

test('similar users are named, and what of the history makes them similar', async () => {
  const { model, fitted } = await trained('user-knn', small, { shrinkage: 0 })
  const reasons = await reasonsOf({ model, fitted, history: rowOf(small, 1) }, 2)
  expect(reasons).toMatchObject({ terms: 'users', isExact: true, rest: 0 })
  // Users 0 and 3 have item 2: cosines 2 / sqrt(2 x 3), for items 0 and 1, and 1 / sqrt(2 x 2), for item 1.
  const [{ parts }] = reasons.ways
  expect(parts.map(({ index }) => index)).toEqual([0, 3])
  expect(parts[0].amount).toBeCloseTo(2 / Math.sqrt(6), 6)
  expect(parts[1].amount).toBeCloseTo(1 / 2, 6)
  expect(reasons.history.map(({ index }) => index)).toEqual([1, 0])
  expect(reasons.history[0].amount).toBeCloseTo(1 / Math.sqrt(6) + 1 / 2, 6)
  expect(reasons.history[1].amount).toBeCloseTo(1 / Math.sqrt(6), 6)
})

test('a list that is the same for everyone rests on nothing of the history', async () => {
  const { model, fitted } = await trained('popularity', small)
  const asked = { model, fitted, history: rowOf(small, 2) }
  expect(await reasonsOf(asked, 1)).toMatchObject({ terms: 'everyone', history: [], isExact: true, rest: 3 })
  expect(await counterfactualOf(asked, 1, [], { k: 1, isCandidate: () => true })).toBeNull()
  expect(await faithfulnessOf(asked, 1, createRandom(1))).toBeNull()
})

test('the counterfactual is the one item that an item rests on', async () => {
  const { model, fitted } = await trained('item-knn', small, { shrinkage: 0 })
  const history = interactionsOf([[0, 3]], 5)
  const asked = { model, fitted, history }
  const { history: evidence } = await reasonsOf(asked, 4)
  const isCandidate = (item: number) => item !== 0 && item !== 3
  expect(await counterfactualOf(asked, 4, evidence, { k: 3, isCandidate })).toEqual({
    items: [3],
    rank: null,
    isSmallest: true,
  })
})

test('a counterfactual of several items is a set that works and of which none is needless', async () => {
  const train = tastes(120, 83, 14)
  const { model, fitted } = await trained('ease', train)
  let several = 0
  for (let user = 0; user < 12; user++) {
    const history = rowOf(train, user)
    const asked = { model, fitted, history }
    const item = await firstOf(model, fitted, history)
    const { history: evidence } = await reasonsOf(asked, item)
    const own = new Set(historyOf(train, user))
    const rules = { k: 3, isCandidate: (other: number) => !own.has(other) }
    const found = await counterfactualOf(asked, item, evidence, rules)
    if (!found) continue
    const isListed = async (left: readonly number[]) => {
      const rest = [...own].filter((other) => !left.includes(other))
      const [scores] = await scoresOf(
        (await model.foldIn?.(fitted, interactionsOf([rest], train.items))) as never,
        [0],
        train.items,
      )
      return topItems(scores, own, 3).includes(item)
    }
    expect(await isListed(found.items)).toBe(false)
    if (found.items.length < 2) continue
    several++
    for (const needed of found.items) {
      expect(await isListed(found.items.filter((other) => other !== needed))).toBe(true)
    }
  }
  expect(several).toBeGreaterThan(0)
})

test('a network that knows users by vectors of their own alone says that it goes by the user as a whole', async () => {
  const able = models.filter(({ foldIn, family }) => !foldIn && family !== 'Baselines')
  expect(able.map(({ id }) => id)).toEqual(['gmf', 'mlp', 'neumf', 'deepfm'])
  const { model, fitted } = await trained('gmf', small, { epochs: 1 })
  const asked = { model, fitted, history: rowOf(small, 1) }
  expect(await reasonsOf(asked, 2)).toEqual({ terms: 'whole', ways: [], history: [], isExact: false, rest: null })
  expect(await faithfulnessOf(asked, 2, createRandom(1))).toBeNull()
})

describe('removing the strongest evidence lowers a score more than removing as much at random', () => {
  const asking = models.filter(({ foldIn, family }) => foldIn && family !== 'Baselines')
  test.each(asking.map((model) => [model.id, model] as const))('%s', async (_, model) => {
    const train = model.feedback === 'explicit' ? ratedBlocks().train : tastes(120, 83, 14)
    const fitted = await fitModel(model, train, compute)
    const random = createRandom(3)
    let [strongest, atRandom, count] = [0, 0, 0]
    for (let user = 0; user < 24; user++) {
      const history = rowOf(train, user)
      const asked = { model, fitted, history }
      const drops = await dropsOf(asked, await firstOf(model, fitted, history), random)
      if (!drops) continue
      strongest += drops.strongest
      atRandom += drops.atRandom
      count++
    }
    expect(count).toBeGreaterThan(20)
    expect(strongest / count).toBeGreaterThan(atRandom / count)
  })
})
