import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ExperimentFile } from '../contract/experiment'
import type { RunRecord } from '../contract/records'
import { readSafetensors } from '../files/safetensors'
import { openStore } from '../store'
import { openTestEngine, type TestEngine } from './testing/open-engine'
import { workspaceFolders } from './workspace'

const workspace = mkdtempSync(join(tmpdir(), 'topn-test-'))
const folders = workspaceFolders(workspace)
let engine: TestEngine
let datasetId: string
beforeAll(async () => {
  engine = await openTestEngine({ workspace })
  datasetId = (await engine.jobEnded((await engine.call('datasets.sample', {})).id)).subject as string
})
afterAll(async () => {
  await engine.close()
  rmSync(workspace, { recursive: true, force: true })
})

const split = {
  strategy: 'leave-last-out' as const,
  count: 1,
  validation: { strategy: 'leave-last-out' as const, count: 1 },
}
const learning = { embedding_size: 4, batch_size: 2048, negatives: 1, epochs: 4, learning_rate: 0.01 }

async function start(params: Record<string, string | number> = {}): Promise<RunRecord> {
  const models = [{ model: 'gmf', params: { ...learning, ...params } }]
  const [run] = await engine.call('runs.start', { datasetId, models, split, evaluation: { cutoffs: [10] } })
  return run
}

const find = async (id: string) => (await engine.call('runs.list', {})).find((run) => run.id === id) as RunRecord
const ended = async (run: RunRecord) => (await engine.runsEnded([run]))[0]
const learned = (run: RunRecord) => engine.until(async () => ((await find(run.id)).curve.length > 0 ? true : undefined))
const fileOf = (run: RunRecord, name: string) => readSafetensors(join(folders.artifact(run.id), `${name}.safetensors`))

/** Once the engine hears of an epoch of the run. */
function inTraining(run: RunRecord, epoch = 1): Promise<void> {
  return new Promise((resolve) => {
    const stop = engine.subscribe((event) => {
      if (event.name !== 'job' || event.value.subject !== run.id) return
      if ((event.value.progress.epoch ?? 0) < epoch) return
      stop()
      resolve()
    })
  })
}

async function within<T>(milliseconds: number, work: () => Promise<T>): Promise<T> {
  const started = performance.now()
  const result = await work()
  expect(performance.now() - started).toBeLessThan(milliseconds)
  return result
}

test('a run is paused within a second and, resumed, ends as if it had not been', async () => {
  const whole = await ended(await start())
  expect(whole).toMatchObject({ state: 'done', learned: { epochs: 4, bestEpoch: null, isStoppedEarly: false } })
  expect(whole.curve.map(({ values }) => Object.keys(values))).toEqual(Array(4).fill(['loss', 'ndcg@10']))
  const run = await start()
  await inTraining(run, 2)
  const paused = await within(1000, () => engine.call('runs.pause', { runId: run.id }))
  expect(paused).toMatchObject({ state: 'paused', error: null, learned: null })
  expect(paused.curve).toEqual(whole.curve.slice(0, paused.curve.length))
  expect(paused.curve.length).toBeGreaterThan(0)
  const [job] = (await engine.call('jobs.list', {})).filter(({ subject }) => subject === run.id)
  expect(job).toMatchObject({ state: 'paused', canPause: true })
  expect((await engine.call('runs.resume', { runId: run.id })).state).toBe('queued')
  const done = await ended(run)
  expect(done.state).toBe('done')
  expect(done.metrics).toEqual(whole.metrics)
  expect(done.curve).toEqual(whole.curve)
  for (const name of ['model', 'lists', 'users']) expect(await fileOf(done, name)).toEqual(await fileOf(whole, name))
  expect(existsSync(folders.checkpoints(run.id))).toBe(false)
})

test('a run that goes on for more epochs is the one trained for all of them, and its experiment file repeats it', async () => {
  const cosine = { schedule: 'cosine', epochs: 2 }
  const first = await ended(await start(cosine))
  const more = await ended(await engine.call('runs.continue', { runId: first.id, epochs: 2 }))
  expect(more).toMatchObject({ state: 'done', continues: { runId: first.id, epochs: 2 } })
  expect(more.params).toMatchObject({ epochs: 4, cycle_epochs: 2 })
  expect(more.curve.slice(0, 2)).toEqual(first.curve)
  const file: ExperimentFile = await engine.call('runs.experiment', { runId: more.id })
  const { models, seed } = file
  const repeated = await ended(
    (await engine.call('runs.start', { datasetId, models, split, seed: seed ?? 42, evaluation: { cutoffs: [10] } }))[0],
  )
  expect(repeated.continues).toBeNull()
  expect(repeated.metrics).toEqual(more.metrics)
  expect(await fileOf(repeated, 'model')).toEqual(await fileOf(more, 'model'))
})

test('what was stopped early goes on with more patience', async () => {
  const stopping = { early_stopping: 'ndcg@10', patience: 1, epochs: 100, learning_rate: 0.1 }
  const stopped = await ended(await start(stopping))
  const { epochs, bestEpoch } = stopped.learned ?? { epochs: 0, bestEpoch: 0 }
  expect(stopped.learned).toEqual({ epochs, bestEpoch: epochs - 1, isStoppedEarly: true })
  const values = stopped.curve.map(({ values }) => values['ndcg@10'])
  expect(Math.max(...values)).toBe(values[(bestEpoch ?? 0) - 1])
  const more = await ended(await engine.call('runs.continue', { runId: stopped.id, epochs: 2 }))
  expect(more.params).toMatchObject({ epochs: epochs + 2, patience: 3 })
  expect(more.curve.slice(0, epochs)).toEqual(stopped.curve)
  const whole = await ended(await start({ ...stopping, epochs: epochs + 2, patience: 3 }))
  expect(await fileOf(more, 'model')).toEqual(await fileOf(whole, 'model'))
  // Patience that runs out at the very last epoch has run out all the same.
  const last = await ended(await start({ ...stopping, epochs }))
  expect(last.learned).toEqual(stopped.learned)
})

test('a run is cancelled within a second, and its checkpoint goes', async () => {
  const run = await start({ epochs: 1000 })
  await inTraining(run)
  const job = (await engine.call('jobs.list', {})).find(({ subject }) => subject === run.id)
  await within(1000, async () => {
    await engine.call('jobs.cancel', { jobId: job?.id ?? '' })
    return ended(run)
  })
  expect((await find(run.id)).state).toBe('cancelled')
  expect(existsSync(folders.checkpoints(run.id))).toBe(false)
})

test('networks that learn on one thread run side by side, and what needs all threads waits for both', async () => {
  const [first, second] = [await start({ epochs: 1000 }), await start({ epochs: 1000 })]
  const [third] = await engine.call('runs.start', { datasetId, models: [{ model: 'ease' }], split })
  await Promise.all([inTraining(first), inTraining(second)])
  expect((await find(third.id)).state).toBe('queued')
  await engine.call('runs.pause', { runId: first.id })
  expect((await find(third.id)).state).toBe('queued')
  await engine.call('runs.delete', { runId: second.id })
  expect((await ended(third)).state).toBe('done')
})

test('a run is paused, or deleted, as soon as it is heard of', async () => {
  const atOnce = (call: 'runs.pause' | 'runs.delete') =>
    new Promise<string>((resolve, reject) => {
      const stop = engine.subscribe((event) => {
        if (event.name !== 'run' || event.value.record?.state !== 'queued') return
        stop()
        const { id } = event.value
        engine.call(call, { runId: id }).then(() => resolve(id), reject)
      })
      start({ epochs: 1000 }).catch(reject)
    })
  const paused = await atOnce('runs.pause')
  expect(await find(paused)).toMatchObject({ state: 'paused' })
  const deleted = await atOnce('runs.delete')
  const [job] = (await engine.call('jobs.list', {})).filter(({ subject }) => subject === deleted)
  expect((await engine.jobEnded(job.id)).state).toBe('cancelled')
})

test('what is trained again and deleted at the same time is not trained, whichever is asked first', async () => {
  for (const order of [
    ['retry', 'delete'],
    ['delete', 'retry'],
  ]) {
    const run = await start({ epochs: 1000 })
    const jobsOf = async () => (await engine.call('jobs.list', {})).filter(({ subject }) => subject === run.id)
    const [{ id: jobId }] = await jobsOf()
    await engine.call('jobs.cancel', { jobId })
    await ended(run)
    const calls = {
      retry: () => engine.call('jobs.retry', { jobId }),
      delete: () => engine.call('runs.delete', { runId: run.id }),
    }
    const asked = order.map((name) => calls[name as keyof typeof calls]().catch((error) => error.code))
    const [retried] = order[0] === 'retry' ? await Promise.all(asked) : (await Promise.all(asked)).reverse()
    expect(typeof retried === 'string' ? retried : 'started').toMatch(/NOT_FOUND|started/)
    expect(await find(run.id)).toBeUndefined()
    for (const { id } of await jobsOf()) expect((await engine.jobEnded(id)).state).toBe('cancelled')
  }
})

test('refuses what cannot be paused, resumed or continued, with what to do', async () => {
  const [ease] = await engine.call('runs.start', { datasetId, models: [{ model: 'ease' }], split })
  const refuses = async (call: Promise<unknown>, text: RegExp) =>
    expect(await call.catch((error) => error)).toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringMatching(text),
    })
  await refuses(engine.call('runs.pause', { runId: ease.id }), /saves no checkpoints, so it cannot be paused/)
  await ended(ease)
  await refuses(engine.call('runs.pause', { runId: ease.id }), /is done; only a run that trains or waits is paused/)
  await refuses(
    engine.call('runs.resume', { runId: ease.id }),
    /is done; only a paused run is resumed, or one that gave no model/,
  )
  await refuses(engine.call('runs.continue', { runId: ease.id, epochs: 1 }), /no checkpoint to go on from/)
})

test('a run that trained when the engine was closed, or died, is paused and goes on', async () => {
  const run = await start({ epochs: 30 })
  await learned(run)
  await engine.close()
  const closed = await openStore(workspace)
  const [paused] = (await closed.runs()).filter(({ id }) => id === run.id)
  expect(paused).toMatchObject({ state: 'paused', error: null })
  // As an engine leaves it that is killed.
  await closed.saveRun({ ...paused, state: 'running' })
  await closed.close()
  engine = await openTestEngine({ workspace })
  const left = await find(run.id)
  expect(left).toMatchObject({ state: 'paused', error: { code: 'PAUSED' } })
  expect(left.curve.length).toBeGreaterThan(0)
  const { about } = await readSafetensors(join(folders.checkpoints(run.id), 'checkpoint.safetensors'), ['about'])
  const { state } = JSON.parse(Buffer.from(about.data as Uint8Array).toString())
  expect(state.epoch + state.step).toBeGreaterThan(0)
  await engine.call('runs.resume', { runId: run.id })
  expect(await ended(run)).toMatchObject({ state: 'done', learned: { epochs: 30 } })
  await engine.call('runs.delete', { runId: run.id })
})
