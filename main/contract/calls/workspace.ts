import * as v from 'valibot'
import type { DeviceRecord } from '../devices'
import { formatSchema } from '../experiment'
import type { FilePreview, FolderPreview } from '../previews'
import type { FileEntry, WorkspaceRecord } from '../records'
import { id, nothing, path } from './fields'

/** A setting as JSON may not be longer. */
const maximumSettingLength = 65_536
const setting = v.pipe(
  v.unknown(),
  v.check(
    (value) => (JSON.stringify(value)?.length ?? Number.POSITIVE_INFINITY) <= maximumSettingLength,
    `JSON of up to ${maximumSettingLength} characters`,
  ),
)

/** The workspace that is open, and the files that can be read. */
export const workspaceCalls = {
  'workspace.hello': v.strictObject({ version: v.number() }),
  'workspace.devices': nothing,
  'workspace.settings': nothing,
  'workspace.remember': v.strictObject({ key: id, value: setting }),
  'workspace.recent': nothing,
  'workspace.open': v.strictObject({ path }),
  'files.list': v.strictObject({ path: v.optional(v.nullable(path), null) }),
  'files.preview': v.strictObject({ path, format: v.optional(formatSchema) }),
  'files.previewFolder': v.strictObject({ path }),
} as const

export interface WorkspaceOutputs {
  'workspace.hello': WorkspaceRecord
  'workspace.devices': DeviceRecord[]
  /** What screens remember in this workspace. */
  'workspace.settings': Record<string, unknown>
  'workspace.remember': null
  /** Workspaces opened before, the latest first; those whose folder is gone are left out. */
  'workspace.recent': WorkspaceRecord[]
  /**
   * Closes this workspace and opens another one, or makes it. Every client is told by the event `workspace`. Refused
   * with BAD_REQUEST while jobs run; where the other one cannot be opened, this one stays.
   */
  'workspace.open': WorkspaceRecord
  /** The folders that files may be opened from, or one folder's entries: folders first, by name. */
  'files.list': { path: string | null; parent: string | null; entries: FileEntry[] }
  'files.preview': FilePreview
  /** What a folder holds as one dataset, for the caller to confirm. */
  'files.previewFolder': FolderPreview
}
