import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { TopnError } from '../contract/errors'
import type { ProjectionRecord } from '../contract/projection'
import type { RunRecord } from '../contract/records'
import { writeFileAtomic } from '../files/atomic'
import type { Store } from '../store'
import type { Hub } from './hub'
import type { WorkspaceFolders } from './workspace'

const formatVersion = 1
const manifestName = 'manifest.json'

/** The maps of a workspace: each is a folder, and its record there is written last. */
export interface ProjectionRecords {
  /** The newest first, without the deleted ones. */
  list(): Promise<ProjectionRecord[]>
  /** Throws NOT_FOUND, also for a deleted one. */
  find(id: string): Promise<ProjectionRecord>
  /** Whether it was made, also a deleted one. */
  exists(id: string): Promise<boolean>
  /** Writes a record and tells it. */
  add(record: ProjectionRecord): Promise<void>
  delete(id: string): Promise<null>
  /** Throws NOT_FOUND for what is no map; one that is not deleted stays as it is. */
  restore(id: string): Promise<ProjectionRecord>
}

export function createProjectionRecords(
  folders: WorkspaceFolders,
  { store, hub }: { store: Pick<Store, 'markDeleted' | 'unmarkDeleted'>; hub: Hub },
): ProjectionRecords {
  /** Those that may still come back; opening the workspace has removed what was deleted before. */
  const deleted = new Set<string>()
  const tell = (record: ProjectionRecord) => hub.emit('projection', record.id, { id: record.id, record })

  async function find(id: string): Promise<ProjectionRecord> {
    if (deleted.has(id)) throw missing(id)
    return readRecord(folders, id)
  }

  return {
    find,
    async list() {
      const names = await readdir(folders.projections).catch(() => [])
      const records = await Promise.all(names.map((name) => readRecord(folders, name).catch(() => null)))
      return records
        .filter((record) => record !== null)
        .filter(({ id }) => !deleted.has(id))
        .sort((a, b) => b.createdAt.localeCompare(a.createdAt))
    },
    exists: (id) =>
      readRecord(folders, id).then(
        () => true,
        () => false,
      ),
    async add(record) {
      await writeRecord(folders, record)
      tell(record)
    },
    async delete(projectionId) {
      const { id } = await find(projectionId)
      await store.markDeleted('projection', id)
      deleted.add(id)
      hub.emit('projection', id, { id, record: null })
      return null
    },
    async restore(id) {
      const record = await readRecord(folders, id)
      await store.unmarkDeleted('projection', id)
      deleted.delete(id)
      tell(record)
      return record
    },
  }
}

/** The same vectors, side and settings have the same id; a copy of a run has maps of its own, which go with it. */
export function projectionId({ id, prepared, createdAt }: RunRecord, of: string, settings: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify([formatVersion, id, createdAt, prepared, of, settings]))
    .digest('hex')
    .slice(0, 32)
}

/** Written last: a folder without it holds no map. */
async function writeRecord(folders: WorkspaceFolders, record: ProjectionRecord): Promise<void> {
  const text = JSON.stringify({ format: formatVersion, ...record }, null, 2)
  await writeFileAtomic(join(folders.projection(record.id), manifestName), Buffer.from(text))
}

/** Throws NOT_FOUND for what is no map, or one of another version. */
export async function readRecord(folders: WorkspaceFolders, id: string): Promise<ProjectionRecord> {
  if (!/^[0-9a-f]{32}$/.test(id)) throw missing(id)
  try {
    const text = await readFile(join(folders.projection(id), manifestName), 'utf8')
    const { format, ...record } = JSON.parse(text)
    if (format === formatVersion) return record
  } catch (cause) {
    throw missing(id, cause)
  }
  throw missing(id)
}

function missing(id: string, cause?: unknown): TopnError {
  const message = 'There is no such map; it may be of another version. Make it again.'
  return new TopnError('NOT_FOUND', message, { id }, { cause })
}
