import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { TopnError } from '../contract/errors'
import type { Progress } from '../contract/records'
import { writePrepared } from '../data/prepared-files'
import { readSafetensors, writeSafetensors } from '../files/safetensors'
import { forkJob, type JobProcess } from '../link/process'
import type { Checkpoint, TrainingState } from '../models/checkpoint'
import { createRandom } from '../models/random'
import { checkParameters, findModel } from '../models/registry'
import { interactionsOf, tastes } from '../models/testing'
import { checkpointFile, checkpointKey, openCheckpoints, readTrainingState } from './checkpoints'
import { createTaskRunner } from './processes'
import type { TrainTask } from './tasks'

const folder = mkdtempSync(join(tmpdir(), 'topn-test-'))
afterAll(() => rmSync(folder, { recursive: true }))
const prepared = join(folder, 'prepared')
const [users, items] = [80, 50]

beforeAll(() => {
  const one = (place: number) =>
    interactionsOf(
      Array.from({ length: users }, (_, user) => [(user * 7 + place) % items]),
      items,
    )
  const names = (count: number) => Array.from({ length: count }, (_, at) => String(at).padStart(3, '0'))
  return writePrepared(prepared, {
    hash: 'x',
    ...{ userIds: names(users), itemIds: names(items), titles: null, foldIn: null, candidates: null },
    train: tastes(users, items, 8),
    validation: one(0),
    test: one(1),
  })
})

const params = checkParameters(findModel('gmf'), {
  ...{ embedding_size: 4, batch_size: 32, epochs: 8, learning_rate: 0.01, schedule: 'cosine', warmup_steps: 20 },
  ...{ weight_decay: 0.01, gradient_clip: 1, early_stopping: 'ndcg@10', patience: 30 },
})

function taskIn(name: string, from: string[] = []): TrainTask & { checkpoints: NonNullable<TrainTask['checkpoints']> } {
  const evaluation = { candidates: 'all' as const, exclude_seen: true, cutoffs: [10], metrics: ['ndcg' as const] }
  return {
    ...{ kind: 'train', prepared, features: null, runId: 'gmf-1', model: 'gmf', params, seed: 3, threads: 1 },
    artifact: join(folder, name, 'artifact'),
    memoryLimitBytes: 2 ** 32,
    goal: { kind: 'evaluate', evaluation },
    checkpoints: { folder: join(folder, name), from, intervalMilliseconds: 0 },
  }
}

/** Performs a task in a process; `interrupt` hears of it and of each progress. */
async function perform(
  task: TrainTask,
  interrupt = (_child: JobProcess, _progress: Progress, _stop: AbortController) => {},
) {
  let child: JobProcess | undefined
  const run = createTaskRunner(() => {
    child = forkJob(resolve(import.meta.dirname, '../../out/test/job.js'))
    return child
  }, 2 ** 33)
  const stop = new AbortController()
  const report = (progress: Progress) => child && interrupt(child, progress, stop)
  return run(task, { report, signal: stop.signal })
}

/** Everything that a training leaves behind but how long it took. */
async function leftBy({ artifact }: TrainTask) {
  const { about, ...tensors } = await readSafetensors(join(artifact, 'checkpoint.safetensors'))
  const { state } = JSON.parse(Buffer.from(about.data as Uint8Array).toString()) as Checkpoint
  const bytes = (name: string) => readFileSync(join(artifact, `${name}.safetensors`)).toString('base64')
  return { tensors, state, model: bytes('model'), lists: bytes('lists'), users: bytes('users') }
}

const fileIn = (name: string) => checkpointFile(join(folder, name))

test('killed at any step and paused at another, it ends as if nothing had happened, byte for byte', async () => {
  const whole = taskIn('whole')
  const result = await perform(whole)
  const wanted = await leftBy(whole)
  const random = createRandom(7)
  for (const attempt of [1, 2, 3]) {
    const name = `killed-${attempt}`
    const at = 0.8 * random.uniform()
    const task = taskIn(name, [fileIn(name)])
    const killed = perform(task, (child, { fraction }) => {
      if ((fraction ?? 0) > at) child.kill()
    })
    await expect(killed).rejects.toMatchObject({ code: 'PROCESS_ENDED' })
    if (attempt === 1) {
      const paused = perform(task, (_child, { fraction }, stop) => {
        if ((fraction ?? 0) > at + 0.1) stop.abort(new TopnError('PAUSED', 'Paused.'))
      })
      await expect(paused).rejects.toMatchObject({ code: 'PAUSED' })
    }
    const resumed = await perform(task)
    expect(await leftBy(task)).toEqual(wanted)
    expect({ ...resumed.metrics, curve: resumed.curve }).toEqual({ ...result.metrics, curve: result.curve })
    expect(resumed.curve).toHaveLength(8)
    expect(resumed.learned).toEqual(result.learned)
  }
}, 60_000)

const state: TrainingState = { epoch: 1, step: 0, lossSum: 0, firstLoss: 0.1 + 0.2, best: null, stale: 0, curve: [] }
const checkpoint: Checkpoint = { tensors: { 'weights/a': { shape: [1], data: Float32Array.of(1.5) } }, state }
const tensors = async () => checkpoint.tensors
const never = new AbortController().signal
const request = { key: 'k', pause: never, intervalMilliseconds: 5000 }

test('a checkpoint of anything else, a damaged or a missing one is none; the first that fits is taken', async () => {
  const first = await openCheckpoints({ ...request, folder: join(folder, 'first'), from: [] })
  await first.save(state, tensors)
  const from = ['missing', 'damaged', 'first'].map(fileIn)
  cpSync(join(folder, 'first'), join(folder, 'damaged'), { recursive: true })
  writeFileSync(fileIn('damaged'), readFileSync(fileIn('first')).subarray(0, -3))
  const other = { ...request, folder: join(folder, 'other'), from }
  expect((await openCheckpoints(other)).last).toMatchObject({ tensors: { ...checkpoint.tensors }, state })
  expect((await openCheckpoints({ ...other, key: 'another' })).last).toBeNull()
})

test('a checkpoint that says nothing of itself, or not in JSON, is none, and what a crash left half-written goes', async () => {
  const strange = join(folder, 'strange')
  const about = (text: string) => ({ about: { shape: [text.length], data: new Uint8Array(Buffer.from(text)) } })
  mkdirSync(strange)
  for (const tensors of [checkpoint.tensors, about('{"key":"k","st'), about('null'), about('{"key":"k"}')]) {
    await writeSafetensors(fileIn('strange'), tensors)
    const opened = await openCheckpoints({ ...request, folder: strange, from: [fileIn('strange')] })
    expect(opened.last).toBeNull()
    expect(await readTrainingState(fileIn('strange'))).toBeNull()
  }
  writeFileSync(`${fileIn('strange')}.1.part`, 'half')
  writeFileSync(join(strange, 'other'), 'kept')
  await openCheckpoints({ ...request, folder: strange, from: [] })
  expect(readdirSync(strange).sort()).toEqual(['checkpoint.safetensors', 'other'])
})

test('it is due after its interval, at an epoch sooner, later where saving takes long, and at once for a pause', async () => {
  const stop = new AbortController()
  let now = 0
  const options = { ...request, folder: join(folder, 'due'), from: [], pause: stop.signal, clock: () => now }
  const checkpoints = await openCheckpoints(options)
  const due = (at: number) => {
    now = at
    return [checkpoints.isDue('step'), checkpoints.isDue('epoch')]
  }
  expect([due(900), due(1100), due(5100)]).toEqual([
    [false, false],
    [false, true],
    [true, true],
  ])
  const saved = checkpoints.save(state, tensors)
  // Saving it took a second.
  now = 6100
  await saved
  expect([due(6100 + 19_000), due(6100 + 21_000)]).toEqual([
    [false, false],
    [true, true],
  ])
  await checkpoints.save(state, tensors)
  stop.abort(new TopnError('PAUSED', 'Paused.'))
  expect(due(now)).toEqual([true, true])
  await expect(checkpoints.save(state, tensors)).rejects.toMatchObject({ code: 'PAUSED' })
})

test('runs that differ only in when they end have the same key', () => {
  const { goal, ...task } = taskIn('key')
  const keyOf = (change: object, data = 'x', device: 'cpu' | 'webgpu' = 'cpu') =>
    checkpointKey({ ...task, goal, ...change }, data, device)
  const usual = keyOf({})
  expect(keyOf({ params: { ...params, epochs: 99, patience: 40, cycle_epochs: 12 } })).toBe(usual)
  const others = [{ seed: 4 }, { model: 'mlp' }, { features: 'f' }, { params: { ...params, learning_rate: 0.02 } }]
  for (const other of others) expect(keyOf(other)).not.toBe(usual)
  expect(keyOf({}, 'y')).not.toBe(usual)
  expect(keyOf({}, 'x', 'webgpu')).not.toBe(usual)
})
