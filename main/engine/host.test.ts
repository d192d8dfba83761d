import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { CallInput, CallName, CallOutputs, Event } from '../contract/calls'
import type { JobRecord } from '../contract/records'
import { forkJob } from '../link/process'
import { createEngineHost, type EngineHost } from './host'
import { jobEntry } from './testing/open-engine'

let folder: string
let host: EngineHost
let events: Event[]

async function openHost(name = 'first'): Promise<void> {
  host = await createEngineHost({
    workspace: join(folder, 'root', name),
    configFolder: join(folder, 'config', 'topn'),
    roots: [join(folder, 'root')],
    spawnJob: () => forkJob(jobEntry),
    threads: 2,
  })
  events = []
  host.subscribe((event) => events.push(event))
}

beforeEach(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'topn-test-')))
  mkdirSync(join(folder, 'root'))
  await openHost()
})
afterEach(async () => {
  await host.close()
  rmSync(folder, { recursive: true, force: true })
})

const at = (name: string) => join(folder, 'root', name)
const call = <N extends CallName>(name: N, input: CallInput<N>) => host.call(name, input) as Promise<CallOutputs[N]>
const recent = async () => (await call('workspace.recent', {})).map(({ path }) => path)
const workspaceEvents = () => events.filter(({ name }) => name === 'workspace').map(({ value }) => value)

/** Loads the sample, and settles once it is there. */
async function loadSample(): Promise<string> {
  const { id } = await call('datasets.sample', {})
  await new Promise<void>((resolve) => {
    const stop = host.subscribe(({ name, value }) => {
      if (name !== 'job' || (value as JobRecord).id !== id || (value as JobRecord).endedAt === null) return
      stop()
      resolve()
    })
  })
  const [dataset] = await call('datasets.list', {})
  return dataset.id
}

test('another workspace opens, is told, and the first is as it was when it opens again', async () => {
  const datasetId = await loadSample()
  const second = { path: at('new/second'), name: 'second', version: expect.any(String) }
  expect(await call('workspace.open', { path: at('new/second') })).toEqual(second)
  expect(workspaceEvents()).toEqual([second])
  expect(await call('workspace.hello', { version: 1 })).toEqual(second)
  expect(host.folders.path).toBe(at('new/second'))
  expect(await call('datasets.list', {})).toEqual([])
  expect(await call('jobs.list', {})).toEqual([])
  expect(await recent()).toEqual([at('new/second'), at('first')])
  await call('workspace.open', { path: `${at('new')}/../first` })
  expect(await call('datasets.list', {})).toMatchObject([{ id: datasetId }])
  expect(await recent()).toEqual([at('first'), at('new/second')])
})

test('recent workspaces outlive the host; those that are gone are left out, and a damaged list is an empty one', async () => {
  await call('workspace.open', { path: at('second') })
  await host.close()
  rmSync(at('first'), { recursive: true })
  await openHost('third')
  expect(await recent()).toEqual([at('third'), at('second')])
  writeFileSync(join(folder, 'config', 'topn', 'workspaces.json'), '{"no')
  expect(await recent()).toEqual([])
})

test('work under way is named and not interrupted', async () => {
  const datasetId = await loadSample()
  const models = [{ model: 'ials', params: { embedding_size: 1024, epochs: 1000 } }]
  const [run] = await call('runs.start', { datasetId, models })
  const refused = { code: 'BAD_REQUEST', message: expect.stringContaining(run.name), data: { jobs: [run.name] } }
  await expect(call('workspace.open', { path: at('second') })).rejects.toMatchObject(refused)
  expect(existsSync(at('second'))).toBe(false)
  expect(await call('runs.list', {})).toMatchObject([{ id: run.id }])
})

test.each([
  ['damaged', 'BAD_DATA', /damaged/],
  ['in use', 'WORKSPACE_IN_USE', /is open in process/],
])('where the other one is %s, this one stays', async (kind, code, message) => {
  const datasetId = await loadSample()
  const path = at(kind)
  mkdirSync(path)
  let other: EngineHost | null = null
  if (kind === 'damaged') writeFileSync(join(path, 'topn.duckdb'), 'no database '.repeat(1000))
  else other = await createEngineHost({ workspace: path, roots: 'any', spawnJob: () => forkJob(jobEntry), threads: 1 })
  const refused = { code, message: expect.stringMatching(message) }
  await expect(call('workspace.open', { path })).rejects.toMatchObject(refused)
  await other?.close()
  expect(host.folders.path).toBe(at('first'))
  expect(await call('datasets.list', {})).toMatchObject([{ id: datasetId }])
  expect(workspaceEvents()).toMatchObject([{ path: at('first') }])
})

test('a folder outside the roots is refused, however it is named', async () => {
  symlinkSync(folder, at('way-out'))
  for (const path of [join(folder, 'outside'), at('../outside'), at('way-out/outside'), 'relative']) {
    const message = expect.stringContaining(path)
    await expect(call('workspace.open', { path })).rejects.toMatchObject({ code: 'BAD_REQUEST', message })
  }
  expect(existsSync(join(folder, 'outside'))).toBe(false)
  expect(host.folders.path).toBe(at('first'))
})

test('a call before a change is answered by the first workspace, one during it by the second', async () => {
  await loadSample()
  const before = call('datasets.list', {})
  const change = call('workspace.open', { path: at('second') })
  const during = call('datasets.list', {})
  await expect(call('workspace.open', { path: at('third') })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  await change
  expect(await before).toHaveLength(1)
  expect(await during).toEqual([])
  expect(host.folders.path).toBe(at('second'))
})
