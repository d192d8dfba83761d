import { open } from 'node:fs/promises'
import { TopnError } from '../contract/errors'
import type { Tensor, Tensors } from '../models/model'
import { writeFileAtomic } from './atomic'

/**
 * The safetensors format: u64 LE header length, a JSON header {name: {dtype, shape, data_offsets}} padded with spaces
 * to 8 bytes, then the data, row-major and little-endian. https://github.com/huggingface/safetensors
 */
const arrayTypes = {
  F64: Float64Array,
  F32: Float32Array,
  I32: Int32Array,
  U32: Uint32Array,
  U8: Uint8Array,
} as const
type DataType = keyof typeof arrayTypes

const largestHeaderBytes = 100_000_000

interface Entry {
  dtype: DataType
  shape: number[]
  data_offsets: [number, number]
}

/** An array of any type of the format, whether it has one in JavaScript or not. */
export interface TypedBytes {
  /** Its name in the format, such as `F16`. */
  dtype: string
  shape: readonly number[]
  data: ArrayBufferView & { readonly BYTES_PER_ELEMENT: number }
}

/** Writes named arrays, atomically and without joining them in memory. */
export function writeSafetensors(path: string, tensors: Tensors, metadata: Record<string, string> = {}): Promise<void> {
  const typed = Object.entries(tensors).map(([name, { shape, data }]) => [name, { dtype: typeOf(data), shape, data }])
  return writeTypedArrays(path, Object.fromEntries(typed), metadata)
}

export async function writeTypedArrays(
  path: string,
  arrays: Readonly<Record<string, TypedBytes>>,
  metadata: Record<string, string> = {},
): Promise<void> {
  // Larger elements first, so that every array starts at a multiple of its element's size.
  const ordered = Object.entries(arrays).sort(
    ([a, left], [b, right]) => right.data.BYTES_PER_ELEMENT - left.data.BYTES_PER_ELEMENT || (a < b ? -1 : 1),
  )
  const header: Record<string, unknown> = Object.create(null)
  if (Object.keys(metadata).length > 0) header.__metadata__ = metadata
  let offset = 0
  for (const [name, { dtype, shape, data }] of ordered) {
    header[name] = { dtype, shape, data_offsets: [offset, offset + data.byteLength] }
    offset += data.byteLength
  }
  const text = Buffer.from(JSON.stringify(header))
  const padded = Buffer.alloc(Math.ceil(text.length / 8) * 8, ' ')
  text.copy(padded)
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(padded.length))
  const bodies = ordered.map(([, { data }]) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
  await writeFileAtomic(path, [length, padded, ...bodies])
}

/** Reads all arrays, or those of `names`. Throws BAD_DATA, naming the file, where it is not what the format says. */
export async function readSafetensors(path: string, names?: readonly string[]): Promise<Tensors> {
  const file = await open(path, 'r').catch((cause) => {
    throw damaged(path, 'it cannot be opened', cause)
  })
  try {
    const status = await file.stat()
    if (!status.isFile()) throw damaged(path, 'it is not a file')
    const { size } = status
    const length = Number((await readBytes(file, 0, 8, path)).readBigUInt64LE())
    if (length > largestHeaderBytes || 8 + length > size) throw damaged(path, 'its header is cut off')
    const header = parseHeader(await readBytes(file, 8, length, path), path)
    checkLayout(header, size - 8 - length, path)
    const tensors: Tensors = Object.create(null)
    for (const [name, entry] of header) {
      if (names && !names.includes(name)) continue
      const [from, to] = entry.data_offsets
      const array = new arrayTypes[entry.dtype]((to - from) / arrayTypes[entry.dtype].BYTES_PER_ELEMENT)
      await fill(file, 8 + length + from, array, path)
      tensors[name] = { shape: entry.shape, data: array }
    }
    const missing = names?.find((name) => !(name in tensors))
    if (missing !== undefined) throw damaged(path, `it lacks ${missing}`)
    return tensors
  } finally {
    await file.close()
  }
}

type FileHandle = Awaited<ReturnType<typeof open>>

const largestRead = 2 ** 30

async function fill(file: FileHandle, position: number, array: Tensor['data'], path: string): Promise<void> {
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
  for (let at = 0; at < bytes.byteLength; ) {
    const length = Math.min(largestRead, bytes.byteLength - at)
    const { bytesRead } = await file.read(bytes, at, length, position + at)
    if (bytesRead === 0) throw damaged(path, 'it is cut off')
    at += bytesRead
  }
}

async function readBytes(file: FileHandle, position: number, length: number, path: string): Promise<Buffer> {
  const buffer = Buffer.alloc(length)
  await fill(file, position, buffer, path)
  return buffer
}

function parseHeader(bytes: Buffer, path: string): [string, Entry][] {
  let header: unknown
  try {
    header = JSON.parse(bytes.toString('utf8'))
  } catch (cause) {
    throw damaged(path, 'its header is not JSON', cause)
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header))
    throw damaged(path, 'its header is not an object')
  return Object.entries(header).filter(([name]) => name !== '__metadata__') as [string, Entry][]
}

/** Checks every statement of the header: the arrays follow one another without gap or overlap and fill the file. */
function checkLayout(header: [string, Entry][], dataBytes: number, path: string): void {
  for (const [, entry] of header) checkEntry(entry, path)
  const places = header.map(([, entry]) => entry.data_offsets).sort((a, b) => a[0] - b[0] || a[1] - b[1])
  let end = 0
  for (const [from, to] of places) {
    if (from !== end) throw damaged(path, 'its arrays overlap or leave a gap')
    end = to
  }
  if (end !== dataBytes) throw damaged(path, 'its length differs from what its header says')
}

function checkEntry(entry: Entry, path: string): void {
  const { dtype, shape, data_offsets: offsets } = entry ?? {}
  if (!Object.hasOwn(arrayTypes, dtype)) throw damaged(path, `it holds the type ${dtype}, which is not supported`)
  const whole = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0
  if (!Array.isArray(shape) || !shape.every(whole)) throw damaged(path, 'a shape is wrong')
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(whole))
    throw damaged(path, 'an offset is wrong')
  const bytes = shape.reduce((product, size) => product * size, arrayTypes[dtype].BYTES_PER_ELEMENT)
  if (offsets[1] - offsets[0] !== bytes) throw damaged(path, 'an array does not fit its shape')
}

function typeOf(data: Tensor['data']): DataType {
  const found = Object.entries(arrayTypes).find(([, type]) => data instanceof type)
  if (!found) throw new TypeError('an array of this type has no name in safetensors')
  return found[0] as DataType
}

function damaged(file: string, reason: string, cause?: unknown): TopnError {
  return new TopnError('BAD_DATA', `${file} is damaged or of another kind: ${reason}.`, { file }, { cause })
}
