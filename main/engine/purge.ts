import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunRecord } from '../contract/records'
import type { Store } from '../store'
import { everyoneArtifact, type WorkspaceFolders } from './workspace'

/**
 * Deletes for good what the user deleted when the workspace was open last: datasets with their runs, runs with their
 * files, selections, and prepared data that no run needs any more. Records go last, so that what is cut off is done next time.
 */
export async function purgeDeleted(store: Store, folders: WorkspaceFolders): Promise<void> {
  const deleted = await store.deleted()
  const idsOf = (wanted: string) => new Set(deleted.filter(({ kind }) => kind === wanted).map(({ id }) => id))
  const [datasets, runs] = [idsOf('dataset'), idsOf('run')]
  const all = await store.runs()
  const isGone = (run: RunRecord) => runs.has(run.id) || datasets.has(run.datasetId)
  const needed = new Set(all.filter((run) => !isGone(run)).map(({ prepared }) => prepared))
  for (const { id, prepared } of all.filter(isGone)) {
    const paths = [folders.artifact(id), everyoneArtifact(folders, id), folders.runLog(id)]
    if (prepared !== null && !needed.has(prepared)) paths.push(folders.prepared(prepared))
    for (const path of paths) await rm(path, { recursive: true, force: true })
    await store.deleteRun(id)
  }
  for (const id of idsOf('selection')) await store.deleteSelection(id)
  for (const id of datasets) await store.deleteDataset(id)
}

const keptDays = 30

/** Deletes the vectors of encoders that were not asked for in 30 days; what is wanted again is encoded again. */
export async function purgeVectors(folders: WorkspaceFolders): Promise<void> {
  const oldest = Date.now() - keptDays * 24 * 60 * 60 * 1000
  for (const name of await readdir(folders.vectors).catch(() => [])) {
    const path = join(folders.vectors, name)
    if ((await stat(path)).mtimeMs < oldest) await rm(path, { force: true })
  }
}

/** Deletes folders of uploads that were never opened, or whose datasets are gone. Their names are unlike any other. */
export async function purgeInbox(store: Store, folders: WorkspaceFolders): Promise<void> {
  const names = await readdir(folders.inbox).catch(() => [])
  if (names.length === 0) return
  const needed = JSON.stringify([await store.datasets(), await store.runs()])
  for (const name of names)
    if (!needed.includes(name)) await rm(join(folders.inbox, name), { recursive: true, force: true })
}
