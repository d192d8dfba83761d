import { join } from 'node:path'
import { TopnError } from '../../contract/errors'
import { type EncoderFolder, findEncoder, hashOfEncoder, readModel, readSettings } from './encoder-folder'
import { keyOf, markUsed, readVectors, writeVectors } from './vector-cache'

/** Texts in one run of the encoder. */
const batchSize = 32

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
  const encoder = await findEncoder(request.folder, 'encoder')
  const path = join(request.cache, `${await hashOfEncoder(encoder)}.safetensors`)
  const known = await readVectors(path)
  const wanted = new Map(request.texts.filter(isFilled).map((text) => [keyOf(text), text]))
  const missing = [...wanted].filter(([key]) => !known.has(key))
  if (missing.length > 0) {
    await encodeAll(encoder, missing, known, request)
    await writeVectors(path, known)
  } else if (wanted.size > 0) await markUsed(path)
  return request.texts.map((text) => (isFilled(text) ? (known.get(keyOf(text)) as Float32Array) : null))
}

const isFilled = (text: string) => text.trim() !== ''

async function encodeAll(
  files: EncoderFolder,
  missing: [key: string, text: string][],
  known: Map<string, Float32Array>,
  { folder, signal, report }: TextVectorsRequest,
): Promise<void> {
  // Loaded where it is wanted, so that other jobs start as soon as they can.
  const { openTextEncoder } = await import('../../compute/text-encoder')
  const encoder = await openTextEncoder(await readTextEncoder(files)).catch((cause) => {
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

async function readTextEncoder(files: EncoderFolder) {
  return { tokenizer: await readSettings(files), model: await readModel(files) }
}

function unusable(folder: string, cause: unknown): TopnError {
  const message = `The encoder in ${folder} cannot be used: it must take token ids and give a vector for each token.`
  return new TopnError('BAD_DATA', message, { file: folder }, { cause })
}
