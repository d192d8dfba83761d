import { expect } from 'vitest'
import type { Model } from '../../models/model'
import { openTestEngine } from './open-engine'

/** Trains each of `models` on the sample for a moment, in processes of their own, and looks at what comes of it. */
export async function trainEvery(models: readonly Model[]): Promise<void> {
  const engine = await openTestEngine()
  try {
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
    for (const [at, run] of runs.entries()) {
      const { feedback, family } = models[at]
      expect(run.metrics['ndcg@10'], run.model).toBeGreaterThanOrEqual(0)
      expect(run.bytes, run.model).toBeGreaterThan(0)
      if (feedback === 'explicit') {
        expect(run.metrics.rmse, run.model).toBeGreaterThan(0.3)
        expect(run.metrics.rmse, run.model).toBeLessThan(1.5)
        expect(run.metrics.mae, run.model).toBeLessThan(run.metrics.rmse)
        expect(run.metrics.accuracy, run.model).toBeGreaterThan(0.1)
      }
      const list = await engine.call('lists.forUser', { runId: run.id, user, limit: 10 })
      expect(list.length, `${run.model} (${family})`).toBe(10)
    }
  } finally {
    await engine.close()
  }
}
