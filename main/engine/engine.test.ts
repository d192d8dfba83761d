import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { RunRecord } from '../contract/records'
import { greedyEntry, isAlive, jobEntry, openTestEngine, type TestEngine } from './testing/open-engine'

const threeModels = [{ model: 'popularity' }, { model: 'item-knn' }, { model: 'ials' }]
/** Minutes of work on the sample. */
const longRun = { model: 'ials', params: { embedding_size: 1024, epochs: 1000 } }

let engine: TestEngine
afterEach(() => engine?.close())

async function openSample(): Promise<string> {
  const job = await engine.jobEnded((await engine.call('datasets.sample', {})).id)
  return job.subject as string
}

function isTraining(run: RunRecord): Promise<true> {
  return engine.until(async () => {
    const jobs = await engine.call('jobs.list', {})
    const job = jobs.find(({ subject }) => subject === run.id)
    return job?.progress.phase === 'fit' ? true : undefined
  })
}

test('the sample becomes a leaderboard whose numbers follow from its lists', async () => {
  engine = await openTestEngine()
  const datasetId = await openSample()
  const runs = await engine.runsEnded(await engine.call('runs.start', { datasetId, models: threeModels }))
  expect(runs.map(({ state, error }) => error ?? state)).toEqual(['done', 'done', 'done'])
  const [popularity, itemKnn, ials] = runs.map(({ metrics }) => metrics['ndcg@10'])
  expect(itemKnn).toBeGreaterThan(popularity)
  expect(ials).toBeGreaterThan(popularity)
  const users = await engine.call('users.search', { datasetId, query: '', limit: 1000 })
  for (const run of runs) {
    let hits = 0
    for (const { user } of users) {
      const history = await engine.call('users.history', { runId: run.id, user })
      const held = history.filter(({ part }) => part === 'test').map(({ item }) => item)
      const list = await engine.call('lists.forUser', { runId: run.id, user, limit: 10 })
      const seen = new Set(history.filter(({ part }) => part === 'train').map(({ item }) => item))
      expect(list.some(({ item }) => seen.has(item))).toBe(false)
      hits += list.some(({ item }) => held.includes(item)) ? 1 : 0
    }
    expect(run.metrics['hit-rate@10']).toBeCloseTo(hits / users.length, 10)
  }
})

test('a killed training process fails its run alone and leaves no process behind', async () => {
  engine = await openTestEngine()
  const datasetId = await openSample()
  const started = await engine.call('runs.start', { datasetId, models: [longRun, { model: 'popularity' }] })
  await isTraining(started[0])
  const pid = engine.processes.at(-1)?.pid as number
  process.kill(pid, 'SIGKILL')
  const [killed, other] = await engine.runsEnded(started)
  expect(killed).toMatchObject({ state: 'failed', error: { code: 'PROCESS_ENDED', data: { signal: 'SIGKILL' } } })
  expect(killed.error?.message).toContain('SIGKILL')
  expect(other.state).toBe('done')
  expect(engine.processes.filter(({ pid }) => isAlive(pid))).toEqual([])
})

test('a process that takes too much memory is ended and says so; the next run finishes', async () => {
  let isFirst = true
  engine = await openTestEngine({
    memoryLimitBytes: 400 * 2 ** 20,
    // The first job cuts the data, the second one trains.
    entry: () => (engine?.processes.length === 1 && isFirst ? greedyEntry : jobEntry),
  })
  const datasetId = await openSample()
  const started = await engine.call('runs.start', {
    datasetId,
    models: [{ model: 'popularity' }, { model: 'popularity' }],
  })
  const [greedy, other] = await engine.runsEnded(started)
  isFirst = false
  expect(greedy).toMatchObject({ state: 'failed', error: { code: 'OUT_OF_MEMORY' } })
  expect(greedy.error?.message).toMatch(/limit is 0\.39 GiB/)
  expect(other).toMatchObject({ state: 'done' })
  expect(engine.processes.filter(({ pid }) => isAlive(pid))).toEqual([])
})

test('cancelling ends running and waiting runs and their processes', async () => {
  engine = await openTestEngine()
  const datasetId = await openSample()
  const started = await engine.call('runs.start', { datasetId, models: [longRun, longRun] })
  await isTraining(started[0])
  for (const job of (await engine.call('jobs.list', {})).filter(({ kind }) => kind === 'train').reverse()) {
    await engine.call('jobs.cancel', { jobId: job.id })
  }
  const runs = await engine.runsEnded(started)
  expect(runs.map(({ state }) => state)).toEqual(['cancelled', 'cancelled'])
  expect(engine.processes.filter(({ pid }) => isAlive(pid))).toEqual([])
})

test('a workspace that is opened again has everything, and a run that was cut off says so', async () => {
  const workspace = mkdtempSync(join(tmpdir(), 'topn-test-'))
  engine = await openTestEngine({ workspace })
  const datasetId = await openSample()
  const before = await engine.runsEnded(await engine.call('runs.start', { datasetId, models: threeModels }))
  const list = await engine.call('lists.forUser', { runId: 'ials-1', user: 'person-001', limit: 10 })
  const [cutOff] = await engine.call('runs.start', { datasetId, models: [longRun] })
  await isTraining(cutOff)
  await engine.close()
  engine = await openTestEngine({ workspace })
  const after = await engine.call('runs.list', {})
  expect(after.slice(0, 3)).toEqual(before)
  expect(after[3].state).toMatch(/cancelled|failed/)
  expect(await engine.call('lists.forUser', { runId: 'ials-1', user: 'person-001', limit: 10 })).toEqual(list)
  const datasets = await engine.call('datasets.list', {})
  expect(datasets).toMatchObject([
    { id: datasetId, name: 'sample', hasTitles: true, itemAttributes: [{ name: 'genres' }] },
  ])
  rmSync(workspace, { recursive: true, force: true })
})

test('a longer list than the stored one is scored again and begins with it', async () => {
  engine = await openTestEngine()
  const datasetId = await openSample()
  const evaluation = { cutoffs: [5] }
  const models = [{ model: 'ials' }]
  const [run] = await engine.runsEnded(await engine.call('runs.start', { datasetId, models, evaluation }))
  const request = { runId: run.id, user: 'person-042' }
  const short = await engine.call('lists.forUser', { ...request, limit: 5 })
  const long = await engine.call('lists.forUser', { ...request, limit: 30 })
  expect(long).toHaveLength(30)
  expect(long.slice(0, 5).map(({ item }) => item)).toEqual(short.map(({ item }) => item))
})

test('wrong calls are refused by name, field and value', async () => {
  engine = await openTestEngine()
  const refusal = (name: string, input: unknown) =>
    engine.call(name as 'models.list', input as object).then(
      () => null,
      (error) => ({ code: error.code, field: error.data.field, message: error.message }),
    )
  expect(await refusal('no.call', {})).toMatchObject({ code: 'NOT_FOUND' })
  expect(await refusal('__proto__', {})).toMatchObject({ code: 'NOT_FOUND' })
  expect(await refusal('runs.start', { datasetId: 'x' })).toMatchObject({ code: 'BAD_REQUEST', field: 'models' })
  expect(await refusal('runs.start', { datasetId: 'x', models: threeModels })).toMatchObject({ code: 'NOT_FOUND' })
  expect(await refusal('jobs.cancel', { jobId: 'x', extra: 1 })).toMatchObject({ code: 'BAD_REQUEST', field: 'extra' })
  const datasetId = await openSample()
  const models = [{ model: 'ials', params: { epochs: 0 } }]
  const field = 'models[0].params.epochs'
  expect(await refusal('runs.start', { datasetId, models })).toMatchObject({ code: 'BAD_REQUEST', field })
})
