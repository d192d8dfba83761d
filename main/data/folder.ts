import { readdir, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { badFile } from './bad-file'

/**
 * The data files of a folder in the order of their names, or the path itself where it is no folder. Names that begin
 * with a point or an underscore are others' notes. Throws BAD_DATA where names end differently: which are meant is not
 * to be guessed.
 */
export async function filesIn(path: string): Promise<string[]> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
  if (!isFolder) return [path]
  const entries = await readdir(path, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isFile() && !/^[._]/.test(entry.name)).map(({ name }) => name)
  if (names.length === 0) throw badFile(path, 'is a folder without files. Choose a file, or another folder.')
  const endings = [...new Set(names.map((name) => extname(name)))]
  if (endings.length > 1) {
    const shown = names.slice(0, 10).join(', ')
    throw badFile(path, `is a folder of different files: ${shown}. Name those that hold the interactions.`)
  }
  return names.sort().map((name) => join(path, name))
}
