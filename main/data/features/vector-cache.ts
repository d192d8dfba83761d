import { createHash } from 'node:crypto'
import { mkdir, utimes } from 'node:fs/promises'
import { dirname } from 'node:path'
import { readSafetensors, writeSafetensors } from '../../files/safetensors'

const keyBytes = 16

/** The key of what a vector was made of. */
export function keyOf(content: string | Uint8Array): string {
  const hash = createHash('sha256').update(content).digest('hex')
  return hash.slice(0, 2 * keyBytes)
}

/** Vectors of one encoder by the keys of their contents; nothing where the file is not there or not to be read. */
export async function readVectors(path: string): Promise<Map<string, Float32Array>> {
  const tensors = await readSafetensors(path).catch(() => null)
  if (!tensors) return new Map()
  const keys = Buffer.from(tensors.keys.data as Uint8Array)
  const [count, size] = tensors.vectors.shape
  const data = tensors.vectors.data as Float32Array
  return new Map(
    Array.from({ length: count }, (_, row) => [
      keys.toString('hex', row * keyBytes, (row + 1) * keyBytes),
      data.subarray(row * size, (row + 1) * size),
    ]),
  )
}

export async function writeVectors(path: string, known: ReadonlyMap<string, Float32Array>): Promise<void> {
  const vectors = [...known.values()]
  const size = vectors[0].length
  const data = new Float32Array(vectors.length * size)
  for (const [row, vector] of vectors.entries()) data.set(vector, row * size)
  await mkdir(dirname(path), { recursive: true })
  await writeSafetensors(path, {
    keys: { shape: [vectors.length, keyBytes], data: new Uint8Array(Buffer.from([...known.keys()].join(''), 'hex')) },
    vectors: { shape: [vectors.length, size], data },
  })
}

/** A file that is not used for long is deleted. */
export async function markUsed(path: string): Promise<void> {
  const now = new Date()
  await utimes(path, now, now)
}
