import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createCompute } from '../compute/create'
import type { Interactions, Parameters } from '../models/model'
import { findModel } from '../models/registry'
import { fitModel, interactionsOf } from '../models/testing'
import type { RatedPairs } from './metric'
import { mae } from './metrics/mae'
import { rmse } from './metrics/rmse'
import { rateTestPairs } from './ratings'
import { unattended } from './testing/scorer'

const dataFolder = process.env.TOPN_DATA ?? resolve(import.meta.dirname, '../../../shared/data')
const folder = join(dataFolder, 'ml-100k')

function readFold(name: string): Interactions {
  const rows: number[][] = Array.from({ length: 943 }, () => [])
  const ratings: number[][] = Array.from({ length: 943 }, () => [])
  for (const line of readFileSync(join(folder, name), 'utf8').trimEnd().split('\n')) {
    const [user, item, rating] = line.split('\t').map(Number)
    rows[user - 1].push(item - 1)
    ratings[user - 1].push(rating)
  }
  return interactionsOf(rows, 1682, ratings)
}

const nearest = { similarity: 'mean-squared-difference', shrinkage: 0, neighbors: 40 }
/** Mean RMSE and MAE of five folds with the Surprise library's defaults, as it publishes them. */
const published: [id: string, params: Parameters, rmse: number, mae: number][] = [
  ['random', {}, 1.518, 1.219],
  ['bias', {}, 0.944, 0.748],
  ['user-knn', { ...nearest, rating_prediction: 'plain' }, 0.98, 0.774],
  ['user-knn', { ...nearest, rating_prediction: 'mean-centred' }, 0.951, 0.749],
  ['user-knn', { ...nearest, rating_prediction: 'baseline' }, 0.931, 0.733],
  ['funk-svd', {}, 0.934, 0.737],
  ['svd-plus-plus', {}, 0.919, 0.721],
]

describe.skipIf(!existsSync(folder))('ratings of ml-100k, folds u1 to u5', () => {
  let compute: Awaited<ReturnType<typeof createCompute>>
  beforeAll(async () => {
    compute = await createCompute({ threads: 2 })
  })
  afterAll(() => compute.close())

  async function rateFold(fold: number, id: string, params: Parameters): Promise<RatedPairs> {
    const [train, test] = [readFold(`u${fold}.base`), readFold(`u${fold}.test`)]
    const model = findModel(id)
    const rater = await model.rate?.(await fitModel(model, train, compute, { params }), train)
    const pairs = rater && (await rateTestPairs({ ...unattended, rater, train, test }))
    rater?.close()
    if (!pairs) throw new Error(`${id} rates`)
    return pairs
  }

  test.each(published)('%s %j is within 0.010 of the published numbers', async (id, params, error, absolute) => {
    let [errors, absolutes] = [0, 0]
    for (const fold of [1, 2, 3, 4, 5]) {
      const pairs = await rateFold(fold, id, params)
      errors += rmse.value(pairs) / 5
      absolutes += mae.value(pairs) / 5
    }
    expect(Math.abs(errors - error)).toBeLessThan(0.01)
    expect(Math.abs(absolutes - absolute)).toBeLessThan(0.01)
  })
})
