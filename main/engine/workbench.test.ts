import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { RunRecord } from '../contract/records'
import { openTestEngine, type TestEngine } from './testing/open-engine'

const popularity = { model: 'popularity' }
/** Minutes of work on the sample. */
const longRun = { model: 'ials', params: { embedding_size: 1024, epochs: 1000 } }

let workspace: string
let engine: TestEngine
let datasetId: string
beforeEach(async () => {
  workspace = mkdtempSync(join(tmpdir(), 'topn-test-'))
  engine = await openTestEngine({ workspace })
  datasetId = (await engine.jobEnded((await engine.call('datasets.sample', {})).id)).subject as string
})
afterEach(async () => {
  await engine.close()
  rmSync(workspace, { recursive: true, force: true })
})

async function reopen() {
  await engine.close()
  engine = await openTestEngine({ workspace })
}

async function train(models: { model: string }[]): Promise<RunRecord[]> {
  return engine.runsEnded(await engine.call('runs.start', { datasetId, models }))
}

async function jobOf(runId: string) {
  const found = (await engine.call('jobs.list', {})).filter(({ subject }) => subject === runId)
  return found[found.length - 1]
}

const runIds = async () => (await engine.call('runs.list', {})).map(({ id }) => id)
const datasetIds = async () => (await engine.call('datasets.list', {})).map(({ id }) => id)
const refusal = (call: Promise<unknown>) =>
  call.then(
    () => null,
    ({ code, message, data }) => ({ code, message, data }),
  )

test('names, tags and notes are kept; what is not given stays; what is too long is refused', async () => {
  const [run] = await train([popularity])
  const remarks = { name: '  Größe = "1" <b> ', tags: ['a', ' b ', 'a'], notes: 'first\nsecond' }
  const kept = { name: 'Größe = "1" <b>', tags: ['a', 'b'], notes: 'first\nsecond' }
  expect(await engine.call('runs.change', { runId: run.id, ...remarks })).toEqual({ ...run, ...kept })
  await engine.call('datasets.change', { datasetId, ...remarks })
  expect(await engine.call('datasets.change', { datasetId, notes: '' })).toMatchObject({ ...kept, notes: '' })
  await reopen()
  expect(await engine.call('runs.list', {})).toEqual([{ ...run, ...kept }])
  expect(await engine.call('datasets.list', {})).toMatchObject([{ id: datasetId, ...kept, notes: '' }])
  const wrong = [
    { name: ' ' },
    { name: 'x'.repeat(201) },
    { tags: Array(21).fill('x') },
    { tags: ['x'.repeat(51)] },
    { notes: 'x'.repeat(10_001) },
  ]
  for (const change of wrong) {
    expect(await refusal(engine.call('runs.change', { runId: run.id, ...change }))).toMatchObject({
      code: 'BAD_REQUEST',
    })
  }
  expect(await refusal(engine.call('runs.change', { runId: 'no', name: 'x' }))).toMatchObject({ code: 'NOT_FOUND' })
})

test('a run notes which rows it was made of, the same that the recipe leaves', async () => {
  const clean = [{ step: 'rating-filter' as const, min: 4 }]
  const started = await engine.call('runs.start', { datasetId, clean, models: [popularity] })
  const [run] = await engine.runsEnded(started)
  const { contentHash } = await engine.call('recipes.preview', { datasetId, clean })
  expect(contentHash).toMatch(/^[0-9a-f]{64}$/)
  expect(run.contentHash).toBe(contentHash)
  const [other] = await train([popularity])
  expect(other.contentHash).not.toBe(contentHash)
})

test('a run knows its data and its size; a copy gives the same lists when the original is gone', async () => {
  const [run] = await train([{ model: 'item-knn' }])
  const [dataset] = await engine.call('datasets.list', {})
  expect(run.dataHash).toBe(dataset.hash)
  const artifact = join(workspace, 'artifacts', run.id)
  const sizes = (await readdir(artifact)).map((name) => statSync(join(artifact, name)).size)
  expect(run.bytes).toBe(sizes.reduce((sum, size) => sum + size))
  const copy = await engine.call('runs.duplicate', { runId: run.id })
  expect(copy).toEqual({ ...run, id: 'item-knn-2', name: 'item-knn-1 (copy)', createdAt: copy.createdAt })
  const manifest = JSON.parse(readFileSync(join(workspace, 'artifacts', copy.id, 'manifest.json'), 'utf8'))
  expect(manifest).toMatchObject({ runId: copy.id, metrics: run.metrics })
  const listOf = (runId: string, limit: number) => engine.call('lists.forUser', { runId, user: 'person-007', limit })
  const lists = [await listOf(run.id, 10), await listOf(run.id, 40)]
  await engine.call('runs.delete', { runId: run.id })
  await reopen()
  expect([await listOf(copy.id, 10), await listOf(copy.id, 40)]).toEqual(lists)
})

test('a copy of a dataset is a dataset of its own', async () => {
  const copy = await engine.call('datasets.duplicate', { datasetId })
  expect(copy).toMatchObject({ name: 'sample (copy)', hasTitles: true })
  await engine.call('datasets.delete', { datasetId })
  await reopen()
  expect(await datasetIds()).toEqual([copy.id])
  datasetId = copy.id
  const [run] = await train([popularity])
  expect(run.state).toBe('done')
  const [first] = await engine.call('lists.forUser', { runId: run.id, user: 'person-001', limit: 1 })
  expect(first.title).toMatch(/\w/)
})

test('a deleted run is restored whole, until the workspace is opened again', async () => {
  const [run, other] = await train([popularity, popularity])
  const events: unknown[] = []
  engine.subscribe((event) => event.name === 'run' && events.push(event))
  await engine.call('runs.delete', { runId: run.id })
  expect(events).toEqual([{ name: 'run', key: run.id, value: { id: run.id, record: null } }])
  expect(await runIds()).toEqual([other.id])
  expect(await refusal(engine.call('runs.delete', { runId: run.id }))).toMatchObject({ code: 'NOT_FOUND' })
  expect(await engine.call('runs.restore', { runId: run.id })).toEqual(run)
  expect(await engine.call('runs.list', {})).toEqual([run, other])
  expect(await refusal(engine.call('runs.restore', { runId: run.id }))).toMatchObject({ code: 'NOT_FOUND' })
  await engine.call('runs.delete', { runId: run.id })
  const [next] = await train([popularity])
  expect(next.id).toBe('popularity-3')
  await reopen()
  expect(await refusal(engine.call('runs.restore', { runId: run.id }))).toMatchObject({ code: 'NOT_FOUND' })
  expect(await runIds()).toEqual([other.id, next.id])
  expect(existsSync(join(workspace, 'artifacts', run.id))).toBe(false)
  expect(existsSync(join(workspace, 'logs', 'runs', `${run.id}.log`))).toBe(false)
  // The others were trained on the same prepared data.
  expect(existsSync(join(workspace, 'prepared', other.prepared as string, 'manifest.json'))).toBe(true)
})

test('a dataset takes its runs with it and brings them back, but not those deleted before', async () => {
  const [before, run] = await train([popularity, popularity])
  await engine.call('runs.delete', { runId: before.id })
  await engine.call('datasets.delete', { datasetId })
  expect([await datasetIds(), await runIds()]).toEqual([[], []])
  expect((await refusal(engine.call('runs.restore', { runId: run.id })))?.message).toMatch(/Restore the dataset/)
  expect(await engine.call('datasets.restore', { datasetId })).toMatchObject({ id: datasetId })
  expect([await datasetIds(), await runIds()]).toEqual([[datasetId], [run.id]])
  await engine.call('datasets.delete', { datasetId })
  await reopen()
  expect([await datasetIds(), await runIds()]).toEqual([[], []])
  expect(await readdir(join(workspace, 'artifacts'))).toEqual([])
  expect(await readdir(join(workspace, 'prepared'))).toEqual([])
  expect(await refusal(engine.call('datasets.restore', { datasetId }))).toMatchObject({ code: 'NOT_FOUND' })
})

test('deleting a dataset cancels what works on it', async () => {
  const started = await engine.call('runs.start', { datasetId, models: [longRun, popularity] })
  await engine.until(async () => ((await jobOf(started[0].id)).progress.phase === 'fit' ? true : undefined))
  await engine.call('datasets.delete', { datasetId })
  for (const { id } of started) {
    const { id: jobId } = await jobOf(id)
    expect(await engine.jobEnded(jobId)).toMatchObject({ state: 'cancelled' })
  }
  await engine.call('datasets.restore', { datasetId })
  expect((await engine.call('runs.list', {})).map(({ state }) => state)).toEqual(['cancelled', 'cancelled'])
})

test('a log tells what happened, over a restart, errors with their detail', async () => {
  const [run] = await train([popularity])
  await engine.call('runs.start', { datasetId, models: [longRun] })
  await engine.until(async () => ((await jobOf('ials-1')).progress.phase === 'fit' ? true : undefined))
  process.kill(engine.processes.at(-1)?.pid as number, 'SIGKILL')
  await engine.runsEnded(await engine.call('runs.list', {}))
  await reopen()
  const texts = async (runId: string) => (await engine.call('runs.log', { runId })).map(({ text }) => text)
  const log = await texts(run.id)
  const counts = run.counts as NonNullable<RunRecord['counts']>
  expect(log[0]).toBe('Queued.')
  expect(log.find((text) => text.startsWith('Data prepared'))).toContain(
    `${counts.train.interactions} interactions of 500 users`,
  )
  expect(log).toEqual(expect.arrayContaining(['Phase: prepare.', 'Phase: fit.', 'Phase: evaluate.']))
  expect(log.at(-1)).toContain(`fitted in ${run.fitSeconds?.toFixed(3)} s`)
  expect(log.at(-1)).toContain(`${run.bytes} bytes on disk`)
  expect((await texts('ials-1')).at(-1)).toMatch(/^Where: .*"signal":"SIGKILL"/)
})

test('a cancelled run is trained again under its own id, once; a done one as a new run', async () => {
  const started = await engine.call('runs.start', { datasetId, models: [longRun, popularity] })
  const cancelled = [await jobOf(started[1].id), await jobOf(started[0].id)]
  for (const { id } of cancelled) await engine.call('jobs.cancel', { jobId: id })
  await engine.runsEnded(started)
  const job = await engine.call('jobs.retry', { jobId: cancelled[0].id })
  expect(job).toMatchObject({ kind: 'train', subject: started[1].id })
  expect(job.id).not.toBe(cancelled[0].id)
  await engine.jobEnded(job.id)
  const [, retried] = await engine.call('runs.list', {})
  expect(retried).toMatchObject({ id: started[1].id, state: 'done', error: null, createdAt: started[1].createdAt })
  for (const { id } of [cancelled[0], job]) {
    expect(await refusal(engine.call('jobs.retry', { jobId: id }))).toMatchObject({ code: 'BAD_REQUEST' })
  }
  const [again] = await engine.runsEnded([await engine.call('runs.again', { runId: retried.id })])
  const { params, seed, clean, split, evaluation, metrics, counts } = retried
  expect(again).toMatchObject({ id: 'popularity-2', params, seed, clean, split, evaluation, metrics, counts })
})

test('settings are remembered; what is not JSON of a sensible size is refused', async () => {
  expect(await engine.call('workspace.settings', {})).toEqual({})
  await engine.call('workspace.remember', { key: 'compare', value: { columns: ['ndcg@10'], wide: true } })
  await engine.call('workspace.remember', { key: 'tour', value: null })
  await reopen()
  expect(await engine.call('workspace.settings', {})).toEqual({
    compare: { columns: ['ndcg@10'], wide: true },
    tour: null,
  })
  for (const value of ['x'.repeat(65_536), undefined]) {
    expect(await refusal(engine.call('workspace.remember', { key: 'large', value }))).toMatchObject({
      code: 'BAD_REQUEST',
    })
  }
})
