import { createReadStream, createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { crc32 } from 'node:zlib'
import { TopnError } from '../contract/errors'

/** A file of an archive: its name there, with `/` between folders, and where its bytes lie. */
export interface ZipEntry {
  name: string
  path: string
}

/** Sizes and offsets of the format without its extensions. */
const largest = 0xffffffff
/** 1 January 1980, the first date of the format: the same files give the same archive. */
const date = 0x21
/** Names are UTF-8. */
const flags = 0x0800

interface Placed extends ZipEntry {
  bytes: number
  crc: number
  offset: number
}

/** Writes files into a zip archive, stored as they are, one after the other in memory that does not grow with them. */
export async function writeZip(path: string, entries: readonly ZipEntry[], signal?: AbortSignal): Promise<void> {
  await pipeline(Readable.from(archive(entries)), createWriteStream(path, { flags: 'wx' }), {
    ...(signal && { signal }),
  })
}

async function* archive(entries: readonly ZipEntry[]): AsyncIterable<Uint8Array> {
  const placed: Placed[] = []
  let offset = 0
  for (const entry of entries) {
    const own = { ...entry, offset, bytes: (await stat(entry.path)).size, crc: await crcOf(entry.path) }
    const header = localHeader(own)
    placed.push(own)
    offset += header.length + own.bytes
    if (offset > largest) throw tooLarge()
    yield header
    yield* createReadStream(entry.path, { highWaterMark: 2 ** 20 })
  }
  const directory = Buffer.concat(placed.map(directoryEntry))
  yield directory
  yield endOf(placed.length, directory.length, offset)
}

async function crcOf(path: string): Promise<number> {
  let crc = 0
  for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20 })) crc = crc32(chunk, crc)
  return crc
}

/** What both headers say: flags, method 0, date, checksum, both sizes, lengths of the name and of nothing else. */
function common({ name, bytes, crc }: Placed): Buffer {
  const part = Buffer.alloc(24)
  part.writeUInt16LE(flags, 0)
  part.writeUInt16LE(date, 6)
  part.writeUInt32LE(crc, 8)
  part.writeUInt32LE(bytes, 12)
  part.writeUInt32LE(bytes, 16)
  part.writeUInt16LE(Buffer.byteLength(name), 20)
  return part
}

function localHeader(entry: Placed): Buffer {
  const start = Buffer.from([0x50, 0x4b, 3, 4, 20, 0])
  return Buffer.concat([start, common(entry), Buffer.from(entry.name)])
}

function directoryEntry(entry: Placed): Buffer {
  const start = Buffer.from([0x50, 0x4b, 1, 2, 20, 0, 20, 0])
  const rest = Buffer.alloc(14)
  rest.writeUInt32LE(entry.offset, 10)
  return Buffer.concat([start, common(entry), rest, Buffer.from(entry.name)])
}

function endOf(count: number, bytes: number, offset: number): Buffer {
  const end = Buffer.alloc(22)
  end.set([0x50, 0x4b, 5, 6])
  end.writeUInt16LE(count, 8)
  end.writeUInt16LE(count, 10)
  end.writeUInt32LE(bytes, 12)
  end.writeUInt32LE(offset, 16)
  return end
}

function tooLarge(): TopnError {
  return new TopnError('BAD_REQUEST', 'The files are too large for a zip archive, which ends at 4 GiB. Write a folder.')
}
