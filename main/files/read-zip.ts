import { type FileHandle, open } from 'node:fs/promises'
import { crc32, inflateRawSync } from 'node:zlib'
import { TopnError } from '../contract/errors'

interface Entry {
  method: number
  flags: number
  crc: number
  packed: number
  bytes: number
  offset: number
}

/** An archive whose entries are read when they are asked for; nothing is unpacked onto the disk. */
export interface ZipReader {
  names: readonly string[]
  read(name: string): Promise<Uint8Array>
  close(): Promise<void>
}

const endBytes = 22
const longestComment = 65_535
const largestEntry = 2 ** 31 - 1

/** Opens a zip archive by its directory. Throws BAD_DATA, naming the file, where it is not what the format says. */
export async function openZip(path: string): Promise<ZipReader> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const entries = await directoryOf(file, size, path)
    return {
      names: [...entries.keys()],
      async read(name) {
        const entry = entries.get(name)
        if (!entry) throw damaged(path, `it has no ${name}`)
        return contentOf(file, entry, { path, name, size })
      },
      close: () => file.close(),
    }
  } catch (error) {
    await file.close()
    throw error
  }
}

async function directoryOf(file: FileHandle, size: number, path: string): Promise<Map<string, Entry>> {
  const tail = await bytesOf(file, Math.max(0, size - endBytes - longestComment), size, path)
  const at = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  if (at < 0 || at + endBytes > tail.length) throw damaged(path, 'it has no directory')
  const [count, length, start] = [tail.readUInt16LE(at + 10), tail.readUInt32LE(at + 12), tail.readUInt32LE(at + 16)]
  if (count === 0xffff || start === 0xffffffff) throw damaged(path, 'it is larger than 4 GiB. Save the arrays as .npy')
  const directory = await bytesOf(file, start, start + length, path)
  const entries = new Map<string, Entry>()
  for (let place = 0, read = 0; read < count; read++) {
    if (place + 46 > length || directory.readUInt32LE(place) !== 0x02014b50)
      throw damaged(path, 'its directory is cut off')
    const [names, extra, comment] = [28, 30, 32].map((field) => directory.readUInt16LE(place + field))
    const name = directory.subarray(place + 46, place + 46 + names).toString('utf8')
    if (entries.has(name)) throw damaged(path, `it has ${name} twice`)
    entries.set(name, entryAt(directory, place))
    place += 46 + names + extra + comment
  }
  return entries
}

function entryAt(directory: Buffer, place: number): Entry {
  return {
    flags: directory.readUInt16LE(place + 8),
    method: directory.readUInt16LE(place + 10),
    crc: directory.readUInt32LE(place + 16),
    packed: directory.readUInt32LE(place + 20),
    bytes: directory.readUInt32LE(place + 24),
    offset: directory.readUInt32LE(place + 42),
  }
}

async function contentOf(
  file: FileHandle,
  { flags, method, crc, packed, bytes, offset }: Entry,
  { path, name, size }: { path: string; name: string; size: number },
): Promise<Uint8Array> {
  if (flags & 1) throw damaged(path, `${name} is encrypted`)
  if (packed > largestEntry || bytes > largestEntry) throw damaged(path, `${name} is larger than 2 GiB`)
  const header = await bytesOf(file, offset, offset + 30, path)
  if (header.readUInt32LE(0) !== 0x04034b50) throw damaged(path, `${name} is not where the directory says`)
  const start = offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
  if (start + packed > size) throw damaged(path, `${name} is cut off`)
  const content = unpack(await bytesOf(file, start, start + packed, path), method, bytes, path, name)
  if (content.length !== bytes || crc32(content) !== crc) throw damaged(path, `${name} is not what was written`)
  return content
}

/** What would be larger than the directory says is not unpacked any further. */
function unpack(packed: Buffer, method: number, bytes: number, path: string, name: string): Uint8Array {
  if (method === 0) return packed
  if (method !== 8) throw damaged(path, `${name} is compressed in a way that is not read`)
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, bytes) })
  } catch (cause) {
    throw damaged(path, `${name} cannot be unpacked`, cause)
  }
}

async function bytesOf(file: FileHandle, from: number, to: number, path: string): Promise<Buffer> {
  const buffer = Buffer.alloc(Math.max(0, to - from))
  const { bytesRead } = await file.read(buffer, 0, buffer.length, from)
  if (bytesRead < buffer.length) throw damaged(path, 'it is cut off')
  return buffer
}

function damaged(path: string, reason: string, cause?: unknown): TopnError {
  return new TopnError('BAD_DATA', `${path} is damaged or no zip archive: ${reason}.`, { file: path }, { cause })
}
