import { EventEmitter } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { EngineClient, Event } from './contract/calls'
import type { RunRecord } from './contract/records'
import type { FromEngine, ToEngine } from './desktop/messages'
import { MessageChannelMain } from './desktop/testing/electron'
import { jobEntry } from './engine/testing/open-engine'
import { connectEngine } from './link/connect'
import { type EmitterPort, emitterPort, portChannel } from './link/port'
import { forkJob, type JobProcess } from './link/process'

// The engine's process as Electron runs it, in this process: real engine, real job processes, Electron played here.

const workspace = mkdtempSync(join(tmpdir(), 'topn-engine-'))
const jobs = new Map<number, JobProcess>()
const failures: string[] = []
const workspacesTold: string[] = []
/** Titles of the work under way, every time they were told. */
const workTold: string[][] = []
const parentPort = Object.assign(new EventEmitter(), { postMessage: play })
const tell = (data: ToEngine, ports: EmitterPort[] = []) => parentPort.emit('message', { data, ports })
let client: EngineClient

function play(message: FromEngine) {
  if (message.kind === 'spawn') startJob(message.id)
  else if (message.kind === 'kill') jobs.get(message.id)?.kill()
  else if (message.kind === 'workspace') workspacesTold.push(message.path)
  else if (message.kind === 'work') workTold.push(message.titles)
  else failures.push(message.message)
}

function startJob(id: number) {
  const job = forkJob(jobEntry)
  const { port1, port2 } = new MessageChannelMain()
  const bridge = portChannel(emitterPort(port1))
  bridge.onMessage((message) => job.channel.post(message))
  job.channel.onMessage((message) => bridge.post(message))
  job.onExit(({ code }) => {
    bridge.close('done')
    tell({ kind: 'exited', id, code: code ?? 9 })
  })
  jobs.set(id, job)
  tell({ kind: 'spawned', id, pid: job.pid ?? null }, [port2])
}

function openWindow(): EngineClient {
  const { port1, port2 } = new MessageChannelMain()
  tell({ kind: 'window' }, [port1])
  return connectEngine(portChannel(emitterPort(port2)))
}

/** The first value that an event gives. */
function heard<T>(look: (event: Event) => T | undefined): Promise<T> {
  return new Promise((resolve) => {
    const stop = client.subscribe((event) => {
      const found = look(event)
      if (found === undefined) return
      stop()
      resolve(found)
    })
  })
}

function endedRun({ name, value }: Event, id: string): RunRecord | undefined {
  if (name !== 'run' || value.id !== id || !value.record) return undefined
  return value.record.state === 'queued' || value.record.state === 'running' ? undefined : value.record
}

beforeAll(async () => {
  Object.assign(process, { parentPort })
  await import('./engine')
  tell({ kind: 'open', workspace })
  client = openWindow()
})

afterAll(() => {
  Object.assign(process, { parentPort: undefined })
  rmSync(workspace, { recursive: true })
})

test('windows are served over their ports', async () => {
  for (const window of [client, openWindow()]) {
    expect(await window.call('workspace.hello', { version: 1 })).toMatchObject({ path: workspace })
  }
})

test('runs train in processes that Electron starts, and one that is killed fails alone', async () => {
  const loaded = heard((event) => (event.name === 'dataset' ? event.value.id : undefined))
  await client.call('datasets.sample', {})
  const long = { model: 'ials', params: { embedding_size: 1024, epochs: 1000 } }
  const models = [{ model: 'popularity' }, long]
  const isTraining = heard((event) => (event.name === 'job' && event.value.progress.epochs === 1000) || undefined)
  const [first, second] = await client.call('runs.start', { datasetId: await loaded, models })
  const ended = Promise.all([first, second].map(({ id }) => heard((event) => endedRun(event, id))))
  await isTraining
  expect(workTold.at(-1)).toEqual([expect.stringContaining('ials')])
  jobs.get(Math.max(...jobs.keys()))?.kill()
  const [done, failed] = await ended
  expect(done).toMatchObject({ state: 'done', error: null })
  expect(done.metrics['ndcg@10']).toBeGreaterThan(0)
  expect(failed).toMatchObject({ state: 'failed', error: { code: 'PROCESS_ENDED' } })
  await vi.waitUntil(() => workTold.at(-1)?.length === 0)
})

test('another workspace that a window opens is told to Electron', async () => {
  const another = join(workspace, 'another')
  await client.call('workspace.open', { path: another })
  expect(workspacesTold).toEqual([another])
})

test('closing closes the workspace and ends the process', async () => {
  const exit = vi.spyOn(process, 'exit').mockImplementation((() => {}) as never)
  tell({ kind: 'close' })
  await vi.waitUntil(() => exit.mock.calls.length > 0)
  expect(exit).toHaveBeenCalledWith(0)
  exit.mockRestore()
})

test('a workspace that cannot be opened is told to Electron', async () => {
  const file = join(workspace, 'file')
  writeFileSync(file, '')
  const another = Object.assign(new EventEmitter(), { postMessage: play })
  Object.assign(process, { parentPort: another })
  vi.resetModules()
  await import('./engine')
  another.emit('message', { data: { kind: 'open', workspace: file }, ports: [] })
  await vi.waitUntil(() => failures.length > 0)
  expect(failures).toEqual([expect.stringContaining(file)])
})
