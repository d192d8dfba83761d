import { afterAll, beforeAll, expect, test } from 'vitest'
import { definedMetrics } from '../contract/profiles'
import type { RunRecord } from '../contract/records'
import { openTestEngine, type TestEngine } from './testing/open-engine'

let engine: TestEngine
let runs: RunRecord[]
let sampled: RunRecord

beforeAll(async () => {
  engine = await openTestEngine()
  const { id } = await engine.call('datasets.sample', {})
  const datasetId = (await engine.jobEnded(id)).subject as string
  const split = { strategy: 'random', ratio: 0.3, per: 'user' } as const
  const start = (candidates: 'all' | { sampled: number }, models: string[]) =>
    engine.call('runs.start', {
      datasetId,
      split,
      evaluation: { candidates, metrics: [...definedMetrics, 'capped-recall'], cutoffs: [3, 10] },
      models: models.map((model) => ({ model })),
    })
  runs = await engine.runsEnded(await start('all', ['popularity', 'item-knn']))
  sampled = (await engine.runsEnded(await start({ sampled: 20 }, ['popularity'])))[0]
})
afterAll(() => engine.close())

test('stored lists under definitions of TopN give the metrics of the runs again, sampled candidates too', async () => {
  for (const records of [runs, [sampled]]) {
    const found = await engine.call('comparison.redefine', { runIds: records.map(({ id }) => id), profile: 'topn' })
    for (const [at, { runId, users, metrics, usual }] of found.runs.entries()) {
      expect([runId, users]).toEqual([records[at].id, records[at].judgedUsers])
      expect(usual).toEqual(metrics)
      expect(Object.keys(metrics)).toHaveLength(2 * definedMetrics.length)
      for (const [key, value] of Object.entries(metrics)) expect(value, key).toBeCloseTo(records[at].metrics[key], 12)
    }
  }
})

test('other definitions give other numbers, and say which they are', async () => {
  const found = await engine.call('comparison.redefine', { runIds: [runs[1].id], profile: 'lenskit' })
  expect(found.definitions.recall).toBe('hits-by-possible')
  expect(found.usual.recall).toBe('hits-by-relevant')
  const [{ metrics, usual }] = found.runs
  expect(metrics['recall@3']).toBeCloseTo(runs[1].metrics['capped-recall@3'], 12)
  expect(metrics['recall@3']).toBeGreaterThan(usual['recall@3'])
  const implicit = await engine.call('comparison.redefine', { runIds: [runs[1].id], profile: 'implicit' })
  expect(implicit.definitions.mrr).toBeNull()
  expect(Object.keys(implicit.runs[0].metrics)).not.toContain('mrr@10')
})

test('runs that ranked different candidates are refused', async () => {
  const runIds = [runs[0].id, sampled.id]
  await expect(engine.call('comparison.redefine', { runIds, profile: 'topn' })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    message: expect.stringContaining('ranked different candidates'),
  })
})

test('what is asked of one place can be stopped', async () => {
  const asked = engine.call('comparison.redefine', { runIds: [runs[0].id], profile: 'recbole', view: 'window' })
  const stopped = expect(asked).rejects.toMatchObject({ code: 'CANCELLED' })
  await engine.call('comparison.stop', { view: 'window' })
  await stopped
})
