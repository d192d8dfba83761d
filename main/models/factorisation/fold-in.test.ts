import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createCompute } from '../../compute/create'
import type { Interactions, Model } from '../model'
import { createRandom } from '../random'
import { fitModel, historyOf, interactionsOf, scoresOf, tastes, topItems } from '../testing'
import { als } from './als'
import { bpr } from './bpr'
import { vectorProduct, vectorsOf } from './factors'
import { fm } from './fm'
import { funkSvd } from './funk-svd'
import { ials } from './ials'
import { mf } from './mf'
import { svdPlusPlus } from './svd-plus-plus'

let compute: Awaited<ReturnType<typeof createCompute>>
beforeAll(async () => {
  compute = await createCompute({ threads: 2 })
})
afterAll(() => compute.close())

/** Ratings of 120 people for half of 90 items, from three traits of each; the last two people are the first two again. */
const rated = (() => {
  const random = createRandom(7)
  const traits = (count: number) => Array.from({ length: count }, () => [0, 1, 2].map(() => random.normal()))
  const [ofUsers, ofItems] = [traits(118), traits(90)]
  const rows = ofUsers.map(() => [...ofItems.keys()].filter(() => random.uniform() < 0.5))
  const ratings = rows.map((row, user) =>
    row.map((item) => {
      const fit = ofUsers[user].reduce((sum, trait, at) => sum + trait * ofItems[item][at], 0)
      return Math.max(1, Math.min(5, Math.round(3 + fit + 0.3 * random.normal())))
    }),
  )
  return interactionsOf([...rows, rows[0], rows[1]], 90, [...ratings, ratings[0], ratings[1]])
})()
const chosen = tastes(120, 90, 18)

/** The share of the first ten items without those of the history that both ways of scoring have. */
async function shared(model: Model, train: Interactions): Promise<number> {
  const fitted = await fitModel(model, train, compute)
  const users = Array.from({ length: train.users }, (_, user) => user)
  if (!model.score || !model.foldIn) throw new Error(`${model.id} does both`)
  const known = await scoresOf(await model.score(fitted, train), users, train.items)
  const folded = await scoresOf(await model.foldIn(fitted, train), users, train.items)
  const shares = users.map((user) => {
    const seen = historyOf(train, user)
    const list = new Set(topItems(known[user], seen, 10))
    return topItems(folded[user], seen, 10).filter((item) => list.has(item)).length / list.size
  })
  return shares.reduce((sum, share) => sum + share, 0) / shares.length
}

describe("folding in a user's own history gives their list back", () => {
  const least: [Model, Interactions, number][] = [
    [funkSvd, rated, 0.75],
    [svdPlusPlus, rated, 0.75],
    [als, rated, 0.95],
    [bpr, chosen, 0.75],
    [mf, chosen, 0.75],
    [fm, chosen, 0.75],
    [ials, chosen, 0.95],
  ]
  test.each(least)('$id', async (model, train, share) => {
    expect(await shared(model, train)).toBeGreaterThanOrEqual(share)
  })
})

test.each([funkSvd, svdPlusPlus])('$id knows nothing of a user but their ratings', async (model) => {
  const vectors = vectorsOf((await fitModel(model, rated, compute)).tensors, 'user_factors')
  const product = (one: number, other: number) => vectorProduct(vectors, one, vectors, other)
  for (const [one, other] of [
    [0, 118],
    [1, 119],
  ]) {
    expect(product(one, other) / Math.sqrt(product(one, one) * product(other, other))).toBeGreaterThan(0.95)
  }
})
