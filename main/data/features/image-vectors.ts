import { realpath } from 'node:fs/promises'
import { join } from 'node:path'
import type { ImageEncoder } from '../../compute/image-encoder'
import { TopnError } from '../../contract/errors'
import type { ImageGaps } from '../../contract/features'
import { decodePicture } from '../pictures/decode'
import { checkPicture, readPicture } from '../pictures/files'
import { BadPicture } from '../pictures/picture'
import { type Preprocessing, preprocess } from '../pictures/preprocess'
import { type EncoderFolder, findEncoder, hashOfEncoder, readImageSettings, readModel } from './encoder-folder'
import { keyOf, markUsed, readVectors, writeVectors } from './vector-cache'

/** After so many new vectors they are kept, so that a cancelled job has not worked for nothing. */
const keptTogether = 500
const shownGaps = 20

export interface ImageVectorsRequest {
  /** The encoder's folder. */
  folder: string
  /** The folder of the pictures, a whole path. */
  images: string
  /** The name of each row's picture within that folder; '' where it has none. */
  names: readonly string[]
  /** Where vectors are kept, a file for each encoder, by the content of encoder and picture. */
  cache: string
  signal: AbortSignal
  report(fraction: number): void
}

export interface ImageVectors {
  vectors: (Float32Array | null)[]
  gaps: ImageGaps
}

/** A vector for each picture that can be read. What was encoded before is read, and what is new is kept. */
export async function imageVectors(request: ImageVectorsRequest): Promise<ImageVectors> {
  const files = await findEncoder(request.folder, 'image-encoder')
  const path = join(request.cache, `${await hashOfEncoder(files)}.safetensors`)
  const known = await readVectors(path)
  const encoder = lazyEncoder(request.folder, files)
  const found = new Map<string, Float32Array>()
  let added = 0
  try {
    const reasons = await forEachPicture(request, async (images, name) => {
      const bytes = await readPicture(images, name)
      const key = keyOf(bytes)
      const vector = known.get(key) ?? (await encoder.encode(bytes))
      found.set(name, vector)
      if (known.has(key)) return
      known.set(key, vector)
      if (++added % keptTogether === 0) await writeVectors(path, known)
    })
    return {
      vectors: request.names.map((name) => found.get(name.trim()) ?? null),
      gaps: gapsOf(request.names, reasons),
    }
  } finally {
    await encoder.close()
    if (added % keptTogether > 0) await writeVectors(path, known)
    else if (found.size > 0 && added === 0) await markUsed(path)
  }
}

/** The pictures that cannot be encoded, as far as the start of each file says. */
export async function findGaps(request: Omit<ImageVectorsRequest, 'folder' | 'cache'>): Promise<ImageGaps> {
  return gapsOf(request.names, await forEachPicture(request, checkPicture))
}

/** Why pictures failed, by their names. */
async function forEachPicture(
  { images, names, signal, report }: Omit<ImageVectorsRequest, 'folder' | 'cache'>,
  work: (folder: string, name: string) => Promise<void>,
): Promise<Map<string, string>> {
  const folder = await realpath(images)
  const different = picturesOf(names)
  const reasons = new Map<string, string>()
  for (const [at, name] of different.entries()) {
    signal.throwIfAborted()
    await work(folder, name).catch((error) => {
      if (!(error instanceof BadPicture)) throw error
      reasons.set(name, error.message)
    })
    report((at + 1) / different.length)
    // A cancel is heard between pictures.
    await new Promise((resolve) => setImmediate(resolve))
  }
  return reasons
}

/** Each once. */
const picturesOf = (names: readonly string[]) =>
  [...new Set(names.map((name) => name.trim()))].filter((name) => name !== '')

function gapsOf(names: readonly string[], reasons: ReadonlyMap<string, string>): ImageGaps {
  return {
    named: picturesOf(names).length,
    missing: reasons.size,
    examples: [...reasons].slice(0, shownGaps).map(([file, reason]) => ({ file, reason })),
  }
}

/** Opened for the first picture that is not known. */
function lazyEncoder(folder: string, files: EncoderFolder) {
  let opened: { encoder: ImageEncoder; preprocessing: Preprocessing } | null = null

  async function open() {
    const preprocessing = await readImageSettings(files)
    const { openImageEncoder } = await import('../../compute/image-encoder')
    const encoder = await openImageEncoder(await readModel(files)).catch((cause) => unusable(folder, cause))
    return { encoder, preprocessing }
  }

  return {
    async encode(bytes: Uint8Array): Promise<Float32Array> {
      const picture = await decodePicture(bytes)
      opened ??= await open()
      const pixels = preprocess(picture, opened.preprocessing)
      return opened.encoder.encode(pixels).catch((cause) => unusable(folder, cause))
    },
    async close() {
      await opened?.encoder.close()
    },
  }
}

function unusable(folder: string, cause: unknown): never {
  const message = `The encoder in ${folder} cannot be used: it must take pixel values alone and give a vector for each picture.`
  throw new TopnError('BAD_DATA', message, { file: folder }, { cause })
}
