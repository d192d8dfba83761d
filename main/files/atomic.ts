import { randomUUID } from 'node:crypto'
import * as fs from 'node:fs/promises'
import { dirname } from 'node:path'

export type Bytes = Uint8Array | AsyncIterable<Uint8Array> | Iterable<Uint8Array>

/** The calls that an atomic write makes; tests let each of them fail. */
export type FileSystem = Pick<typeof fs, 'open' | 'rename' | 'rm'>

/**
 * Writes a file so that a crash at any moment leaves the old content or the new: to a temporary name in the same
 * folder, fsync, rename, fsync of the folder.
 */
export async function writeFileAtomic(path: string, content: Bytes, fileSystem: FileSystem = fs): Promise<void> {
  const temporary = `${path}.${randomUUID()}.part`
  try {
    const file = await fileSystem.open(temporary, 'wx')
    try {
      for await (const chunk of chunksOf(content)) await writeAll(file, chunk)
      await file.sync()
    } finally {
      await file.close()
    }
    await fileSystem.rename(temporary, path)
  } catch (error) {
    await fileSystem.rm(temporary, { force: true }).catch(() => {})
    throw error
  }
  await syncFolder(dirname(path), fileSystem)
}

/** Puts a file that another writer has finished in the place of `path`, with the same promise. */
export async function moveIntoPlace(temporary: string, path: string): Promise<void> {
  const file = await fs.open(temporary, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
  await fs.rename(temporary, path)
  await syncFolder(dirname(path), fs)
}

function chunksOf(content: Bytes): AsyncIterable<Uint8Array> | Iterable<Uint8Array> {
  return content instanceof Uint8Array ? [content] : content
}

/** Node refuses to write 2 GiB or more at once. */
const largestWrite = 2 ** 30

async function writeAll(file: fs.FileHandle, chunk: Uint8Array): Promise<void> {
  for (let at = 0; at < chunk.byteLength; ) {
    const length = Math.min(largestWrite, chunk.byteLength - at)
    at += (await file.write(chunk, at, length)).bytesWritten
  }
}

/** Makes a rename outlast a loss of power. Windows has no such call and needs none. */
async function syncFolder(path: string, fileSystem: FileSystem): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await fileSystem.open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
