import type { Tensor, Tensors } from '../models/model'

/** Texts as one array of UTF-8 bytes and the offset of each. */
export function textTensors(name: string, texts: readonly string[]): Tensors {
  const encoded = texts.map((text) => Buffer.from(text))
  const offsets = new Float64Array(texts.length + 1)
  encoded.forEach((bytes, index) => {
    offsets[index + 1] = offsets[index] + bytes.length
  })
  return { [`${name}.bytes`]: vector(new Uint8Array(Buffer.concat(encoded))), [`${name}.offsets`]: vector(offsets) }
}

/** Null where there are none of this name. */
export function textsOf(tensors: Tensors, name: string): string[] | null {
  const bytes = tensors[`${name}.bytes`]?.data as Uint8Array | undefined
  const offsets = tensors[`${name}.offsets`]?.data
  if (!bytes || !offsets) return null
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Array.from({ length: offsets.length - 1 }, (_, at) => buffer.toString('utf8', offsets[at], offsets[at + 1]))
}

export function vector(data: Tensor['data']): Tensor {
  return { shape: [data.length], data }
}
