import { expect, test } from 'vitest'
import { popularity } from '../models/baselines/popularity'
import type { Interactions, Scorer } from '../models/model'
import { itemKnn } from '../models/neighbours/item-knn'
import { gmf } from '../models/neural/gmf'
import { createRandom } from '../models/random'
import { interactionsOf } from '../models/testing'
import { validationJudge } from './validation-judge'

const tools = { random: createRandom(1), signal: new AbortController().signal }
const judging = (parts: { train: Interactions; validation: Interactions; foldIn?: Interactions }, model = popularity) =>
  validationJudge({ model, foldIn: null, ...parts }, tools)

/** Ranks items by their index, the last one first. */
const byIndex = (items: number): Scorer => ({
  async score(users, into) {
    for (let row = 0; row < users.length; row++)
      for (let item = 0; item < items; item++) into[row * items + item] = item
  },
  close() {},
})

test('users are judged by their validation items in full ranking, without what they have trained on', async () => {
  const train = interactionsOf([[0, 1], [4, 2], []], 5)
  const validation = interactionsOf([[3], [3], [3]], 5)
  const metrics = await judging({ train, validation })?.judge(byIndex(5))
  // Only items that somebody trained on are listed: 3 is not, so that all of it is missed.
  expect(metrics?.['recall@10']).toBe(0)
  // Now item 3 is second for the first user and, without its own item 4, first for the second; the third has no history.
  const known = interactionsOf([[0, 1], [4, 2], [], [3]], 5)
  const wider = interactionsOf([[3], [3], [3], []], 5)
  const judged = await judging({ train: known, validation: wider })?.judge(byIndex(5))
  expect(judged?.['mrr@10']).toBeCloseTo((1 / 2 + 1) / 2, 12)
  expect(judged?.['ndcg@10']).toBeCloseTo((1 / Math.log2(3) + 1) / 2, 12)
  expect(judged?.['recall@10']).toBe(1)
})

test('of many users a thousand are judged, the same for the same seed', async () => {
  // The first half of the users is found at place 1 and the others at place 3: the mean tells how many of each were drawn.
  const validation = interactionsOf(
    Array.from({ length: 1500 }, (_, user) => [user < 750 ? 3 : 1]),
    4,
  )
  const seen = interactionsOf([...Array.from({ length: 1499 }, () => [0]), [0, 1, 2, 3]], 4)
  const data = { model: popularity, train: seen, validation, foldIn: null }
  const judge = (seed: number) => validationJudge(data, { ...tools, random: createRandom(seed) })?.judge(byIndex(4))
  const values = [await judge(1), await judge(1), await judge(2)]
  expect(values[0]).toEqual(values[1])
  expect(values[0]).not.toEqual(values[2])
  const firsts = ((values[0]?.['mrr@10'] ?? 0) - 1 / 3) / (2 / 3)
  expect(firsts * 1000).toBeCloseTo(Math.round(firsts * 1000), 6)
})

test('there is no judge without a user who has trained and validates', () => {
  const train = interactionsOf([[0], []], 2)
  expect(judging({ train, validation: interactionsOf([[], [1]], 2) })).toBeUndefined()
})

test('users who are held out are judged by their known histories, where the model takes them', async () => {
  const train = interactionsOf([[0, 1, 2, 3, 4], [], []], 5)
  const foldIn = interactionsOf([[], [4], [0]], 5)
  const validation = interactionsOf([[], [3], [3]], 5)
  const found = judging({ train, foldIn, validation }, itemKnn)
  expect(found?.judged).toBe(foldIn)
  // Item 3 is first for the one, who has 4 already, and second for the other.
  expect((await found?.judge(byIndex(5)))?.['mrr@10']).toBeCloseTo((1 + 1 / 2) / 2, 12)
  expect(judging({ train, foldIn, validation }, gmf)).toBeUndefined()
})

test('users who have trained go before those who are held out', () => {
  const train = interactionsOf([[0, 1, 2], []], 3)
  const parts = { train, foldIn: interactionsOf([[], [1]], 3), validation: interactionsOf([[2], [2]], 3) }
  expect(judging(parts, itemKnn)?.judged).toBeUndefined()
})
