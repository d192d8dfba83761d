import { createHash, type Hash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { stat, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { TopnError } from '../contract/errors'
import type { Compression } from '../contract/experiment'

const signatures: [signature: string, compression: Compression][] = [
  ['\x1f\x8b', 'gzip'],
  ['\x28\xb5\x2f\xfd', 'zstd'],
]

/** How a file is compressed, by its first bytes; null where it is not. */
export function compressionOf(head: Uint8Array): Compression | null {
  const start = Buffer.from(head.subarray(0, 4)).toString('latin1')
  return signatures.find(([signature]) => start.startsWith(signature))?.[1] ?? null
}

const chunkBytes = 2 ** 18
/** A block of zstd has at least 4 bytes and unpacks to 128 KiB at most, so that these make no more than 128 MiB at once. */
const zstdPieceBytes = 2 ** 12

/** How far unpacking has come. */
export interface UnpackedSoFar {
  /** Of the file. */
  packedBytes: number
  /** Of its content that they made, perhaps more than were given yet. */
  contentBytes: number
}

interface Listeners {
  /** Hears each part of the file as it is read. */
  passed?(chunk: Uint8Array): void
  /** Hears how far it is before each part of the content. */
  came?(far: UnpackedSoFar): void
}

/** A compressed file's content, piece by piece. Throws BAD_DATA where it is cut off or damaged. */
export async function* unpacked(
  path: string,
  compression: Compression,
  listeners: Listeners = {},
): AsyncIterable<Uint8Array> {
  try {
    yield* compression === 'gzip' ? gunzip(path, listeners) : unzstd(path, listeners)
  } catch (cause) {
    if (!(cause instanceof Error) || 'syscall' in cause || cause.name === 'AbortError') throw cause
    const isCut = /unexpected (end of file|EOF)/i.test(cause.message)
    const reason = isCut ? 'is cut off before its end' : 'is damaged'
    const message = `${path}: its ${compression} data ${reason}. Get a whole copy of the file.`
    throw new TopnError('BAD_DATA', message, { file: path }, { cause })
  }
}

async function* gunzip(path: string, { passed, came }: Listeners): AsyncIterable<Uint8Array> {
  const source = createReadStream(path, { highWaterMark: chunkBytes })
  source.on('data', (chunk) => passed?.(chunk as Uint8Array))
  const unzip = source.pipe(createGunzip({ chunkSize: chunkBytes }))
  source.on('error', (error) => unzip.destroy(error))
  let given = 0
  try {
    for await (const chunk of unzip) {
      given += chunk.length
      came?.({ packedBytes: unzip.bytesWritten, contentBytes: given + unzip.readableLength })
      yield chunk
    }
  } finally {
    source.destroy()
  }
}

async function* unzstd(path: string, { passed, came }: Listeners): AsyncIterable<Uint8Array> {
  const { Decompress } = await import('fzstd')
  let ready: Uint8Array[] = []
  const far: UnpackedSoFar = { packedBytes: 0, contentBytes: 0 }
  const decompress = new Decompress((chunk) => {
    ready.push(chunk)
    far.contentBytes += chunk.length
  })
  for await (const chunk of createReadStream(path, { highWaterMark: chunkBytes })) {
    passed?.(chunk)
    for (let at = 0; at < chunk.length; at += zstdPieceBytes) {
      const piece = chunk.subarray(at, at + zstdPieceBytes)
      decompress.push(piece)
      far.packedBytes += piece.length
      if (ready.length > 0) came?.({ ...far })
      yield* ready
      ready = []
    }
  }
  decompress.push(new Uint8Array(0), true)
  yield* ready
}

/** What is left free of a disk. */
const sparedBytes = 2 ** 30

/**
 * Writes a compressed file's content to another file; answers size and fingerprint of the compressed one. Throws
 * BAD_DATA where the content is larger than `room` bytes, by default what the disk has free, before it is full.
 */
export async function unpackFile(
  path: string,
  compression: Compression,
  to: string,
  { report, signal }: { report(fraction: number): void; signal: AbortSignal },
  room?: number,
): Promise<{ bytes: number; sha256: string }> {
  const { size } = await stat(path)
  const hash: Hash = createHash('sha256')
  let read = 0
  const passed = (chunk: Uint8Array) => {
    hash.update(chunk)
    read += chunk.length
    report(read / size)
  }
  await pipeline(
    withinRoom(unpacked(path, compression, { passed }), room ?? (await freeBytes(dirname(to))), path),
    createWriteStream(to),
    { signal },
  )
  return { bytes: size, sha256: hash.digest('hex') }
}

async function* withinRoom(chunks: AsyncIterable<Uint8Array>, room: number, path: string): AsyncIterable<Uint8Array> {
  let bytes = 0
  for await (const chunk of chunks) {
    bytes += chunk.length
    if (bytes > room) {
      const limit = (room / 2 ** 30).toFixed(1)
      const message = `${path} holds more than the ${limit} GiB that the disk has room for. Make room, or read a part of it.`
      throw new TopnError('BAD_DATA', message, { file: path })
    }
    yield chunk
  }
}

async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return Math.max(0, bavail * bsize - sparedBytes)
}
