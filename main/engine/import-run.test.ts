import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Elsewhere } from '../contract/elsewhere'
import type { ExportSettings } from '../contract/exports'
import type { RunRecord } from '../contract/records'
import { openTestEngine, type TestEngine } from './testing/open-engine'

let engine: TestEngine
let run: RunRecord
const evaluation = { cutoffs: [5, 10], metrics: ['ndcg', 'recall', 'mrr', 'coverage'] as ('ndcg' | 'coverage')[] }

beforeAll(async () => {
  engine = await openTestEngine()
  const { id } = await engine.call('datasets.sample', {})
  const datasetId = (await engine.jobEnded(id)).subject as string
  const split = { strategy: 'random', ratio: 0.3, per: 'user' } as const
  const [started] = await engine.call('runs.start', { datasetId, split, evaluation, models: [{ model: 'ials' }] })
  run = (await engine.runsEnded([started]))[0]
})
afterAll(() => engine.close())

async function exported(format: ExportSettings['format'], name: string): Promise<string> {
  const path = join(engine.workspace, name)
  const job = await engine.jobEnded((await engine.call('exports.start', { runId: run.id, format, path })).id)
  expect(job.error).toBeNull()
  return path
}

async function imported(from: Elsewhere): Promise<RunRecord> {
  const { datasetId, split } = run
  const record = await engine.call('runs.import', { datasetId, split, evaluation, from })
  return (await engine.runsEnded([record]))[0]
}

test('lists that were exported and brought in again have the same metrics, and are compared', async () => {
  const files = [
    await exported('parquet', 'lists.parquet'),
    await exported('csv', 'lists.csv'),
    join(await exported('trec', 'trec'), 'run.txt'),
  ]
  for (const file of files) {
    const record = await imported({ kind: 'lists', file })
    expect(record).toMatchObject({
      state: 'done',
      error: null,
      model: 'external',
      prepared: run.prepared,
      fitSeconds: null,
    })
    expect(record.metrics).toEqual(run.metrics)
    expect(record.elsewhere?.found).toMatchObject({ leftOut: 0, unknownUsers: 0, unknownItems: 0, withoutList: 0 })
    const runIds = [run.id, record.id]
    const { pairs } = await engine.call('comparison.significance', { runIds, reference: run.id, metric: 'ndcg@10' })
    expect(pairs[0].difference).toBe(0)
    const [{ user }] = await engine.call('users.search', { datasetId: run.datasetId, query: '' })
    const [own, brought] = await Promise.all(
      runIds.map((runId) => engine.call('lists.forUser', { runId, user, limit: 10 })),
    )
    expect(brought).toEqual(own)
  }
})

test('vectors that were exported and brought in again have the same metrics', async () => {
  const [npz, tensors] = [await exported('npz', 'model.npz'), await exported('safetensors', 'tensors')]
  const both = (file: string) => ({ kind: 'vectors' as const, users: file, items: file })
  const named = { userIds: join(tensors, 'user_ids.json'), itemIds: join(tensors, 'item_ids.json') }
  const ways: Elsewhere[] = [
    { ...both(npz), userIds: null, itemIds: null },
    { ...both(join(tensors, 'model.safetensors')), ...named },
  ]
  for (const way of ways) {
    const record = await imported(way)
    expect(record.error).toBeNull()
    expect(record.metrics).toEqual(run.metrics)
    expect(record.elsewhere?.found).toMatchObject({ leftOut: 0, withoutList: 0 })
  }
})

test('a graph that was exported and brought in again lists the same, its ids found beside it', async () => {
  const graph = join(await exported('onnx', 'graphs'), 'users.onnx')
  const record = await imported({ kind: 'scorer', file: graph, userIds: null, itemIds: null, historyLength: null })
  expect(record).toMatchObject({ state: 'done', error: null, model: 'external', name: 'users.onnx', fitSeconds: null })
  expect(record.elsewhere?.found).toMatchObject({ takes: 'users', leftOut: 0, withoutList: 0, withoutScore: 0 })
  for (const [key, value] of Object.entries(run.metrics)) expect(record.metrics[key]).toBeCloseTo(value, 6)
  const [{ user }] = await engine.call('users.search', { datasetId: run.datasetId, query: '' })
  const [own, brought] = await Promise.all(
    [run.id, record.id].map((runId) => engine.call('lists.forUser', { runId, user, limit: 10 })),
  )
  expect(brought.map(({ item }) => item)).toEqual(own.map(({ item }) => item))
})

test('what was made elsewhere is not trained: not anew, not on everything, not as an experiment', async () => {
  const record = await imported({ kind: 'lists', file: await exported('csv', 'again.csv') })
  const { datasetId } = run
  await expect(engine.call('runs.start', { datasetId, models: [{ model: 'external' }] })).rejects.toThrow('not trained')
  await expect(engine.call('runs.experiment', { runId: record.id })).rejects.toThrow('made elsewhere')
  const everyone = await engine.jobEnded((await engine.call('lists.forEveryone', { runId: record.id })).id)
  expect(everyone.error?.message).toContain('made elsewhere')
  expect((await engine.call('models.list', {})).map(({ id }) => id)).not.toContain('external')
  const [again] = await engine.runsEnded([await engine.call('runs.again', { runId: record.id })])
  expect(again.metrics).toEqual(run.metrics)
  const unknown = { kind: 'lists' as const, file: join(engine.workspace, 'nowhere.csv') }
  await expect(imported(unknown)).rejects.toThrow('There is no file')
})
