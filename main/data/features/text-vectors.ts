import { createHash } from 'node:crypto'
import { mkdir, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { TopnError } from '../../contract/errors'
import { readSafetensors, writeSafetensors } from '../../files/safetensors'
import { sha256OfFile } from '../../files/sha256'
import { type EncoderFolder, findEncoder, readEncoder } from './encoder-folder'

/** Texts in one run of the encoder. */
const batchSize = 32
const keyBytes = 16

export interface TextVectorsRequest {
  /** The encoder's folder. */
  folder: string
  texts: readonly string[]
  /** Where vectors are kept, a file for each encoder, by the content of encoder and text. */
  cache: string
  signal: AbortSignal
  report(fraction: number): void
}

/** A vector for each text that is not empty. What was encoded before is read, and what is new is kept. */
export async function textVectors(request: TextVectorsRequest): Promise<(Float32Array | null)[]> {
  const encoder = await findEncoder(request.folder)
  const path = join(request.cache, `${await hashOf(encoder)}.safetensors`)
  const known = await readKnown(path)
  const wanted = new Map(request.texts.filter(isFilled).map((text) => [keyOf(text), text]))
  const missing = [...wanted].filter(([key]) => !known.has(key))
  if (missing.length > 0) {
    await encodeAll(encoder, missing, known, request)
    await keep(path, known)
  } else if (wanted.size > 0) await markUsed(path)
  return request.texts.map((text) => (isFilled(text) ? (known.get(keyOf(text)) as Float32Array) : null))
}

/** A file that is not used for long is deleted. */
async function markUsed(path: string): Promise<void> {
  const now = new Date()
  await utimes(path, now, now)
}

const isFilled = (text: string) => text.trim() !== ''
const keyOf = (text: string) =>
  createHash('sha256')
    .update(text)
    .digest('hex')
    .slice(0, 2 * keyBytes)

async function hashOf({ model, tokenizer }: EncoderFolder): Promise<string> {
  const [first, second] = [await sha256OfFile(model), await sha256OfFile(tokenizer)]
  return createHash('sha256').update(`${first.sha256} ${second.sha256}`).digest('hex')
}

async function encodeAll(
  files: EncoderFolder,
  missing: [key: string, text: string][],
  known: Map<string, Float32Array>,
  { folder, signal, report }: TextVectorsRequest,
): Promise<void> {
  // Loaded where it is wanted, so that other jobs start as soon as they can.
  const { openTextEncoder } = await import('../../compute/text-encoder')
  const encoder = await openTextEncoder(await readEncoder(files)).catch((cause) => {
    if (cause instanceof TopnError) throw cause
    throw unusable(folder, cause)
  })
  try {
    // Texts of like length together, since a batch is as long as its longest.
    missing.sort(([, a], [, b]) => a.length - b.length)
    for (let from = 0; from < missing.length; from += batchSize) {
      signal.throwIfAborted()
      const batch = missing.slice(from, from + batchSize)
      const vectors = await encoder.encode(batch.map(([, text]) => text)).catch((cause) => {
        throw unusable(folder, cause)
      })
      batch.forEach(([key], at) => void known.set(key, vectors[at]))
      report((from + batch.length) / missing.length)
      // A cancel is heard between batches.
      await new Promise((resolve) => setImmediate(resolve))
    }
  } finally {
    await encoder.close()
  }
}

function unusable(folder: string, cause: unknown): TopnError {
  const message = `The encoder in ${folder} cannot be used: it must take token ids and give a vector for each token.`
  return new TopnError('BAD_DATA', message, { file: folder }, { cause })
}

/** Nothing where the file is not there or not to be read: then all is encoded again. */
async function readKnown(path: string): Promise<Map<string, Float32Array>> {
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

async function keep(path: string, known: ReadonlyMap<string, Float32Array>): Promise<void> {
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
