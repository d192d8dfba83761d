import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import type { WorkspaceRecord } from '../contract/records'

export const topnVersion = '0.1.0'

/** Where everything of a workspace lies on disk. */
export interface WorkspaceFolders {
  readonly path: string
  prepared(hash: string): string
  /** A map of vectors. */
  projection(hash: string): string
  readonly projections: string
  /** Vectors of texts and pictures, a file for each encoder. */
  readonly vectors: string
  artifact(runId: string): string
  readonly artifacts: string
  /** Where the training of a run goes on from. */
  checkpoints(runId: string): string
  readonly exports: string
  /** The key of pseudonyms. */
  readonly pseudonymKey: string
  readonly inbox: string
  readonly logs: string
  runLog(runId: string): string
  /** For work in progress; emptied when the workspace is opened. */
  readonly temporary: string
}

export function workspaceFolders(path: string): WorkspaceFolders {
  const root = resolve(path)
  return {
    path: root,
    prepared: (hash) => join(root, 'prepared', hash),
    projection: (hash) => join(root, 'projections', hash),
    projections: join(root, 'projections'),
    vectors: join(root, 'vectors'),
    artifact: (runId) => join(root, 'artifacts', runId),
    artifacts: join(root, 'artifacts'),
    checkpoints: (runId) => join(root, 'checkpoints', runId),
    exports: join(root, 'exports'),
    pseudonymKey: join(root, 'pseudonym.key'),
    inbox: join(root, 'inbox'),
    logs: join(root, 'logs'),
    runLog: (runId) => join(root, 'logs', 'runs', `${runId}.log`),
    temporary: join(root, 'temporary'),
  }
}

/** The model of a run that was trained once more on all interactions. */
export function everyoneArtifact(folders: WorkspaceFolders, runId: string): string {
  return folders.artifact(`${runId}-everyone`)
}

/** Makes the folders that are missing. Call it once the workspace is owned: it empties the temporary folder. */
export async function makeWorkspaceFolders(folders: WorkspaceFolders): Promise<void> {
  await rm(folders.temporary, { recursive: true, force: true })
  for (const path of [folders.artifacts, folders.exports, folders.logs, folders.temporary]) {
    await mkdir(path, { recursive: true })
  }
}

export function describeWorkspace(folders: WorkspaceFolders): WorkspaceRecord {
  return { path: folders.path, name: basename(folders.path), version: topnVersion }
}

/** The sizes of a folder's files together. */
export async function folderBytes(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  const sizes = await Promise.all(files.map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size))
  return sizes.reduce((sum, size) => sum + size, 0)
}
