import { rm } from 'node:fs/promises'
import type { CheckedInput } from '../contract/calls'
import { TopnError, toPlainError } from '../contract/errors'
import type { RunRecord } from '../contract/records'
import { checkParameters, findModel } from '../models/registry'
import type { Store } from '../store'
import { readArtifactFile, readManifest } from '../training/artifact'
import type { TaskRunner } from '../training/processes'
import { listsFromTensors, userMetricsFromTensors } from '../training/results'
import type { FileAccess } from './files'
import type { Hub } from './hub'
import type { JobContext, Jobs } from './jobs'
import { chooseSplit, type Preparer } from './prepare'
import type { Handlers } from './service'
import type { WorkspaceFolders } from './workspace'

export interface RunOptions {
  store: Store
  jobs: Jobs
  hub: Hub
  files: FileAccess
  folders: WorkspaceFolders
  preparer: Preparer
  runTask: TaskRunner
  threads: number
  memoryLimitBytes: number
}

export interface Runs {
  handlers: Pick<Handlers, 'runs.start' | 'runs.list' | 'runs.delete'>
  find(id: string): RunRecord
  deleteOfDataset(datasetId: string): Promise<void>
}

/** Trained models and those in training. Every change of a record is saved before it is told. */
export async function createRuns(options: RunOptions): Promise<Runs> {
  const { store, jobs, hub, folders } = options
  const records = new Map<string, RunRecord>()
  for (const record of await store.runs()) records.set(record.id, record)
  for (const record of records.values()) {
    if (record.state === 'queued' || record.state === 'running') await save({ ...record, ...interruptedRun })
  }

  async function save(record: RunRecord): Promise<void> {
    await store.saveRun(record)
    records.set(record.id, record)
    hub.emit('run', record.id, { id: record.id, record })
  }

  function find(id: string): RunRecord {
    const record = records.get(id)
    if (!record) throw new TopnError('NOT_FOUND', `There is no run ${id}.`, { runId: id })
    return record
  }

  async function change(id: string, changes: Partial<RunRecord>): Promise<RunRecord> {
    const record = { ...find(id), ...changes }
    await save(record)
    return record
  }

  async function start(input: CheckedInput<'runs.start'>): Promise<RunRecord[]> {
    const dataset = await store.dataset(input.datasetId)
    const split = chooseSplit(dataset, input.split)
    const { candidates } = input.evaluation
    if (typeof candidates === 'object' && 'file' in candidates) await options.files.check(candidates.file)
    const models = input.models.map(({ model, params }, index) => ({
      model,
      params: checkParameters(findModel(model), params, `models[${index}].params`),
    }))
    const started: RunRecord[] = []
    for (const entry of models) {
      const record = { ...newRun(nextId(entry.model), options.threads), ...entry, ...shared(input), split }
      await save(record)
      started.push(record)
      jobs.start({ kind: 'train', title: record.name, subject: record.id, work: (context) => work(record.id, context) })
    }
    return started
  }

  /** `ials-3`: readable, and unique within the workspace. */
  function nextId(model: string): string {
    let number = 1
    while (records.has(`${model}-${number}`)) number++
    return `${model}-${number}`
  }

  async function work(id: string, context: JobContext): Promise<string> {
    try {
      context.signal.throwIfAborted()
      await change(id, { state: 'running' })
      await change(id, await train(find(id), context))
      return id
    } catch (error) {
      const cancelled = context.signal.aborted
      const reason = cancelled ? context.signal.reason : error
      if (records.has(id)) await change(id, { state: cancelled ? 'cancelled' : 'failed', error: toPlainError(reason) })
      throw error
    }
  }

  async function train(run: RunRecord, context: JobContext): Promise<Partial<RunRecord>> {
    const dataset = await store.dataset(run.datasetId)
    const { candidates } = run.evaluation
    const candidatesFile = typeof candidates === 'object' && 'file' in candidates ? candidates.file : null
    const split = run.split ?? chooseSplit(dataset, null)
    const prepared = await options.preparer.prepare({ ...run, dataset, split, candidatesFile }, context)
    await change(run.id, { prepared: prepared.hash, counts: prepared.counts })
    const artifact = folders.artifact(run.id)
    const result = await options.runTask(
      {
        kind: 'train',
        prepared: prepared.folder,
        artifact,
        runId: run.id,
        model: run.model,
        params: run.params,
        seed: run.seed,
        threads: run.threads,
        memoryLimitBytes: options.memoryLimitBytes,
        goal: { kind: 'evaluate', evaluation: run.evaluation },
      },
      context,
    )
    const manifest = await readManifest(artifact)
    await store.saveRunResults(run.id, {
      lists: listsFromTensors(await readArtifactFile(artifact, manifest, 'lists')),
      userMetrics: userMetricsFromTensors(await readArtifactFile(artifact, manifest, 'users')),
    })
    return { ...result, state: 'done' }
  }

  async function remove(id: string): Promise<void> {
    find(id)
    for (const job of jobs.list()) if (job.subject === id) jobs.cancel(job.id)
    records.delete(id)
    await store.deleteRun(id)
    await rm(folders.artifact(id), { recursive: true, force: true })
    hub.emit('run', id, { id, record: null })
  }

  return {
    find,
    async deleteOfDataset(datasetId) {
      for (const run of [...records.values()]) if (run.datasetId === datasetId) await remove(run.id)
    },
    handlers: {
      'runs.start': start,
      'runs.list': () => [...records.values()],
      async 'runs.delete'({ runId }) {
        await remove(runId)
        return null
      },
    },
  }
}

const interruptedRun: Pick<RunRecord, 'state' | 'error'> = {
  state: 'failed',
  error: { code: 'PROCESS_ENDED', message: 'TopN ended before this run was done. Run it again.', data: {} },
}

function shared({ datasetId, clean, evaluation, seed }: CheckedInput<'runs.start'>) {
  return { datasetId, clean, evaluation, seed }
}

function newRun(id: string, threads: number) {
  return {
    id,
    name: id,
    device: 'cpu',
    threads,
    state: 'queued' as const,
    error: null,
    prepared: null,
    counts: null,
    createdAt: new Date().toISOString(),
    fitSeconds: null,
    evaluateSeconds: null,
    peakBytes: null,
    metrics: {},
    curve: [],
  }
}
