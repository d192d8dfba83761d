import { join, resolve } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { forkJob, type JobExit, type JobProcess } from './process'
import { createRpc } from './rpc'

/** The program's own job process, built by scripts/vitest-setup.mjs. */
const entry = resolve(import.meta.dirname, '../../out/test/job.js')

let job: JobProcess
afterEach(() => job.kill())

function start(path = entry) {
  job = forkJob(path)
  const exited = new Promise<JobExit>((resolve) => job.onExit(resolve))
  const remote = createRpc<object, Record<string, (...args: unknown[]) => Promise<unknown>>>(job.channel, {})
  return { exited, remote }
}

test.each(['nothing', '__proto__', 'constructor', 'toString'])('a job process has no function %s', async (name) => {
  const { remote } = start()
  await expect(remote[name]()).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('a task that fails answers with its reason and leaves the process alive', async () => {
  const { remote } = start()
  const task = { kind: 'train', prepared: '/nowhere', model: 'none', params: {} }
  await expect(remote.run(task)).rejects.toMatchObject({ name: 'TopnError' })
  await expect(remote.nothing()).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('a killed process says how it ended and rejects what waits', async () => {
  const { remote, exited } = start()
  await remote.nothing().catch(() => {})
  // Stopped, it cannot answer in time.
  process.kill(job.pid as number, 'SIGSTOP')
  const waiting = remote.nothing()
  job.kill()
  await expect(waiting).rejects.toMatchObject({ code: 'DISCONNECTED' })
  expect(await exited).toEqual({ code: null, signal: 'SIGKILL' })
  await expect(remote.nothing()).rejects.toMatchObject({ code: 'DISCONNECTED' })
})

test('a process whose parent is gone ends by itself', async () => {
  const { remote, exited } = start()
  await remote.nothing().catch(() => {})
  job.channel.close('done')
  expect(await exited).toEqual({ code: 0, signal: null })
})

test('a process that receives junk ends', async () => {
  const { remote, exited } = start()
  await remote.nothing().catch(() => {})
  job.channel.post({ t: 'q' })
  expect(await exited).toEqual({ code: 0, signal: null })
})

test('an entry that is not there ends at once and rejects what waits', async () => {
  const { remote, exited } = start(join(import.meta.dirname, 'testing', 'nowhere.mjs'))
  await expect(remote.run({})).rejects.toMatchObject({ code: 'DISCONNECTED' })
  expect(await exited).toEqual({ code: 1, signal: null })
})
