import { access, mkdir, readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { writeFileAtomic } from '../files/atomic'

const fileName = 'workspaces.json'
const mostKept = 20

/** The workspaces that were opened before, kept in the user's folder for settings. */
export interface RecentWorkspaces {
  /** Paths, the latest first; those that are gone are left out. */
  list(): Promise<string[]>
  add(path: string): Promise<void>
}

/** `~/.config/topn`, or where the XDG base directory specification says. */
function defaultFolder(): string {
  return join(process.env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'topn')
}

export function createRecentWorkspaces(configFolder = defaultFolder()): RecentWorkspaces {
  const file = join(configFolder, fileName)

  async function list(): Promise<string[]> {
    const paths = await readPaths(file)
    const exist = await Promise.all(paths.map(exists))
    return paths.filter((_, at) => exist[at])
  }

  return {
    list,
    async add(path) {
      const paths = [path, ...(await list()).filter((other) => other !== path)].slice(0, mostKept)
      await mkdir(dirname(file), { recursive: true })
      await writeFileAtomic(file, Buffer.from(`${JSON.stringify(paths, null, 2)}\n`))
    },
  }
}

/** A file that is missing or damaged is an empty list: nothing but convenience is lost. */
async function readPaths(file: string): Promise<string[]> {
  try {
    const content: unknown = JSON.parse(await readFile(file, 'utf8'))
    return Array.isArray(content) ? content.filter((path) => typeof path === 'string') : []
  } catch {
    return []
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
