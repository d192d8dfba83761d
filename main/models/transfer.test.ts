import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCompute } from '../compute/create'
import type { Parameters } from './model'
import { createRandom } from './random'
import { findModel } from './registry'
import { featureRowsOf, fitModel, interactionsOf, scoresOf, topItems } from './testing'

let compute: Awaited<ReturnType<typeof createCompute>>
beforeAll(async () => {
  compute = await createCompute({ threads: 2 })
})
afterAll(() => compute.close())

const [genres, others] = [5, 20]

/** Each user chooses items of one genre, `perUser` of `perGenre`; beside the genre stands what says nothing. */
function tastes(name: string, { users, perGenre, perUser }: { users: number; perGenre: number; perUser: number }) {
  const random = createRandom(4).derive(name)
  const items = genres * perGenre
  // Items lie in another order in each data.
  const genreOf = Array.from({ length: items }, (_, item) => item % genres)
  for (let at = items - 1; at > 0; at--) {
    const other = random.integer(at + 1)
    ;[genreOf[at], genreOf[other]] = [genreOf[other], genreOf[at]]
  }
  const rows = Array.from({ length: users }, (_, user) => {
    const own = Array.from(genreOf.keys()).filter((item) => genreOf[item] === user % genres)
    const row = new Set<number>()
    while (row.size < perUser) row.add(own[random.integer(own.length)])
    return [...row]
  })
  const features = genreOf.map((genre) => ({ [genre]: 1, [genres + random.integer(others)]: 0.5 }))
  return { train: interactionsOf(rows, items), items: featureRowsOf(features, genres + others), genreOf }
}

const noneOf = (rows: number) =>
  featureRowsOf(
    Array.from({ length: rows }, () => ({})),
    0,
  )

const unattended = { signal: new AbortController().signal, report() {} }
const learning = { epochs: 15, batch_size: 32, learning_rate: 0.01, embedding_size: 16, negatives: 64 }
const deep = { ...learning, identity_dropout: 0.3 }

test.each<[id: string, params: Parameters]>([
  ['content-knn', {}],
  ['fm', { embedding_size: 16 }],
  ['two-tower', deep],
  ['two-tower', { ...deep, user_tower: 'gru' }],
  ['transformer-mf', deep],
])('%s lists other data by what its items are like: %j', async (id, params) => {
  const model = findModel(id)
  const [before, after] = [
    tastes('before', { users: 150, perGenre: 12, perUser: 6 }),
    tastes('after', { users: 60, perGenre: 9, perUser: 4 }),
  ]
  const features = { items: before.items, users: noneOf(before.train.users) }
  const fitted = await fitModel(model, before.train, compute, { params, features })
  const tensors = await model.transfer?.(fitted, { train: after.train, items: after.items, ...unattended })
  if (!tensors) throw new Error('it transfers')
  const scorer = await model.score?.({ ...fitted, tensors }, after.train)
  if (!scorer) throw new Error('it scores')
  const { users, items: count, offsets, itemIndices } = after.train
  const scores = await scoresOf(scorer, Array.from({ length: users }).keys(), count)
  const right = scores.map((row, user) => {
    const best = topItems(row, itemIndices.subarray(offsets[user], offsets[user + 1]), 5)
    return best.filter((item) => after.genreOf[item] === user % genres).length / 5
  })
  // By chance a fifth.
  expect(right.reduce((sum, share) => sum + share, 0) / users).toBeGreaterThan(0.9)
})

test.each(['two-tower', 'fm'])('%s that was trained without features knows nothing of other data', async (id) => {
  const { train, items } = tastes('before', { users: 150, perGenre: 12, perUser: 6 })
  const features = { items: noneOf(train.items), users: noneOf(train.users) }
  const model = findModel(id)
  const fitted = await fitModel(model, train, compute, { params: { epochs: 1 }, features })
  expect(await model.transfer?.(fitted, { train, items, ...unattended })).toBeNull()
})

test('users are found against the items in turns: it is told how far it is, and stops when it is told to', async () => {
  const { train, items } = tastes('before', { users: 150, perGenre: 12, perUser: 6 })
  const fm = findModel('fm')
  const features = { items, users: noneOf(train.users) }
  const fitted = await fitModel(fm, train, compute, { params: { epochs: 1 }, features })
  const told: unknown[] = []
  const stop = new AbortController()
  const report = (progress: object) => {
    told.push(progress)
    stop.abort(new Error('enough'))
  }
  await expect(fm.transfer?.(fitted, { train, items, report, signal: stop.signal })).rejects.toThrow('enough')
  expect(told).toEqual([{ phase: 'fit', fraction: 100 / 150 }])
})
