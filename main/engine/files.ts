import { readdir, realpath, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import type { CallOutputs } from '../contract/calls'
import { TopnError } from '../contract/errors'
import type { FileEntry } from '../contract/records'

/** Decides which files a client may name. */
export interface FileAccess {
  /** The real path of an existing file below one of the roots; BAD_REQUEST where it is outside, BAD_DATA where absent. */
  check(path: string): Promise<string>
  /** The same for a folder that may still have to be made: the folder above that exists must be below a root. */
  checkFolder(path: string): Promise<string>
  list(path: string | null): Promise<CallOutputs['files.list']>
}

/** The folders that files may be opened from; `any` where the user could open every file without TopN too. */
export type Roots = readonly string[] | 'any'

export function createFileAccess(roots: Roots): FileAccess {
  /** `asked` is what the user named, where that is below `path`. */
  async function check(path: string, asked = path): Promise<string> {
    const real = await resolveReal(path)
    if (roots === 'any') return real
    const realRoots = await Promise.all(roots.map((root) => realpath(root).catch(() => root)))
    if (!realRoots.some((root) => isInside(root, real))) {
      const allowed = realRoots.join(', ')
      throw new TopnError('BAD_REQUEST', `${asked} is outside the folders that files may be opened from: ${allowed}.`, {
        file: asked,
      })
    }
    return real
  }

  async function checkFolder(path: string, asked = path): Promise<string> {
    if (!isAbsolute(path)) {
      throw new TopnError('BAD_REQUEST', `${path} is not a whole path. Give the folder from the root on.`, {
        file: path,
      })
    }
    const folder = resolve(path)
    const above = dirname(folder)
    const found = await check(folder, asked).catch((error) => {
      if (error.code === 'BAD_DATA' && above !== folder) return null
      throw error
    })
    return found ?? join(await checkFolder(above, asked), basename(folder))
  }

  async function list(path: string | null): Promise<CallOutputs['files.list']> {
    if (path === null) {
      const shown = roots === 'any' ? [homedir()] : roots
      const entries = shown.map((root) => ({ name: root, path: root, directory: true, bytes: 0 }))
      return { path: null, parent: null, entries }
    }
    const folder = await check(path)
    const parent = dirname(folder)
    const parentAllowed = parent !== folder && (await check(parent).then(Boolean, () => false))
    return { path: folder, parent: parentAllowed ? parent : null, entries: await entriesOf(folder) }
  }

  return { check: (path) => check(path), checkFolder: (path) => checkFolder(path), list }
}

/** A path is inside a folder where the way from one to the other goes neither up nor to another drive. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way))
}

async function resolveReal(path: string): Promise<string> {
  try {
    if (path.includes('\0')) throw new Error('NUL')
    return await realpath(path)
  } catch (cause) {
    throw new TopnError(
      'BAD_DATA',
      `There is no file ${path}. Check the path and try again.`,
      { file: path },
      { cause },
    )
  }
}

async function entriesOf(folder: string): Promise<FileEntry[]> {
  const names = await readdir(folder, { withFileTypes: true }).catch((cause) => {
    throw new TopnError('BAD_DATA', `${folder} is not a folder that can be read.`, { file: folder }, { cause })
  })
  const visible = names.filter((entry) => !entry.name.startsWith('.') && (entry.isDirectory() || entry.isFile()))
  const entries = await Promise.all(
    visible.map(async (entry) => {
      const path = join(folder, entry.name)
      const bytes = entry.isFile()
        ? await stat(path).then(
            (found) => found.size,
            () => 0,
          )
        : 0
      return { name: entry.name, path, directory: entry.isDirectory(), bytes }
    }),
  )
  return entries.sort((a, b) => Number(b.directory) - Number(a.directory) || a.name.localeCompare(b.name))
}
