import { readdir, stat } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import type { FolderPreview } from '../contract/previews'
import { badFile } from './bad-file'
import { type Found, recognisers } from './folder-layouts'

/**
 * The data files of a folder in the order of their names, or the path itself where it is no folder. Throws BAD_DATA
 * where their names end differently: which are meant is not to be guessed.
 */
export async function filesIn(path: string): Promise<string[]> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
  if (!isFolder) return [path]
  const names = await namesIn(path)
  refuseDifferent(path, names)
  return names.map((name) => join(path, name))
}

/** What a folder holds as one dataset: a layout of the field, or files that are of one kind. */
export async function recogniseFolder(folder: string): Promise<FolderPreview> {
  const names = await namesIn(folder)
  for (const recognise of recognisers) {
    const found = await recognise(names, folder)
    if (found) return preview(folder, names, found)
  }
  refuseDifferent(folder, names)
  return preview(folder, names, { layout: 'files', path: names })
}

/** Names that begin with a point or an underscore are other programs' notes. */
async function namesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause) => {
    throw badFile(folder, 'is not a folder that can be read. Choose another.', cause)
  })
  const names = entries.filter((entry) => entry.isFile() && !/^[._]/.test(entry.name)).map(({ name }) => name)
  if (names.length === 0) throw badFile(folder, 'is a folder without files. Choose a file, or another folder.')
  return names.sort()
}

function refuseDifferent(folder: string, names: string[]): void {
  if (new Set(names.map((name) => extname(name))).size === 1) return
  const shown = names.slice(0, 10).join(', ') + (names.length > 10 ? ', ...' : '')
  throw badFile(folder, `is a folder of different files: ${shown}. Name those that hold the interactions.`)
}

/** The names of the files become paths. */
function preview(
  folder: string,
  names: string[],
  { layout, path, parts, columns, items, users }: Found,
): FolderPreview {
  const at = (name: string) => join(folder, name)
  const used = new Set([...(path ?? []), ...Object.values(parts ?? {}), items?.path, users?.path])
  return {
    layout,
    open: {
      name: basename(folder),
      ...(path && { path: path.map(at) }),
      ...(parts && {
        parts: {
          train: at(parts.train),
          ...(parts.validation !== undefined && { validation: at(parts.validation) }),
          test: at(parts.test),
        },
      }),
      ...(columns && { columns }),
      ...(items && { items: { ...items, path: at(items.path) } }),
      ...(users && { users: { ...users, path: at(users.path) } }),
    },
    unused: names.filter((name) => !used.has(name)),
  }
}
