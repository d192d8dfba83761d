import type { Columns, FileFormat, ItemsFile, TimeFormat, UsersFile } from './formats'

export interface FilePreview {
  path: string
  bytes: number
  format: FileFormat
  /** The first lines of the file as they stand; empty for binary formats. */
  rawLines: string[]
  header: string[]
  rows: (string | null)[][]
  /** The proposed roles; null where the header does not say, with `question` asking the user. */
  columns: Partial<Columns>
  question: string | null
  /** How the timestamps would be read; null where there is no timestamp column, or its times are not understood. */
  time: TimeFormat | null
  /** The sheets of an Excel workbook; empty for other formats. */
  sheets: string[]
}

/** What a folder holds: the input of `datasets.open`, and what it leaves aside. */
export interface FolderPreview {
  /** The known layout that the folder has; `files` where it is one or more files of one layout. */
  layout: FolderLayout
  open: {
    path?: string[]
    parts?: { train: string; validation?: string; test: string }
    name: string
    columns?: Columns
    format?: FileFormat
    items?: ItemsFile
    users?: UsersFile
  }
  /** Names of files in the folder that would not be read. */
  unused: string[]
}

export type FolderLayout = (typeof folderLayouts)[number]

export const folderLayouts = [
  'movielens-100k',
  'movielens-1m',
  'movielens',
  'lastfm-hetrec',
  'recbole',
  'lightgcn',
  'train-test',
  'files',
] as const
