import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { CallInput, CallName, CallOutputs, EngineService } from '../../contract/calls'
import type { JobRecord, RunRecord } from '../../contract/records'
import { forkJob, type JobProcess, type SpawnJob } from '../../link/process'
import { createEngine, type EngineOptions } from '../engine'

const root = resolve(import.meta.dirname, '../../..')
/** Built by scripts/vitest-setup.mjs. */
export const jobEntry = join(root, 'out', 'test', 'job.js')
export const greedyEntry = join(import.meta.dirname, 'greedy-job.mjs')

export interface TestEngine {
  workspace: string
  /** Every job process that was started, in order. */
  processes: JobProcess[]
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutputs[N]>
  subscribe: EngineService['subscribe']
  /** Settles with the first record for which `check` holds, looking again after every event. */
  until<T>(look: () => Promise<T | undefined>): Promise<T>
  jobEnded(id: string): Promise<JobRecord>
  runsEnded(runs: RunRecord[]): Promise<RunRecord[]>
  close(): Promise<void>
}

/** An engine with real job processes on a temporary workspace, which goes with it unless it was given. */
export async function openTestEngine(
  options: Partial<EngineOptions> & { entry?: () => string } = {},
): Promise<TestEngine> {
  const workspace = options.workspace ?? mkdtempSync(join(tmpdir(), 'topn-test-'))
  const processes: JobProcess[] = []
  const spawnJob: SpawnJob = () => {
    const child = forkJob(options.entry?.() ?? jobEntry)
    processes.push(child)
    return child
  }
  const log = { info() {}, error() {} }
  const engine = await createEngine({ workspace, spawnJob, roots: 'any', threads: 2, log, ...options })
  const call: TestEngine['call'] = (name, input) => engine.call(name, input) as Promise<never>

  async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
    for (;;) {
      let stop = () => {}
      const changed = new Promise<void>((resolve) => {
        stop = engine.subscribe(() => resolve())
      })
      const found = await look()
      if (found !== undefined) stop()
      if (found !== undefined) return found
      await changed
      stop()
    }
  }

  return {
    workspace,
    processes,
    call,
    subscribe: engine.subscribe,
    until,
    jobEnded: (id) =>
      until(async () => (await call('jobs.list', {})).find((job) => job.id === id && job.endedAt !== null)),
    runsEnded: (runs) =>
      until(async () => {
        const ids = new Set(runs.map(({ id }) => id))
        const found = (await call('runs.list', {})).filter(({ id }) => ids.has(id))
        return found.every(({ state }) => state !== 'queued' && state !== 'running') ? found : undefined
      }),
    async close() {
      await engine.close()
      if (options.workspace === undefined) rmSync(workspace, { recursive: true, force: true })
    },
  }
}

/** Whether a process of this id exists. */
export function isAlive(pid: number | undefined): boolean {
  if (pid === undefined) return false
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
