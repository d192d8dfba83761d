import { expect, test } from 'vitest'
import { createCompute } from '../compute/create'
import { interactionsOf } from '../data/testing/interactions'
import { dotScorer } from '../models/dot-scorer'
import type { Scorer } from '../models/model'
import { createRandom } from '../models/random'
import { findModel } from '../models/registry'
import { fitModel, tastes } from '../models/testing'
import { noItem, type TopLists } from './lists'
import { recommendLists, trainingCatalogue } from './recommend'
import { scorerOf, unattended } from './testing/scorer'

const scores = [
  [0.1, 0.2, 0.3, 0.4],
  [0.4, 0.3, 0.2, 0.1],
  [Number.NaN, 1, Number.NaN, 1],
]
const request = { ...unattended, scorer: scorerOf(scores), k: 2, items: 4, exclude: [], allowed: null }

test('lists the best items of the users that are asked for, in their order', async () => {
  const lists = await recommendLists({ ...request, users: Uint32Array.of(2, 0) })
  expect(lists.k).toBe(2)
  expect([...lists.users]).toEqual([2, 0])
  expect([...lists.items]).toEqual([1, 3, 3, 2])
  expect([...lists.scores]).toEqual([1, 1, 0.4, 0.3].map(Math.fround))
})

test('leaves out what is excluded for a user and what may not be listed at all', async () => {
  const exclude = [interactionsOf([[3], [0, 0], []], 4), interactionsOf([[2], [], [1]], 4)]
  const users = Uint32Array.of(0, 1, 2)
  const seen = await recommendLists({ ...request, users, exclude })
  expect([...seen.items]).toEqual([1, 0, 1, 2, 3, noItem])
  const allowed = await recommendLists({ ...request, users, allowed: Uint8Array.of(1, 0, 0, 1) })
  expect([...allowed.items]).toEqual([3, 0, 0, 3, 3, noItem])
})

test('nobody asked for gives no lists', async () => {
  const lists = await recommendLists({ ...request, users: new Uint32Array(0) })
  expect(lists.items.length).toBe(0)
})

test('the training catalogue has the items with interactions', () => {
  expect([...trainingCatalogue(interactionsOf([[1], [3, 1]], 5))]).toEqual([0, 1, 0, 1, 0])
})

/** So many items that a batch has room for two users. */
const manyItems = 3_000_000

/** Scores user `u`'s item `u` best and notes the size of every batch. */
function notingScorer(batches: number[], onScore = () => {}): Scorer {
  return {
    async score(users, into) {
      batches.push(users.length)
      into.fill(0)
      users.forEach((user, row) => {
        into[row * manyItems + user] = 1
      })
      onScore()
    },
    close() {},
  }
}

test('holds the scores of one batch at a time and reports how far it is', async () => {
  const batches: number[] = []
  const fractions: unknown[] = []
  const lists = await recommendLists({
    ...request,
    scorer: notingScorer(batches),
    items: manyItems,
    users: Uint32Array.of(9, 3, 5, 7, 1),
    k: 1,
    report: ({ fraction }) => fractions.push(fraction),
  })
  expect(batches).toEqual([2, 2, 1])
  expect([...lists.items]).toEqual([9, 3, 5, 7, 1])
  expect(fractions).toEqual([0.4, 0.8, 1])
})

test('a cancel that arrives by the event loop is heard after the batch', async () => {
  const batches: number[] = []
  const controller = new AbortController()
  const scorer = notingScorer(batches, () => setImmediate(() => controller.abort(new Error('cancelled'))))
  const users = Uint32Array.of(0, 1, 2, 3, 4, 5, 6, 7)
  const listing = recommendLists({ ...request, scorer, items: manyItems, users, k: 1, signal: controller.signal })
  await expect(listing).rejects.toThrow('cancelled')
  expect(batches).toEqual([2])
})

test.each(['ials', 'bpr', 'item-knn', 'ease'])('%s: lists made in the kernels are those of its scores', async (id) => {
  const train = tastes(150, 83, 14)
  // The last user and the last item have no interactions.
  const wider = {
    ...train,
    users: 151,
    items: 84,
    offsets: Uint32Array.from([...train.offsets, train.itemIndices.length]),
  }
  const users = Uint32Array.from([...Array(151).keys()].reverse())
  const allowed = Uint8Array.from({ length: 84 }, (_, item) => Number(item % 3 > 0))
  const lists: TopLists[] = []
  for (const threads of [1, 3]) {
    const compute = await createCompute({ threads })
    const model = findModel(id)
    const scorer = await model.score?.(await fitModel(model, wider, compute), wider)
    if (!scorer?.best) throw new Error(`${id} makes no lists`)
    const { score, close } = scorer
    for (const one of [scorer, { score, close }]) {
      for (const given of [
        { k: 7, exclude: [wider], allowed },
        { k: 84, exclude: [], allowed: null },
      ]) {
        lists.push(await recommendLists({ ...unattended, scorer: one, users, items: 84, ...given }))
      }
    }
    await compute.close()
  }
  const [short, long] = lists
  expect(short.items.some((item) => item !== noItem)).toBe(true)
  lists.forEach((made, at) => {
    expect(made).toEqual(at % 2 === 0 ? short : long)
  })
})

test('among equal scores the kernels list the first items', async () => {
  const compute = await createCompute({ threads: 2 })
  const vectors = (rows: number[]) => ({
    count: rows.length,
    dimensions: 4,
    data: Float32Array.from(rows.flatMap((value) => [value, 0, 0, 0])),
    known: new Uint8Array(rows.length).fill(1),
  })
  const scorer = dotScorer(compute, vectors([1, -1, 0, 2, 1]), vectors([1, 2, 1, 2, 1, 2, 1, 2, 2, 1]))
  const users = Uint32Array.of(0, 1, 2, 3, 4)
  const lists = await recommendLists({ ...unattended, scorer, users, k: 3, items: 10, exclude: [], allowed: null })
  expect([...lists.items]).toEqual([1, 3, 5, 0, 2, 4, 0, 1, 2, 1, 3, 5, 1, 3, 5])
  await compute.close()
})

test('items that are not looked at, since their vectors are short, would not have been listed', async () => {
  const compute = await createCompute({ threads: 2 })
  const random = createRandom(3)
  const vectors = (count: number, lengthOf: (row: number) => number) => ({
    count,
    dimensions: 8,
    data: Float32Array.from({ length: count * 8 }, (_, at) => lengthOf(at >> 3) * random.normal()),
    known: new Uint8Array(count).fill(1),
  })
  const items = vectors(500, (item) => 1 / (1 + ((item * 7) % 500)))
  items.data.fill(Number.NaN, 40, 48)
  const scorer = dotScorer(
    compute,
    vectors(70, () => 1),
    items,
  )
  const users = Uint32Array.from({ length: 70 }, (_, user) => user)
  const { score, close } = scorer
  const listsOf = (one: Scorer) =>
    recommendLists({ ...unattended, scorer: one, users, k: 5, items: 500, exclude: [], allowed: null })
  expect(await listsOf(scorer)).toEqual(await listsOf({ score, close }))
  await compute.close()
})
