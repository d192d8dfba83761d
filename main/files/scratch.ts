import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const prefix = 'topn-read-'
const isScratch = new RegExp(`^${prefix}(\\d+)-`)

/** Makes a folder of this process below the system's temporary folder. Its maker removes it. */
export function makeScratchFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`))
}

/** Removes the scratch folders of processes that ended before they could. */
export async function sweepScratchFolders(): Promise<void> {
  const names = await readdir(tmpdir()).catch(() => [])
  const stale = names.filter((name) => {
    const owner = isScratch.exec(name)?.[1]
    return owner !== undefined && !exists(Number(owner))
  })
  await Promise.all(stale.map((name) => rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => {})))
}

/** Whether a process has this id; one of another person counts. */
function exists(id: number): boolean {
  try {
    process.kill(id, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}
