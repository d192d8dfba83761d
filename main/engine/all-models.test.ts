import { afterEach, expect, test } from 'vitest'
import { findModel, models } from '../models/registry'
import { openTestEngine, type TestEngine } from './testing/open-engine'

let engine: TestEngine
afterEach(() => engine?.close())

const listOf = (runId: string, user: string) => engine.call('lists.forUser', { runId, user, limit: 10 })

test('every model trains on the sample and lists, those that learn ratings with their errors', async () => {
  engine = await openTestEngine()
  const { subject } = await engine.jobEnded((await engine.call('datasets.sample', {})).id)
  const datasetId = subject as string
  // Large steps keep networks short: what they learn is tested beside them.
  const few = { epochs: 2, embedding_size: 8, batch_size: 1024, maximum_length: 20 }
  const started = await engine.call('runs.start', {
    datasetId,
    // What finds weights finds them by the validation part.
    split: { strategy: 'leave-last-out', validation: { strategy: 'leave-last-out' } },
    models: models.map(({ id, parameters }) => {
      const known = new Set(parameters.map(({ name }) => name))
      return { model: id, params: Object.fromEntries(Object.entries(few).filter(([name]) => known.has(name))) }
    }),
  })
  const runs = await engine.runsEnded(started)
  expect(runs.map(({ model, state, error }) => `${model}: ${error?.message ?? state}`)).toEqual(
    models.map(({ id }) => `${id}: done`),
  )
  const [{ user }] = await engine.call('users.search', { datasetId, query: '', limit: 1 })
  for (const run of runs) {
    const { feedback, family } = findModel(run.model)
    expect(run.metrics['ndcg@10'], run.model).toBeGreaterThanOrEqual(0)
    expect(run.bytes, run.model).toBeGreaterThan(0)
    if (feedback === 'explicit') {
      expect(run.metrics.rmse, run.model).toBeGreaterThan(0.3)
      expect(run.metrics.rmse, run.model).toBeLessThan(1.5)
      expect(run.metrics.mae, run.model).toBeLessThan(run.metrics.rmse)
      expect(run.metrics.accuracy, run.model).toBeGreaterThan(0.1)
    }
    expect((await listOf(run.id, user)).length, `${run.model} (${family})`).toBe(10)
  }
}, 240_000)
