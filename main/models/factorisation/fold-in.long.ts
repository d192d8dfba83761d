import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createCompute } from '../../compute/create'
import type { Features, Interactions } from '../model'
import { findModel } from '../registry'
import { featureRowsOf, fitModel, historyOf, interactionsOf, scoresOf, topItems } from '../testing'

const dataFolder = process.env.TOPN_DATA ?? resolve(import.meta.dirname, '../../../../shared/data')
const file = join(dataFolder, 'ml-latest-small', 'ratings.csv')

function readRatings() {
  const lines = readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',').map(Number))
  lines.sort((a, b) => a[3] - b[3])
  const users = new Map<number, number>()
  const items = new Map<number, number>()
  const index = (map: Map<number, number>, id: number) => {
    const found = map.get(id) ?? map.size
    map.set(id, found)
    return found
  }
  const [rows, values]: [number[][], number[][]] = [[], []]
  for (const [user, item, rating] of lines) {
    const at = index(users, user)
    rows[at] ??= []
    values[at] ??= []
    rows[at].push(index(items, item))
    values[at].push(rating)
  }
  return interactionsOf(rows, items.size, values)
}

function need<T>(ability: T | undefined): T {
  if (!ability) throw new Error('the model cannot do this')
  return ability
}

const noFeatures = ({ users, items }: Interactions): Features => {
  const none = (rows: number) =>
    featureRowsOf(
      Array.from({ length: rows }, () => ({})),
      0,
    )
  return { users: none(users), items: none(items) }
}

describe.skipIf(!existsSync(file))('folding in the history of a user of ml-latest-small', () => {
  let compute: Awaited<ReturnType<typeof createCompute>>
  beforeAll(async () => {
    compute = await createCompute({ threads: 2 })
  })
  afterAll(() => compute.close())

  test.each([
    ['bpr', {}, 0.75],
    ['mf', {}, 0.75],
    ['ials', {}, 0.95],
    ['als', {}, 0.95],
    ['funk-svd', {}, 0.8],
    ['fm', {}, 0.75],
    ['svd-plus-plus', {}, 0.8],
    ['lightgcn', {}, 0.75],
    ['ease', {}, 1],
    ['item-knn', {}, 1],
    ['slim', { neighbors: 50, epochs: 5 }, 1],
    ['user-knn', {}, 1],
    ['gf-cf', {}, 1],
    ['pure-svd', {}, 1],
  ])('%s %j: %f of the first 10', { timeout: 300_000 }, async (id, params, least) => {
    const train = readRatings()
    const model = findModel(id)
    const fitted = await fitModel(model, train, compute, { params, features: noFeatures(train) })
    const users = Array.from({ length: train.users }, (_, user) => user).filter((user) => user % 7 === 0)
    const known = await scoresOf(await need(model.score)(fitted, train), users, train.items)
    const folded = await scoresOf(await need(model.foldIn)(fitted, train), users, train.items)
    const shared = users.map((user, row) => {
      const seen = historyOf(train, user)
      const list = new Set(topItems(known[row], seen, 10))
      return topItems(folded[row], seen, 10).filter((item) => list.has(item)).length / 10
    })
    const mean = shared.reduce((sum, share) => sum + share, 0) / shared.length
    console.info(`${id}: ${(100 * mean).toFixed(1)} % of the first 10`)
    expect(mean).toBeGreaterThanOrEqual(least)
  })
})
