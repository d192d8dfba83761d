import { create } from 'zustand'
import type { CallInput } from '../../main/contract/calls'
import type { Column, Columns, FileFormat, ItemsFile, TimeFormat, UsersFile } from '../../main/contract/experiment'
import type { Subject } from '../../main/contract/filters'
import type { FilePreview, FolderLayout, FolderPreview } from '../../main/contract/previews'
import { navigate } from './router'

export const roles = ['user', 'item', 'rating', 'timestamp', 'event'] as const
export type Role = (typeof roles)[number]

/** What the user is about to open; null stands for what the preview proposes. */
export interface ImportDraft {
  /** Files of one layout that make the dataset; the preview is of the first. */
  paths: string[]
  /** The file's or folder's own name, which an upload's path has lost. */
  file: string
  /** What the dataset will be called. */
  name: string
  /** The known layout of a folder, and what of it is not read. */
  folder: { layout: FolderLayout; unused: string[] } | null
  format: FileFormat | null
  columns: Partial<Columns> | null
  time: TimeFormat | null
  items: ItemsFile | null
  users: UsersFile | null
  /** Files of a ready-made split, of which the first path is the training part; without a test file it is all data. */
  test: string | null
  validation: string | null
  /** Whose ids become pseudonyms. */
  pseudonymise: Subject[]
  /** The job that reads it, once started. */
  jobId: string | null
}

export const useImport = create<{ draft: ImportDraft | null }>(() => ({ draft: null }))

/** Begins to open a file: the Data screen shows its preview. */
export function openDraft(path: string, file?: string): void {
  showDraft(newDraft(path, file))
}

/** Begins to open what a folder holds as one dataset. */
export function openFolderDraft(found: FolderPreview, file: string): void {
  showDraft(folderDraft(found, file))
}

function showDraft(draft: ImportDraft) {
  useImport.setState({ draft })
  navigate('data')
}

export function changeDraft(change: Partial<ImportDraft>): void {
  useImport.setState(({ draft }) => ({ draft: draft && { ...draft, ...change } }))
}

export function newDraft(path: string, file = fileName(path)): ImportDraft {
  return {
    paths: [path],
    file,
    name: file.replace(/(.)\.[^.]*$/, '$1'),
    folder: null,
    format: null,
    columns: null,
    time: null,
    items: null,
    users: null,
    test: null,
    validation: null,
    pseudonymise: [],
    jobId: null,
  }
}

export function folderDraft({ layout, open, unused }: FolderPreview, file: string): ImportDraft {
  const { path = [], parts, name, columns, format, items, users } = open
  const paths = parts ? [parts.train] : path
  return {
    ...newDraft(paths[0], file),
    paths,
    name,
    folder: { layout, unused },
    ...(format && { format }),
    ...(columns && { columns }),
    ...(items && { items }),
    ...(users && { users }),
    ...(parts && { test: parts.test, validation: parts.validation ?? null }),
  }
}

export function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) || path
}

/** The folder that a file lies in. */
export function parentOf(path: string): string {
  return path.replace(/[\\/][^\\/]*$/, '')
}

/** Whether columns are named by position, for want of a header. */
export function isHeaderless({ format }: FilePreview): boolean {
  return (format.kind === 'delimited' || format.kind === 'excel') && !format.header
}

/** Where a column stands, or null where the file has none such. */
export function positionOf(preview: FilePreview, column: Column | undefined): number | null {
  if (column === undefined) return null
  if (typeof column === 'number') return column
  const at = preview.header.indexOf(column)
  return at < 0 ? null : at
}

/** A column by its header where that names it alone, by position otherwise. */
export function columnAt(preview: FilePreview, position: number): Column {
  const name = preview.header[position]
  const isUnique = preview.header.indexOf(name) === preview.header.lastIndexOf(name)
  return !isHeaderless(preview) && name !== '' && isUnique ? name : position
}

/** The roles of columns: the user's choice, or the proposal. */
export function columnsOf(draft: ImportDraft, preview: FilePreview): Partial<Columns> {
  return draft.columns ?? preview.columns
}

/** How the times are written: the user's choice, or the proposal; null without a timestamp column. */
export function timeOf(draft: ImportDraft, preview: FilePreview): TimeFormat | null {
  return columnsOf(draft, preview).timestamp === undefined ? null : (draft.time ?? preview.time)
}

/** What keeps the file from being opened, or null. */
export function columnsProblem(preview: FilePreview, columns: Partial<Columns>): 'missing' | 'twice' | null {
  if (columns.user === undefined || columns.item === undefined) return 'missing'
  const taken = Object.values(columns).map((column) => positionOf(preview, column))
  return new Set(taken).size < taken.length ? 'twice' : null
}

/** The request that opens the files as the draft says; layouts of attribute files are those that were previewed. */
export function openRequest(
  draft: ImportDraft,
  preview: FilePreview,
  attributes: { items: FilePreview | null; users: FilePreview | null },
): CallInput<'datasets.open'> {
  const { user, item, ...others } = columnsOf(draft, preview)
  const columns: Columns | null =
    preview.format.kind === 'sequences' || user === undefined || item === undefined ? null : { user, item, ...others }
  const time = columns && timeOf(draft, preview)
  return {
    ...filesOf(draft),
    format: preview.format,
    ...(draft.name.trim() && { name: draft.name.trim() }),
    ...(columns && { columns }),
    ...(time && { time }),
    ...(draft.items && { items: { ...draft.items, ...(attributes.items && { format: attributes.items.format }) } }),
    ...(draft.pseudonymise.length > 0 && { pseudonymise: draft.pseudonymise }),
    ...(draft.users && { users: { ...draft.users, ...(attributes.users && { format: attributes.users.format }) } }),
  }
}

function filesOf({ paths, test, validation }: ImportDraft): Pick<CallInput<'datasets.open'>, 'path' | 'parts'> {
  if (test !== null) return { parts: { train: paths[0], test, ...(validation !== null && { validation }) } }
  return { path: paths.length === 1 ? paths[0] : paths }
}
