import { create } from 'zustand'
import type { CallInput } from '../../main/contract/calls'
import type { Column, Columns, FileFormat, ItemsFile } from '../../main/contract/experiment'
import type { FilePreview } from '../../main/contract/records'
import { navigate } from './router'

export const roles = ['user', 'item', 'rating', 'timestamp'] as const
export type Role = (typeof roles)[number]

/** Positions of columns; null where a role is played by none. */
export type Roles = Record<Role, number | null>

/** A second file with titles and attributes; null leaves a column to the engine. */
export interface ItemsDraft {
  path: string
  id: number | null
  title: number | null
  features: number[]
}

/** A file that the user is about to open; null stands for what the preview proposes. */
export interface ImportDraft {
  path: string
  /** The file's own name, which an upload's path has lost. */
  file: string
  /** What the dataset will be called. */
  name: string
  format: FileFormat | null
  roles: Roles | null
  items: ItemsDraft | null
  /** Files of a ready-made split, of which `path` is the training part; without a test file it is all of the data. */
  test: string | null
  validation: string | null
  /** The job that reads it, once started. */
  jobId: string | null
}

export const useImport = create<{ draft: ImportDraft | null }>(() => ({ draft: null }))

/** Begins to open a file: the Data screen shows its preview. */
export function openDraft(path: string, file?: string): void {
  useImport.setState({ draft: newDraft(path, file) })
  navigate('data')
}

export function changeDraft(change: Partial<ImportDraft>): void {
  useImport.setState(({ draft }) => ({ draft: draft && { ...draft, ...change } }))
}

export function newDraft(path: string, file = fileName(path)): ImportDraft {
  const name = file.replace(/(.)\.[^.]*$/, '$1')
  return { path, file, name, format: null, roles: null, items: null, test: null, validation: null, jobId: null }
}

export function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) || path
}

/** Whether columns are named by position, for want of a header. */
export function isHeaderless({ format }: FilePreview): boolean {
  return format.kind === 'delimited' && !format.header
}

/** The preview's proposal, by position. */
export function proposedRoles(preview: FilePreview): Roles {
  const position = (column: Column | undefined) => {
    if (column === undefined) return null
    if (typeof column === 'number') return column
    const at = preview.header.indexOf(column)
    return at < 0 ? null : at
  }
  const { user, item, rating, timestamp } = preview.columns
  return { user: position(user), item: position(item), rating: position(rating), timestamp: position(timestamp) }
}

/** A column by its header where that names it alone, by position otherwise. */
export function columnAt(preview: FilePreview, position: number): Column {
  const name = preview.header[position]
  const isUnique = preview.header.indexOf(name) === preview.header.lastIndexOf(name)
  return !isHeaderless(preview) && name !== '' && isUnique ? name : position
}

/** What keeps the file from being opened, or null. */
export function rolesProblem(roles: Roles): 'missing' | 'twice' | null {
  if (roles.user === null || roles.item === null) return 'missing'
  const taken = Object.values(roles).filter((position) => position !== null)
  return new Set(taken).size < taken.length ? 'twice' : null
}

/** The request that opens the file as the draft says. */
export function openRequest(
  draft: ImportDraft,
  preview: FilePreview,
  itemsPreview: FilePreview | null,
): CallInput<'datasets.open'> {
  const { user, item, rating, timestamp } = draft.roles ?? proposedRoles(preview)
  const at = (position: number) => columnAt(preview, position)
  const columns: Columns | null =
    preview.format.kind === 'sequences' || user === null || item === null
      ? null
      : {
          user: at(user),
          item: at(item),
          ...(rating !== null && { rating: at(rating) }),
          ...(timestamp !== null && { timestamp: at(timestamp) }),
        }
  return {
    ...filesOf(draft),
    format: preview.format,
    ...(draft.name.trim() && { name: draft.name.trim() }),
    ...(columns && { columns }),
    ...(draft.items && itemsPreview && { items: itemsRequest(draft.items, itemsPreview) }),
  }
}

function filesOf({ path, test, validation }: ImportDraft): Pick<CallInput<'datasets.open'>, 'path' | 'parts'> {
  if (test === null) return { path }
  return { parts: { train: path, test, ...(validation !== null && { validation }) } }
}

function itemsRequest(items: ItemsDraft, preview: FilePreview): ItemsFile {
  return {
    path: items.path,
    format: preview.format,
    ...(items.id !== null && { id: columnAt(preview, items.id) }),
    ...(items.title !== null && { title: columnAt(preview, items.title) }),
    ...(items.features.length > 0 && { features: items.features.map((position) => columnAt(preview, position)) }),
  }
}
