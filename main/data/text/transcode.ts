import { createReadStream, createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { TopnError } from '../../contract/errors'

/** Names of the encodings as TextDecoder knows them. Latin-1 stands for its superset Windows-1252, as in browsers. */
const decoders = { 'utf-8': 'utf-8', 'latin-1': 'windows-1252', 'utf-16': 'utf-16le' } as const

/**
 * Writes a file's text as UTF-8 without byte order mark and with line feeds, for readers that know no other. Throws
 * BAD_DATA where the bytes are not of the encoding.
 */
export async function writePlainText(
  from: string,
  encoding: keyof typeof decoders,
  to: string,
  signal: AbortSignal,
): Promise<void> {
  await pipeline(plainChunks(from, encoding), createWriteStream(to), { signal })
}

async function* plainChunks(path: string, encoding: keyof typeof decoders): AsyncIterable<Uint8Array> {
  const decoder = new TextDecoder(await decoderName(path, encoding), { fatal: true })
  let endsWithReturn = false
  const plain = (text: string) => {
    if (text === '') return Buffer.of()
    const joined = endsWithReturn && text.startsWith('\n') ? text.slice(1) : text
    endsWithReturn = text.endsWith('\r')
    return Buffer.from(joined.replace(/\r\n?/g, '\n'))
  }
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20 })) {
      yield plain(decoder.decode(chunk, { stream: true }))
    }
    yield plain(decoder.decode())
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause
    throw new TopnError(
      'BAD_DATA',
      `${path} is not ${encoding} text. Choose another encoding.`,
      { file: path },
      { cause },
    )
  }
}

async function decoderName(path: string, encoding: keyof typeof decoders): Promise<string> {
  if (encoding !== 'utf-16') return decoders[encoding]
  for await (const chunk of createReadStream(path, { end: 1 })) {
    if (chunk[0] === 0xfe && chunk[1] === 0xff) return 'utf-16be'
  }
  return decoders[encoding]
}
