import { afterEach, expect, test } from 'vitest'
import type { CallInput } from '../contract/calls'
import type { StudyRecord } from '../contract/tuning'
import { openTestEngine, type TestEngine } from './testing/open-engine'

let engine: TestEngine
afterEach(() => engine?.close())

async function openSample(): Promise<string> {
  const job = await engine.jobEnded((await engine.call('datasets.sample', {})).id)
  return job.subject as string
}

const split = { strategy: 'leave-last-out', validation: { strategy: 'leave-last-out' } } as const
const search: Omit<CallInput<'studies.create'>, 'datasetId'> = {
  split,
  models: [{ model: 'item-knn', space: { neighbors: { from: 5, to: 100 }, similarity: ['cosine', 'jaccard'] } }],
  sampler: 'random',
  halving: false,
  budget: { trials: 3 },
}

async function inState(id: string, ...states: StudyRecord['state'][]): Promise<StudyRecord> {
  return engine.until(async () =>
    (await engine.call('studies.list', {})).find((study) => study.id === id && states.includes(study.state)),
  )
}

test('a study tries settings on the validation part, and the best one is retrained on both parts', async () => {
  engine = await openTestEngine()
  const datasetId = await openSample()
  const { id } = await engine.call('studies.create', { datasetId, ...search })
  const study = await inState(id, 'done', 'failed')
  expect(study.error).toBeNull()
  const trials = await engine.call('studies.trials', { studyId: id })
  expect(trials.map(({ number, state }) => [number, state])).toEqual([1, 2, 3].map((number) => [number, 'done']))
  const values = trials.map((trial) => trial.values?.['ndcg@10'] ?? 0)
  expect(study.best).toEqual([1 + values.indexOf(Math.max(...values))])
  const run = await engine.call('studies.finish', { studyId: id })
  const [ended] = await engine.runsEnded([run])
  expect(ended).toMatchObject({
    state: 'done',
    study: { id, trial: study.best[0] },
    params: trials[study.best[0] - 1].params,
  })
  // Train and validation part together: what the study trained on, and what it judged by.
  expect(ended.counts?.train.interactions).toBe(
    (study.counts?.train.interactions ?? 0) + (study.counts?.test.interactions ?? 0),
  )
  await expect(engine.call('studies.finish', { studyId: id })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
})
