import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { EngineClient } from '../main/contract/calls'
import type { DatasetSpec } from '../main/contract/experiment'
import type { JobRecord } from '../main/contract/records'
import { createEngine } from '../main/engine/engine'
import { connectEngine } from '../main/link/connect'
import { memoryChannels } from '../main/link/memory'
import { forkJob } from '../main/link/process'
import { serveEngine } from '../main/link/serve-engine'

const log = { info() {}, error: console.error }

export interface Workbench {
  client: EngineClient
  /** Processor time that the job process started last has taken, all its threads together; Linux tells. */
  processorSeconds(): number
}

/** An engine on an empty workspace, whose jobs are the processes of the last `npm run build`. */
export async function withWorkbench(threads: number, work: (workbench: Workbench) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'topn-bench-'))
  const entry = pathToFileURL(resolve('out', 'main', 'job.js'))
  let seconds = 0
  const spawnJob = () => {
    const job = forkJob(entry)
    const timer = setInterval(() => (seconds = processorSeconds(job.pid) ?? seconds), millisecondsBetweenLooks)
    job.onExit(() => clearInterval(timer))
    return job
  }
  const engine = await createEngine({ workspace: folder, roots: 'any', log, spawnJob, threads })
  const [engineEnd, clientEnd] = memoryChannels()
  serveEngine(engineEnd, engine, log)
  const client = connectEngine(clientEnd)
  try {
    await work({ client, processorSeconds: () => seconds })
  } finally {
    client.close()
    await engine.close()
    rmSync(folder, { recursive: true })
  }
}

const millisecondsBetweenLooks = 10
const ticksOfSecond = 100

function processorSeconds(pid: number | undefined): number | null {
  try {
    // The name in brackets may hold blanks; of the fields behind it the 12th and 13th are user and system time.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')
    return (Number(fields[11]) + Number(fields[12])) / ticksOfSecond
  } catch {
    return null
  }
}

/** The job of a dataset or run once it has ended; throws what it failed with. */
export async function ended(client: EngineClient, isWanted: (job: JobRecord) => boolean): Promise<JobRecord> {
  for (;;) {
    const job = (await client.call('jobs.list', {})).findLast(isWanted)
    if (job?.state === 'done') return job
    if (job?.state === 'failed' || job?.state === 'cancelled') throw new Error(job.error?.message)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** The id of the dataset, once it is loaded. */
export async function openDataset(
  client: EngineClient,
  { interactions, clean: _, ...source }: DatasetSpec,
): Promise<string> {
  const { id } = await client.call('datasets.open', { path: interactions, ...source })
  const { subject } = await ended(client, (job) => job.id === id)
  return String(subject)
}
