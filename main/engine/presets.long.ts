import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CallInput } from '../contract/calls'
import type { MetricId, ModelEntry, Split } from '../contract/experiment'
import type { Preset } from '../contract/parameters'
import type { Model } from '../models/model'
import { models } from '../models/registry'
import { openTestEngine, type TestEngine } from './testing/open-engine'

// Every model with each of its presets beats the baseline of what it is for. Lists: `popularity` by NDCG@10, on ml-100k,
// or for models that need features on the sample, whose people choose by genre. Expected ratings: the mean of the item, the
// popularity of ratings, by RMSE on ml-100k; lists by expected rating bring up what few but fond people rated and so lose
// to popularity, as Cremonesi et al. 2010 found.

const data = process.env.TOPN_DATA ?? resolve(import.meta.dirname, '../../../shared/data')
const ratingsFile = join(data, 'ml-100k', 'u.data')

/** `bias` whose users are held at nothing and whose items are not: the mean rating of each item. */
const itemMean: ModelEntry = {
  model: 'bias',
  params: { epochs: 1, user_regularization: 10_000, item_regularization: 0 },
}

/** What a preset is judged by: a baseline has none but itself to beat. */
function purposeOf({ id, family, feedback, features, rate }: Model, preset: Preset) {
  if (id === 'random' || id === 'popularity') return 'baseline'
  if (feedback === 'explicit' || (rate && preset.id.endsWith('ratings'))) return 'ratings'
  return features === 'required' || family === 'Content' ? 'lists-by-features' : 'lists'
}

// What is made of other runs has none of its own to be judged by.
const entries = models
  .filter(({ memberWeights }) => !memberWeights)
  .flatMap((model) =>
    model.presets.map((preset) => ({ model: model.id, preset: preset.id, purpose: purposeOf(model, preset) })),
  )
const of = (purpose: string) => entries.filter((entry) => entry.purpose === purpose)

describe.skipIf(!existsSync(ratingsFile))('presets', { timeout: 600_000 }, () => {
  let engine: TestEngine
  const datasets: Record<string, string> = {}
  beforeAll(async () => {
    engine = await openTestEngine()
    const open = async (id: string) => String((await engine.jobEnded(id)).subject)
    datasets.sample = await open((await engine.call('datasets.sample', {})).id)
    datasets.hundred = await open((await engine.call('datasets.open', { path: ratingsFile })).id)
  })
  afterAll(() => engine.close())

  async function measure(dataset: string, split: Split, metric: MetricId, entry: ModelEntry): Promise<number> {
    const evaluation: CallInput<'runs.start'>['evaluation'] = { cutoffs: [10], metrics: [metric] }
    const request = { datasetId: datasets[dataset], split, evaluation, models: [entry], seed: 1 }
    const [run] = await engine.runsEnded(await engine.call('runs.start', request))
    expect(run.state, run.error?.message).toBe('done')
    return run.metrics[metric === 'rmse' ? 'rmse' : `${metric}@10`]
  }

  const last: Split = { strategy: 'leave-last-out', count: 1 }
  const lists: Record<string, Promise<number>> = {}
  const popularity = (dataset: string) =>
    (lists[dataset] ??= measure(dataset, last, 'ndcg', { model: 'popularity', params: {} }))

  test.each(of('lists'))('$model, $preset: better lists than popularity', async ({ model, preset }) => {
    const ndcg = await measure('hundred', last, 'ndcg', { model, preset, params: {} })
    expect(ndcg).toBeGreaterThan(await popularity('hundred'))
  })

  test.each(of('lists-by-features'))('$model, $preset: better lists than popularity', async ({ model, preset }) => {
    const ndcg = await measure('sample', last, 'ndcg', { model, preset, params: {} })
    expect(ndcg).toBeGreaterThan(await popularity('sample'))
  })

  const fifth: Split = { strategy: 'random', ratio: 0.2, per: 'global' }
  let meanOfItem: Promise<number> | undefined
  test.each(of('ratings'))(
    '$model, $preset: nearer to ratings than the mean of the item',
    async ({ model, preset }) => {
      meanOfItem ??= measure('hundred', fifth, 'rmse', itemMean)
      const rmse = await measure('hundred', fifth, 'rmse', { model, preset, params: {} })
      expect(rmse).toBeLessThan(await meanOfItem)
    },
  )
})
