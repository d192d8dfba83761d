import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DeviceId } from '../contract/devices'
import type { RunRecord } from '../contract/records'
import { openTestEngine, type TestEngine } from '../engine/testing/open-engine'
import { workspaceFolders } from '../engine/workspace'
import { readSafetensors } from '../files/safetensors'
import { checkpointFile, checkpointKey, openCheckpoints } from '../training/checkpoints'
import { startAgain } from './resume'

let engine: TestEngine
beforeAll(async () => {
  engine = await openTestEngine({ concurrentTrainings: 1 })
})
afterAll(() => engine.close())

test('what is trained stays, and the rest goes on as the same runs, an ensemble of them too', async () => {
  const datasetId = (await engine.jobEnded((await engine.call('datasets.sample', {})).id)).subject as string
  const gmf = { model: 'gmf', params: { embedding_size: 4, batch_size: 2048, epochs: 3 } }
  const ensemble = { model: 'ensemble', params: { weights: 'equal' } }
  const models = [{ model: 'popularity' }, gmf, { model: 'ials' }, { model: 'ease' }, ensemble]
  const started = await engine.call('runs.start', { datasetId, models })
  const [popularity, network, ials, ease] = started
  const cancelled = [ials, ease, started[4]].map(({ id }) => id)
  await engine.call('runs.pause', { runId: network.id })
  for (const { id, subject } of await engine.call('jobs.list', {}))
    if (cancelled.includes(subject ?? '')) await engine.call('jobs.cancel', { jobId: id })
  const [trained] = await engine.runsEnded([popularity])
  await engine.runsEnded(started)
  await engine.call('runs.delete', { runId: ease.id })

  const lines: string[] = []
  const ids = started.map(({ id }) => id)
  expect(await startAgain(engine, { workspace: engine.workspace, runs: ids }, (line) => lines.push(line))).toEqual(
    ids.filter((id) => id !== ease.id),
  )
  expect(lines).toEqual([
    'popularity-1 is trained and stays as it is.',
    'gmf-1 is trained from the beginning: it had not come to its first checkpoint.',
    'ials-1 is trained from the beginning: iALS saves no checkpoints.',
    'ease-1 is not in the workspace any more and is left out.',
    'ensemble-1 is trained from the beginning: Ensemble saves no checkpoints.',
  ])
  const left = started.filter(({ id }) => id !== ease.id)
  const ended = await engine.runsEnded(left)
  expect(ended[0]).toEqual(trained)
  expect(ended.map(({ id, state }) => [id, state])).toEqual(left.map(({ id }) => [id, 'done']))
})

describe('a run with a checkpoint', () => {
  let datasetId: string
  beforeAll(async () => {
    datasetId = (await engine.jobEnded((await engine.call('datasets.sample', {})).id)).subject as string
  })

  /** The epoch that the first report of a run's training, after this one if any, is of. */
  const reported = (id: string, after = 0) =>
    new Promise<number>((resolve) => {
      const stop = engine.subscribe((event) => {
        if (event.name !== 'job' || event.value.subject !== id) return
        const { phase, epoch } = event.value.progress
        if (phase !== 'fit' || epoch === null || epoch <= after) return
        stop()
        resolve(epoch)
      })
    })

  async function paused(): Promise<RunRecord> {
    const params = { embedding_size: 4, batch_size: 2048, epochs: 1000 }
    const models = [{ model: 'gmf', params }]
    const [{ id }] = await engine.call('runs.start', { datasetId, models, device: 'cpu' })
    await reported(id, 20)
    return engine.call('runs.pause', { runId: id })
  }

  const fileOf = ({ id }: RunRecord) => checkpointFile(workspaceFolders(engine.workspace).checkpoints(id))

  async function stateOf(run: RunRecord) {
    const { about, ...tensors } = await readSafetensors(fileOf(run))
    return { tensors, state: JSON.parse(Buffer.from(about.data as Uint8Array).toString()).state }
  }

  /** Saves its checkpoint again, as that of another training. */
  async function saveAs(run: RunRecord, change: { seed?: number }, device: DeviceId) {
    const { tensors, state } = await stateOf(run)
    const task = { ...run, features: null, goal: { kind: 'evaluate' as const }, ...change }
    const key = checkpointKey(task, String(run.prepared), device)
    const folder = workspaceFolders(engine.workspace).checkpoints(run.id)
    const pause = new AbortController().signal
    const checkpoints = await openCheckpoints({ folder, key, from: [], intervalMilliseconds: 0, pause })
    await checkpoints.save(state, async () => tensors)
  }

  async function goneOn(run: RunRecord): Promise<{ line: string; epoch: number }> {
    const lines: string[] = []
    const epoch = reported(run.id)
    await startAgain(engine, { workspace: engine.workspace, runs: [run.id] }, (line) => lines.push(line))
    const found = { line: lines.join(), epoch: await epoch }
    await engine.call('runs.delete', { runId: run.id })
    return found
  }

  test('goes on after the epoch that is said', async () => {
    const run = await paused()
    const { epoch: at } = (await stateOf(run)).state
    const { line, epoch } = await goneOn(run)
    expect(line).toBe(`${run.name} goes on from its checkpoint, after epoch ${at}.`)
    expect(epoch).toBeGreaterThan(at)
  })

  test.each([
    ['device', {}, 'webgpu', 'its checkpoint was computed on webgpu, and numbers round otherwise on cpu'],
    ['seed', { seed: 7 }, 'cpu', 'its checkpoint is of other settings or data, or of another version of TopN'],
  ] as const)('of another %s begins anew, which is said', async (_, change, device, reason) => {
    const run = await paused()
    await saveAs(run, change, device)
    const { line, epoch } = await goneOn(run)
    expect(line).toBe(`${run.name} is trained from the beginning: ${reason}.`)
    expect(epoch).toBeLessThan(20)
  })
})
