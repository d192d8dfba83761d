import { constants } from 'node:fs'
import { open, realpath } from 'node:fs/promises'
import { isAbsolute, relative, resolve, sep } from 'node:path'
import { largestBytes, largestPixels } from './decode'
import { readHeader } from './header'
import { BadPicture } from './picture'

/** What holds the size of a picture, whatever its camera wrote before. */
const headBytes = 512 * 1024

/** The bytes of a picture below `folder`. Throws BadPicture. */
export function readPicture(folder: string, name: string): Promise<Uint8Array> {
  return withPicture(folder, name, async (file, bytes) => readStart(file, bytes))
}

/** Throws BadPicture where the file cannot be a picture that is decoded; only its start is read. */
export function checkPicture(folder: string, name: string): Promise<void> {
  return withPicture(folder, name, async (file, bytes) => {
    const { width, height } = readHeader(await readStart(file, Math.min(bytes, headBytes)))
    if (width * height > largestPixels) throw new BadPicture('It has more than 50 million pixels.')
  })
}

/** A pipe is opened at once, though nobody writes to it; Windows has none in a folder. */
const withoutWaiting = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

type Handle = Awaited<ReturnType<typeof open>>

async function withPicture<T>(folder: string, name: string, work: (file: Handle, bytes: number) => Promise<T>) {
  const file = await open(await locate(folder, name), withoutWaiting).catch((error) => {
    throw error instanceof BadPicture ? error : new BadPicture('It cannot be read.')
  })
  try {
    const about = await file.stat()
    if (!about.isFile()) throw new BadPicture('It is no file.')
    if (about.size > largestBytes) throw new BadPicture('It is larger than 64 MB.')
    return await work(file, about.size)
  } finally {
    await file.close()
  }
}

/** Names come from data: nothing outside of the folder is opened, by no way up and by no link. */
async function locate(folder: string, name: string): Promise<string> {
  const path = await realpath(resolve(folder, name)).catch(() => {
    throw new BadPicture('There is no such file.')
  })
  const way = relative(folder, path)
  if (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) {
    throw new BadPicture('It lies outside of the folder of pictures.')
  }
  return path
}

async function readStart(file: Handle, bytes: number): Promise<Uint8Array> {
  const buffer = new Uint8Array(bytes)
  const { bytesRead } = await file.read(buffer, 0, bytes, 0)
  return buffer.subarray(0, bytesRead)
}
