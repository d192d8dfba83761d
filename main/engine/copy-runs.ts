import { TopnError } from '../contract/errors'
import type { RunRecord } from '../contract/records'
import type { Store } from '../store'
import { copyArtifact } from '../training/artifact'
import { broughtAgain, newRun } from './new-run'
import { copyName } from './remarks'
import type { RunLog } from './run-log'
import type { RunQueue } from './run-queue'
import type { RunRecords } from './run-records'
import type { WorkspaceFolders } from './workspace'

interface CopyOptions {
  store: Store
  folders: WorkspaceFolders
  records: RunRecords
  runLog: RunLog
  queue: Pick<RunQueue, 'enqueue'>
  threads: number
}

/** Queues a new run with the settings of another one, and what differs. */
export async function startAs(
  run: RunRecord,
  changes: Partial<RunRecord>,
  { store, records, queue, threads }: CopyOptions,
): Promise<RunRecord> {
  const { model, params, features, clean, evaluation, seed, split, datasetId, elsewhere } = run
  const members = run.members?.map((member) => ({ ...member, weight: null, learned: null })) ?? null
  const deviceChoice = changes.deviceChoice ?? run.deviceChoice ?? 'best'
  const settings = { model, params, features, members, clean, evaluation, seed, split, deviceChoice }
  const dataset = await store.dataset(datasetId)
  const added = newRun(records.nextId(model), dataset, { ...settings, ...broughtAgain(elsewhere) }, threads)
  return queue.enqueue(added.id, () => records.add({ ...added, ...changes }))
}

/** A trained run once more, with its model. */
export async function duplicateRun(
  run: RunRecord,
  { store, folders, records, runLog }: Omit<CopyOptions, 'queue' | 'threads'>,
): Promise<RunRecord> {
  if (run.state !== 'done') {
    throw new TopnError('BAD_REQUEST', `${run.name} is not trained, so there is nothing to copy. Run it again.`)
  }
  const id = records.nextId(run.model)
  await copyArtifact(folders.artifact(run.id), folders.artifact(id), id)
  await store.copyRunResults(run.id, id)
  await runLog.append(id, `Copied from ${run.id}.`)
  return records.add({ ...run, id, name: copyName(run.name), series: null, createdAt: new Date().toISOString() })
}
