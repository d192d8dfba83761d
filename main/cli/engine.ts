import { mkdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import type { EngineClient } from '../contract/calls'
import type { JobRecord, Progress } from '../contract/records'
import { createEngine } from '../engine/engine'
import { openLog } from '../engine/log'
import { workspaceFolders } from '../engine/workspace'
import { connectEngine } from '../link/connect'
import { memoryChannels } from '../link/memory'
import { forkJob } from '../link/process'
import { serveEngine } from '../link/serve-engine'

export interface OpenEngine {
  client: EngineClient
  close(): Promise<void>
}

/** Opens a workspace in this process, for one command. `threads` 0: all of the machine's. */
export async function openEngine(options: { workspace: string; threads: number }): Promise<OpenEngine> {
  const { workspace } = options
  const folders = workspaceFolders(workspace)
  try {
    mkdirSync(folders.logs, { recursive: true })
  } catch {
    // The store says why the workspace cannot be made.
  }
  const log = openLog(folders.logs)
  const engine = await createEngine({
    workspace,
    roots: 'any',
    log,
    spawnJob: () => forkJob(jobEntry),
    threads: options.threads || availableParallelism(),
    resumeStudies: false,
  })
  const [engineEnd, clientEnd] = memoryChannels()
  serveEngine(engineEnd, engine, log)
  const client = connectEngine(clientEnd)
  let closed: Promise<void> | undefined
  return {
    client,
    close() {
      client.close()
      closed ??= engine.close()
      return closed
    },
  }
}

/** Chunks of the build lie beside its entries, so this holds from wherever this file ends up. */
export const jobEntry = new URL('./job.js', import.meta.url)

/** Asks again after every event of the engine until the answer is there. */
export async function until<T>(client: EngineClient, look: () => Promise<T | null>): Promise<T> {
  let wake = () => {}
  let changed = false
  const stop = client.subscribe(() => {
    changed = true
    wake()
  })
  try {
    for (;;) {
      changed = false
      const answer = await look()
      if (answer !== null) return answer
      if (!changed) await new Promise<void>((resolve) => (wake = resolve))
    }
  } finally {
    stop()
  }
}

/** Shows what runs on one line of the error output, where that is a terminal. */
export function showProgress(client: EngineClient): () => void {
  if (!process.stderr.isTTY) return () => {}
  const clear = () => process.stderr.write('\r\u001b[K')
  const lastValues = new Map<string, Progress['values']>()
  const stop = client.subscribe((event) => {
    if (event.name !== 'job') return
    const { id, progress } = event.value
    if (Object.keys(progress.values).length > 0) lastValues.set(id, progress.values)
    clear()
    process.stderr.write(progressLine(event.value, lastValues.get(id) ?? {}))
  })
  return () => {
    stop()
    clear()
  }
}

/** `values` are the last that were reported: of an epoch, or of the best trial. */
export function progressLine({ title, kind, state, progress }: JobRecord, values: Progress['values']): string {
  if (state !== 'running') return `${title}: ${state}`
  const { phase, fraction, epoch, epochs, secondsLeft, pace } = progress
  const share = fraction === null ? '' : ` ${Math.round(fraction * 100)} %`
  const step = epoch === null ? '' : `, epoch ${epoch}${epochs === null ? '' : ` of ${epochs}`}`
  const left = secondsLeft === null ? '' : `, ${Math.ceil(secondsLeft)} s left`
  const what = kind === 'tune' ? ', best' : ','
  const reported = Object.entries(values).map(([key, value]) => `${what} ${key} ${value.toFixed(4)}`)
  const speed = pace ? `, ${Math.round(pace.examplesPerSecond)} examples/s` : ''
  return `${title}: ${phase}${share}${step}${reported.join('')}${speed}${left}`
}
