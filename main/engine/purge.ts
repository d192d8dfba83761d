import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunRecord } from '../contract/records'
import type { StudyRecord } from '../contract/tuning'
import type { Store } from '../store'
import { readRecord } from './projection-records'
import { everyoneArtifact, type WorkspaceFolders } from './workspace'

/** Deletes for good what nobody can ask for any more, when the workspace is opened. */
export async function purgeWorkspace(store: Store, folders: WorkspaceFolders): Promise<void> {
  await purgeDeleted(store, folders)
  await purgeInbox(store, folders)
  await purgeVectors(folders)
  await purgeProjections(store, folders)
}

/**
 * Deletes for good what the user deleted when the workspace was open last: datasets with their runs and studies, runs with
 * their files, selections, and prepared data that nothing needs any more. Records go last, so that what is cut off is done
 * next time.
 */
async function purgeDeleted(store: Store, folders: WorkspaceFolders): Promise<void> {
  const deleted = await store.deleted()
  const idsOf = (wanted: string) => new Set(deleted.filter(({ kind }) => kind === wanted).map(({ id }) => id))
  const [datasets, runs, studies] = [idsOf('dataset'), idsOf('run'), idsOf('study')]
  const [allRuns, allStudies] = [await store.runs(), await store.studies()]
  const isGoneRun = (run: RunRecord) => runs.has(run.id) || datasets.has(run.datasetId)
  const isGoneStudy = (study: StudyRecord) => studies.has(study.id) || datasets.has(study.datasetId)
  const kept = [...allRuns.filter((run) => !isGoneRun(run)), ...allStudies.filter((study) => !isGoneStudy(study))]
  const needed = new Set(kept.map(({ prepared }) => prepared))
  const pathsOf = (hash: string | null) => (hash === null || needed.has(hash) ? [] : [folders.prepared(hash)])
  const remove = async (paths: string[]) => {
    for (const path of paths) await rm(path, { recursive: true, force: true })
  }
  for (const { id, prepared } of allRuns.filter(isGoneRun)) {
    const own = [folders.artifact(id), everyoneArtifact(folders, id), folders.checkpoints(id), folders.runLog(id)]
    await remove([...own, ...olderFeatures(folders, id, prepared), ...pathsOf(prepared)])
    await store.deleteRun(id)
  }
  for (const { id, prepared } of allStudies.filter(isGoneStudy)) {
    await remove(pathsOf(prepared))
    await store.deleteStudy(id)
  }
  for (const id of idsOf('selection')) await store.deleteSelection(id)
  for (const id of datasets) await store.deleteDataset(id)
}

/** Of a model of other data: in workspaces from before its features lay beside the prepared data. */
function olderFeatures(folders: WorkspaceFolders, runId: string, prepared: string | null): string[] {
  return prepared === null ? [] : [join(folders.prepared(prepared), `features-of-${runId}.safetensors`)]
}

const keptDays = 30

/** Deletes the vectors of encoders that were not asked for in 30 days; what is wanted again is encoded again. */
async function purgeVectors(folders: WorkspaceFolders): Promise<void> {
  const oldest = Date.now() - keptDays * 24 * 60 * 60 * 1000
  for (const name of await readdir(folders.vectors).catch(() => [])) {
    const path = join(folders.vectors, name)
    if ((await stat(path)).mtimeMs < oldest) await rm(path, { force: true })
  }
}

/** Deletes maps that were deleted when the workspace was open last, those whose run is gone for good, and those that were not written to the end. */
async function purgeProjections(store: Store, folders: WorkspaceFolders): Promise<void> {
  const names = await readdir(folders.projections).catch(() => [])
  const runs = new Set((await store.runs()).map(({ id }) => id))
  const marked = (await store.deleted()).filter(({ kind }) => kind === 'projection').map(({ id }) => id)
  for (const name of names) {
    const record = await readRecord(folders, name).catch(() => null)
    if (record === null || !runs.has(record.runId) || marked.includes(name)) {
      await rm(folders.projection(name), { recursive: true, force: true })
    }
  }
  for (const id of marked) await store.unmarkDeleted('projection', id)
}

/** Deletes folders of uploads that were never opened, or whose datasets are gone. Their names are unlike any other. */
async function purgeInbox(store: Store, folders: WorkspaceFolders): Promise<void> {
  const names = await readdir(folders.inbox).catch(() => [])
  if (names.length === 0) return
  const needed = JSON.stringify([await store.datasets(), await store.runs(), await store.studies()])
  for (const name of names)
    if (!needed.includes(name)) await rm(join(folders.inbox, name), { recursive: true, force: true })
}
