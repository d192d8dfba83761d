import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import type { CallInput, EngineClient } from '../contract/calls'
import type { StudyRecord, TrialRecord } from '../contract/tuning'
import { readPrepared } from '../data/prepared-files'
import { isAlive, openTestEngine, type TestEngine } from './testing/open-engine'
import { serveProcess } from './testing/serve-process'

const folder = mkdtempSync(join(tmpdir(), 'topn-studies-'))
afterAll(() => rmSync(folder, { recursive: true }))

let engine: TestEngine
afterEach(() => engine?.close())

async function openSample(): Promise<string> {
  const job = await engine.jobEnded((await engine.call('datasets.sample', {})).id)
  return job.subject as string
}

const split = { strategy: 'leave-last-out', validation: { strategy: 'leave-last-out' } } as const
const neighbours = { model: 'item-knn', space: { neighbors: { from: 5, to: 100 }, similarity: ['cosine', 'jaccard'] } }
const search: Omit<CallInput<'studies.create'>, 'datasetId'> = {
  split,
  models: [neighbours],
  sampler: 'random',
  halving: false,
  budget: { trials: 3 },
}
/** Trials that outlast the test. */
const slow = { model: 'ials', space: { embedding_size: 1024, epochs: 1000, alpha: { from: 1, to: 64 } } }

function create(input: Partial<CallInput<'studies.create'>> & { datasetId: string }): Promise<StudyRecord> {
  return engine.call('studies.create', { ...search, ...input })
}

function inState(id: string, ...states: StudyRecord['state'][]): Promise<StudyRecord> {
  return engine.until(async () =>
    (await engine.call('studies.list', {})).find((study) => study.id === id && states.includes(study.state)),
  )
}

async function ended(id: string): Promise<TrialRecord[]> {
  const study = await inState(id, 'done', 'failed')
  expect(study.error).toBeNull()
  return engine.call('studies.trials', { studyId: id })
}

function trialRuns(id: string): Promise<true> {
  return engine.until(async () =>
    (await engine.call('studies.trials', { studyId: id })).some(({ state }) => state === 'running') ? true : undefined,
  )
}

/** The most trials that run at once from now on. */
function mostRunning(): () => number {
  let most = 0
  engine.subscribe((event) => {
    if (event.name === 'study') most = Math.max(most, event.value.record?.trials.running ?? 0)
  })
  return () => most
}

/** What does not depend on the clock. */
const found = (trials: TrialRecord[]) =>
  trials.map(({ number, model, params, state, values }) => ({ number, model, params, state, values }))

/** Five trials of a study that nothing disturbs, made once. */
let undisturbed: Promise<ReturnType<typeof found>> | undefined
const budget = { trials: 5 }
function undisturbedTrials(datasetId: string) {
  undisturbed ??= create({ datasetId, budget, sampler: 'tpe' }).then(async ({ id }) => found(await ended(id)))
  return undisturbed
}

test('a study tries settings on the validation part, and the best one is retrained on both parts', async () => {
  engine = await openTestEngine()
  const datasetId = await openSample()
  const { id } = await create({ datasetId })
  const trials = await ended(id)
  const [study] = await engine.call('studies.list', {})
  expect(trials.map(({ number, state }) => [number, state])).toEqual([1, 2, 3].map((number) => [number, 'done']))
  const values = trials.map((trial) => trial.values?.['ndcg@10'] ?? 0)
  expect(study.best).toEqual([1 + values.indexOf(Math.max(...values))])
  // Asked to go on, a study that was not retrained is still the one; it is another one afterwards.
  expect((await create({ datasetId, continue: true })).id).toBe(id)
  const asked = [1, 2].map(() => engine.call('studies.finish', { studyId: id }))
  await expect(asked[1]).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  const [run] = await engine.runsEnded([await asked[0]])
  expect((await create({ datasetId, continue: true })).id).not.toBe(id)
  const { params } = trials[study.best[0] - 1]
  expect(run).toMatchObject({ state: 'done', study: { id, trial: study.best[0] }, params })
  // Train and validation part together: what the study trained on, and what it judged by.
  const { train, test } = study.counts as NonNullable<StudyRecord['counts']>
  expect(run.counts?.train.interactions).toBe(train.interactions + test.interactions)
  expect(run.counts?.validation).toBeNull()
  await expect(engine.call('studies.finish', { studyId: id })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
})

describe('the test part', () => {
  /** Users with six items each in order of time; `last` says which is the last one. */
  function write(name: string, last: (user: number) => number): string {
    const lines = ['user,item,timestamp']
    for (let user = 0; user < 60; user++) {
      for (let at = 0; at < 6; at++) lines.push(`u${user},i${(user * 3 + at * (1 + (user % 3))) % 40},${at}`)
      lines.push(`u${user},i${last(user)},9`)
    }
    const path = join(folder, name)
    writeFileSync(path, `${lines.join('\n')}\n`)
    return path
  }

  async function trialsOn(path: string): Promise<{ trials: TrialRecord[]; study: StudyRecord }> {
    const job = await engine.jobEnded((await engine.call('datasets.open', { path })).id)
    const models = [neighbours, { model: 'ials', space: { embedding_size: 8, alpha: { from: 1, to: 64 } } }]
    const { id } = await create({ datasetId: job.subject as string, models, sampler: 'tpe', budget: { trials: 5 } })
    const trials = await ended(id)
    return { trials, study: (await engine.call('studies.list', {})).find((one) => one.id === id) as StudyRecord }
  }

  test('is in nothing that trials read: with another one they are the same to the last digit', async () => {
    engine = await openTestEngine()
    const clean = await trialsOn(write('clean.csv', (user) => (user * 7 + 20) % 40))
    const poisoned = await trialsOn(write('poisoned.csv', (user) => (user * 11 + 5) % 40))
    expect(clean.study.dataHash).not.toBe(poisoned.study.dataHash)
    expect(found(clean.trials)).toEqual(found(poisoned.trials))
    expect(clean.trials).toHaveLength(5)
    const prepared = await readPrepared(join(engine.workspace, 'prepared', String(clean.study.prepared)))
    // Of seven interactions of each user five are trained on, the sixth judges, and the last one is not there.
    expect(prepared.train.itemIndices).toHaveLength(60 * 5)
    expect(prepared.test.itemIndices).toHaveLength(60)
    expect(prepared.validation).toBeNull()
    for (const part of [prepared.train, prepared.test]) expect(part.timestamps).not.toContain(9)
    // The canary sings where the test part is read: retrained, the two differ.
    const runs = await Promise.all(
      [clean, poisoned].map(({ study }) => engine.call('studies.finish', { studyId: study.id })),
    )
    const [one, other] = await engine.runsEnded(runs)
    expect(one.metrics).not.toEqual(other.metrics)
  })
})

test('pausing ends running trials within a second; resumed, the study ends as it would have', async () => {
  engine = await openTestEngine()
  const datasetId = await openSample()
  const expected = await undisturbedTrials(datasetId)
  const { id } = await create({ datasetId, budget, sampler: 'tpe' })
  await engine.until(async () => ((await engine.call('studies.trials', { studyId: id })).length > 2 ? true : undefined))
  const paused = await engine.call('studies.pause', { studyId: id })
  expect(paused.state).toBe('paused')
  expect(engine.processes.filter(({ pid }) => isAlive(pid))).toEqual([])
  const [job] = (await engine.call('jobs.list', {})).filter(({ subject, kind }) => kind === 'tune' && subject === id)
  expect(job.state).toBe('cancelled')
  const before = await engine.call('studies.trials', { studyId: id })
  expect(before.some(({ state }) => state === 'running')).toBe(false)
  await expect(engine.call('studies.pause', { studyId: id })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  // The same settings with `continue` are the same study; as a terminal asks for it that was ended.
  const again = await create({ datasetId, budget, sampler: 'tpe', continue: true })
  expect(again.id).toBe(id)
  const trials = await ended(id)
  expect(found(trials)).toEqual(expected)
  for (const trial of before.filter(({ state }) => state === 'done')) expect(trials).toContainEqual(trial)
  // More budget lets it go on, once, however often it is asked for.
  await expect(engine.call('studies.resume', { studyId: id })).rejects.toMatchObject({ data: { field: 'budget' } })
  const asked = [1, 2].map(() => engine.call('studies.resume', { studyId: id, budget: { trials: 6 } }))
  expect((await Promise.allSettled(asked)).map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
  await inState(id, 'running')
  expect(found((await ended(id)).slice(0, 5))).toEqual(expected)
})

test('stopping and cancelling end a slow study at once, and nothing is left running', async () => {
  engine = await openTestEngine()
  const datasetId = await openSample()
  const { id } = await create({ datasetId, models: [slow], parallel: 2 })
  await trialRuns(id)
  const stopped = await engine.call('studies.stop', { studyId: id })
  expect(stopped).toMatchObject({ state: 'stopped', trials: { running: 0, waiting: 0, stopped: 2 } })
  expect(engine.processes.filter(({ pid }) => isAlive(pid))).toEqual([])
  await engine.call('studies.resume', { studyId: id })
  await trialRuns(id)
  const jobs = await engine.call('jobs.list', {})
  await engine.call('jobs.cancel', { jobId: jobs.findLast(({ kind }) => kind === 'tune')?.id ?? '' })
  await inState(id, 'paused')
  // A deleted study ends too, and comes back as it was.
  await engine.call('studies.resume', { studyId: id })
  await trialRuns(id)
  await engine.call('studies.delete', { studyId: id })
  expect(await engine.call('studies.list', {})).toEqual([])
  await engine.until(async () => (engine.processes.some(({ pid }) => isAlive(pid)) ? undefined : true))
  await engine.call('studies.restore', { studyId: id })
  expect(await inState(id, 'paused')).toMatchObject({ id })
  await engine.call('datasets.delete', { datasetId })
  expect(await engine.call('studies.list', {})).toEqual([])
  await engine.call('datasets.restore', { datasetId })
  expect(await engine.call('studies.list', {})).toHaveLength(1)
  expect(await engine.call('studies.change', { studyId: id, name: 'mine', notes: 'slow' })).toMatchObject({
    name: 'mine',
  })
})

test('asked to wait, a pause lets trials end', async () => {
  engine = await openTestEngine()
  const datasetId = await openSample()
  const { id } = await create({ datasetId, budget: { trials: 500 } })
  await trialRuns(id)
  expect(await engine.call('studies.pause', { studyId: id, running: 'finish' })).toMatchObject({ endsAs: 'paused' })
  const paused = await inState(id, 'paused')
  expect(paused).toMatchObject({ endsAs: null, trials: { running: 0, waiting: 0 } })
  expect(paused.trials.done).toBeGreaterThan(0)
})

test('with halving each trial tells its rungs; two objectives; two at a time', async () => {
  engine = await openTestEngine()
  const datasetId = await openSample()
  const models = [{ model: 'ials', space: { embedding_size: 8, epochs: 9, alpha: { from: 1, to: 64 } } }]
  const objectives = ['ndcg@10', 'coverage@5']
  const { id } = await create({ datasetId, models, objectives, halving: true, parallel: 2, budget: { trials: 9 } })
  const most = mostRunning()
  const trials = await ended(id)
  expect(most()).toBe(2)
  expect(trials).toHaveLength(9)
  for (const { rungs, state, values } of trials) {
    expect(rungs.map(({ epochs }) => epochs)).toEqual([1, 3, 9].slice(0, rungs.length))
    expect(Object.keys(values ?? {}).sort()).toEqual([...objectives].sort())
    expect(values).toEqual(rungs.at(-1)?.values)
    expect(state).toBe(rungs.length === 3 ? 'done' : 'stopped')
  }
  const whole = trials.filter(({ state }) => state === 'done')
  expect(whole.length).toBeGreaterThan(0)
  expect(whole.length).toBeLessThan(6)
  const importance = await engine.call('studies.importance', { studyId: id, objective: 'coverage@5' })
  expect(importance).toMatchObject({
    model: 'ials',
    objective: 'coverage@5',
    trials: 9,
    parameters: [{ name: 'alpha' }],
  })
})

test('when its time is up a study ends, with something that was trained whole', async () => {
  engine = await openTestEngine()
  const datasetId = await openSample()
  const models = [{ model: 'ials', space: { embedding_size: 8, epochs: 9, alpha: { from: 1, to: 64 } } }]
  const { id } = await create({ datasetId, models, halving: true, budget: { minutes: 1 / 60 } })
  const trials = await ended(id)
  expect(trials.filter(({ state }) => state === 'done').length).toBeGreaterThan(0)
  expect(trials.filter(({ state }) => state === 'running' || state === 'waiting')).toEqual([])
  const [{ best }] = await engine.call('studies.list', {})
  expect(trials.find(({ number }) => number === best[0])?.state).toBe('done')
})

test('trials that do not fit into memory beside one another run one after the other', async () => {
  engine = await openTestEngine({ memoryLimitBytes: 165 * 2 ** 20 })
  const datasetId = await openSample()
  const { id } = await create({ datasetId, parallel: 2 })
  const most = mostRunning()
  expect((await ended(id)).map(({ state }) => state)).toEqual(['done', 'done', 'done'])
  expect(most()).toBe(1)
})

test('a program that is killed goes on with its study where it was', async () => {
  engine = await openTestEngine()
  const expected = await undisturbedTrials(await openSample())
  const workspace = mkdtempSync(join(folder, 'killed-'))
  const first = await serveProcess(workspace)
  const job = await first.client.call('datasets.sample', {})
  const datasetId = await until(first.client, async () => {
    const { subject, state } = (await first.client.call('jobs.list', {})).find(({ id }) => id === job.id) ?? job
    return state === 'done' ? subject : null
  })
  const { id: studyId } = await first.client.call('studies.create', { ...search, datasetId, budget, sampler: 'tpe' })
  const acknowledged = await until(first.client, async () => {
    const trials = await first.client.call('studies.trials', { studyId })
    const done = trials.filter(({ state }) => state === 'done')
    return done.length >= 2 && trials.length > done.length ? done : null
  })
  await first.kill('SIGKILL')

  const second = await serveProcess(workspace)
  const { client } = second
  await until(client, async () => (await client.call('studies.list', {})).find(({ state }) => state === 'done') ?? null)
  const trials = await client.call('studies.trials', { studyId })
  await second.kill('SIGTERM')
  expect(found(trials)).toEqual(expected)
  for (const trial of acknowledged) expect(trials).toContainEqual(trial)
})

async function until<T>(client: EngineClient, look: () => Promise<T | null>): Promise<T> {
  for (;;) {
    let stop = () => {}
    const changed = new Promise<void>((resolve) => {
      stop = client.subscribe(() => resolve())
    })
    const answer = await look()
    if (answer === null) await changed
    stop()
    if (answer !== null) return answer
  }
}

test('a study that cannot be is refused by field and reason', async () => {
  engine = await openTestEngine()
  const datasetId = await openSample()
  const refusal = (input: object) =>
    create({ datasetId, ...input }).then(
      () => null,
      (error) => ({ field: error.data.field, message: error.message }),
    )
  expect(await refusal({ split: { strategy: 'leave-last-out' } })).toMatchObject({ field: 'split.validation' })
  expect(await refusal({ objectives: ['ndcg'] })).toMatchObject({ field: 'objectives[0]' })
  expect(await refusal({ objectives: ['auc@10'] })).toMatchObject({ field: 'objectives[0]' })
  expect(await refusal({ objectives: ['nonsense@10'] })).toMatchObject({ field: 'objectives[0]' })
  expect(await refusal({ objectives: ['rmse'], models: [{ model: 'ials' }] })).toMatchObject({
    message: expect.stringContaining('iALS expects no ratings'),
  })
  expect(await refusal({ models: [neighbours, neighbours] })).toMatchObject({ field: 'models[1].model' })
  expect(await refusal({ models: [{ model: 'ensemble' }] })).toMatchObject({ field: 'models[0].model' })
  expect(await refusal({ budget: {} })).toMatchObject({ field: 'budget' })
  const space = { neighbors: { from: 0, to: 5 } }
  expect(await refusal({ models: [{ model: 'item-knn', space }] })).toMatchObject({
    field: 'models[0].space.neighbors',
  })
})

test('a proposed study has a validation part like the test part, and can be started as it is', async () => {
  engine = await openTestEngine()
  const datasetId = await openSample()
  const { seconds: _, mostParallel, reasons, ...settings } = await engine.call('studies.propose', { datasetId })
  expect(settings.split).toEqual({ ...split, count: 1, validation: { ...split.validation, count: 1 } })
  expect(settings.models.map(({ model }) => model)).toContain('ials')
  expect(mostParallel).toBeGreaterThan(0)
  expect(reasons).toContainEqual({ code: 'validation-proposed', data: { strategy: 'leave-last-out' } })
  // Also by metrics that look at more than lists.
  const objectives = ['auc', 'diversity@5']
  const { id } = await create({ datasetId, ...settings, objectives, budget: { trials: 2 } })
  expect((await ended(id)).map(({ values }) => Object.keys(values ?? {}))).toEqual([objectives, objectives])
  const one = await engine.call('studies.propose', { datasetId, models: ['als'], minutes: 1 })
  expect(one).toMatchObject({ objectives: ['rmse'], budget: { minutes: 1 } })
})
