import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { TopnError } from '../contract/errors'
import type { RunRecord } from '../contract/records'
import { readSafetensors } from '../files/safetensors'
import { testFolder } from '../store/testing/folder'
import { openTestEngine, type TestEngine } from './testing/open-engine'

const { folder } = testFolder()
const workspace = join(folder, 'workspace')
let engine: TestEngine
let datasetId: string
let runs: RunRecord[]

beforeAll(async () => {
  engine = await openTestEngine({ workspace })
  const { id } = await engine.call('datasets.sample', {})
  datasetId = (await engine.jobEnded(id)).subject as string
  const models = [{ model: 'popularity' }, { model: 'item-knn' }, { model: 'random' }]
  runs = await engine.runsEnded(await engine.call('runs.start', { datasetId, models }))
})
afterAll(() => engine.close())

const refusal = (call: Promise<unknown>): Promise<TopnError | undefined> =>
  call.then(
    () => undefined,
    (error) => (error instanceof TopnError ? error : Promise.reject(error)),
  )

async function valuesOf(run: RunRecord, key: string): Promise<number[]> {
  const tensors = await readSafetensors(join(workspace, 'artifacts', run.id, 'users.safetensors'))
  return [...tensors[key].data]
}

test('runs are compared over the users that they were judged on', async () => {
  const runIds = runs.map(({ id }) => id)
  const [reference, knn] = runIds
  const input = { runIds, reference, metric: 'ndcg@10', resamples: 500 }
  const found = await engine.call('comparison.significance', input)
  expect(found).toMatchObject({ metric: 'ndcg@10', direction: 'higher', reference, test: 't', level: 0.95, seed: 42 })
  expect(found.users).toBe(runs[0].judgedUsers)
  found.runs.forEach(({ runId, mean, interval }, at) => {
    expect([runId, mean]).toEqual([runIds[at], expect.closeTo(runs[at].metrics['ndcg@10'], 12)])
    expect(interval.from).toBeLessThan(mean)
    expect(interval.to).toBeGreaterThan(mean)
  })
  expect(found.pairs.map(({ runId }) => runId)).toEqual(runIds.slice(1))
  const [own, other] = [await valuesOf(runs[1], 'ndcg@10'), await valuesOf(runs[0], 'ndcg@10')]
  const differences = own.map((value, at) => value - other[at])
  const mean = differences.reduce((sum, value) => sum + value, 0) / differences.length
  const variance = differences.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (differences.length - 1)
  const pair = found.pairs.find(({ runId }) => runId === knn)
  expect(pair).toMatchObject({
    difference: expect.closeTo(mean, 12),
    statistic: expect.closeTo(mean / Math.sqrt(variance / differences.length), 10),
    effect: expect.closeTo(mean / Math.sqrt(variance), 10),
    better: differences.filter((value) => value > 0).length,
    equal: differences.filter((value) => value === 0).length,
    worse: differences.filter((value) => value < 0).length,
  })
  expect(await engine.call('comparison.significance', input)).toEqual(found)
  const randomised = await engine.call('comparison.significance', { ...input, test: 'randomisation' })
  expect(randomised.pairs[0].interval).toEqual(found.pairs[0].interval)
  expect(Math.abs(randomised.pairs[0].p - found.pairs[0].p)).toBeLessThan(0.05)
})

test('what cannot be compared is refused', async () => {
  const [first, second] = runs
  const compare = (more: object) =>
    refusal(
      engine.call('comparison.significance', {
        runIds: [first.id, second.id],
        reference: first.id,
        metric: 'ndcg@10',
        ...more,
      }),
    )
  expect((await compare({ metric: 'coverage@10' }))?.message).toMatch(/user by user/)
  expect((await compare({ metric: 'ndcg@7' }))?.message).toMatch(/has no ndcg@7/)
  expect((await compare({ reference: 'x' }))?.data).toEqual({ field: 'reference' })
  expect(await compare({ runIds: [first.id] })).toMatchObject({ code: 'BAD_REQUEST' })
  expect(await compare({ runIds: [first.id, first.id] })).toMatchObject({ code: 'BAD_REQUEST' })
  expect(await compare({ runIds: [first.id, 'none'] })).toMatchObject({ code: 'NOT_FOUND' })
  const start = async (more: object) =>
    (
      await engine.runsEnded(await engine.call('runs.start', { datasetId, models: [{ model: 'popularity' }], ...more }))
    )[0].id
  const otherSplit = await start({ split: { strategy: 'random', ratio: 0.3, per: 'user' } })
  expect((await compare({ runIds: [first.id, otherSplit] }))?.message).toMatch(/different data or splits/)
  const sampled = await start({ evaluation: { candidates: { sampled: 20 } } })
  expect((await compare({ runIds: [first.id, sampled] }))?.message).toMatch(/different candidates/)
})

test('of one place the newest question counts', async () => {
  const input = { runIds: runs.map(({ id }) => id), reference: runs[0].id, view: 'screen' }
  const older = refusal(engine.call('comparison.significance', { ...input, metric: 'recall@10' }))
  const newer = engine.call('comparison.significance', { ...input, metric: 'ndcg@10' })
  expect(await older).toMatchObject({ code: 'CANCELLED' })
  expect((await newer).metric).toBe('ndcg@10')
})
