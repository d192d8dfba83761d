import { readFile } from 'node:fs/promises'
import type { Tensor } from '../../models/model'

const types: Record<string, (bytes: ArrayBuffer) => Tensor['data']> = {
  '<f4': (bytes) => new Float32Array(bytes),
  '<f8': (bytes) => new Float64Array(bytes),
  '<i4': (bytes) => new Int32Array(bytes),
  '|u1': (bytes) => new Uint8Array(bytes),
}

/**
 * The numeric arrays of an .npz file, found by the directory at its end, as NumPy does. Others, of texts or of objects,
 * are left out: nothing of a file is ever run.
 */
export async function readPlainNpz(path: string): Promise<Record<string, Tensor>> {
  const bytes = await readFile(path)
  const end = bytes.lastIndexOf('PK\x05\x06')
  let at = bytes.readUInt32LE(end + 16)
  const arrays: Record<string, Tensor> = {}
  for (let count = bytes.readUInt16LE(end + 10); count > 0; count--) {
    const [nameLength, extra, comment] = [28, 30, 32].map((place) => bytes.readUInt16LE(at + place))
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength)
    const [method, size, offset] = [
      bytes.readUInt16LE(at + 10),
      bytes.readUInt32LE(at + 24),
      bytes.readUInt32LE(at + 42),
    ]
    const start = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28)
    const array = method === 0 ? arrayOf(bytes.subarray(start, start + size)) : null
    if (array) arrays[name.replace(/\.npy$/, '')] = array
    at += 46 + nameLength + extra + comment
  }
  return arrays
}

function arrayOf(bytes: Buffer): Tensor | null {
  const start = 10 + bytes.readUInt16LE(8)
  const header = bytes.toString('latin1', 10, start)
  const type = types[/'descr': '([^']*)'/.exec(header)?.[1] ?? '']
  if (!type || !header.includes("'fortran_order': False")) return null
  const shape = (/'shape': \(([^)]*)\)/.exec(header)?.[1] ?? '')
    .split(',')
    .filter((size) => size.trim() !== '')
    .map(Number)
  return { shape, data: type(new Uint8Array(bytes.subarray(start)).buffer) }
}
