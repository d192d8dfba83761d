import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { badFile } from '../data/bad-file'
import { compressionOf, unpacked } from '../data/compression'
import { splitRecords } from '../data/text/records'

const sniffedBytes = 65_536
const longestLine = 2 ** 20

/** How reading is followed and stopped; `fraction` is of the bytes or rows. */
export interface ReadContext {
  signal: AbortSignal
  report(fraction: number): void
}

/** The first bytes of a file. */
export async function headOf(path: string, bytes = sniffedBytes): Promise<Buffer> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0)
    return buffer.subarray(0, bytesRead)
  } catch (cause) {
    throw badFile(path, 'cannot be read. Choose a file.', cause)
  } finally {
    await file.close()
  }
}

export const isParquet = (head: Buffer) => head.subarray(0, 4).toString('latin1') === 'PAR1'

/** Lines with their number, from 1, without line ends and byte order mark; `gzip` and `zstd` are unpacked. */
export async function* linesOf(
  path: string,
  { signal, report }: Partial<ReadContext> = {},
): AsyncIterable<{ text: string; line: number }> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let rest = ''
  let line = 0
  const decode = (chunk?: Uint8Array) => {
    try {
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode()
    } catch (cause) {
      throw badFile(path, `line ${line + 1} or a later one: it is not UTF-8. Save the file as UTF-8.`, cause)
    }
  }
  for await (const chunk of chunksOf(path, report)) {
    signal?.throwIfAborted()
    const parts = (rest + decode(chunk)).split('\n')
    rest = parts.pop() ?? ''
    if (rest.length > longestLine) throw badFile(path, `line ${line + parts.length + 1}: it is too long for a list.`)
    for (const text of parts) yield { text: text.endsWith('\r') ? text.slice(0, -1) : text, line: ++line }
  }
  rest += decode()
  if (rest !== '') yield { text: rest, line: ++line }
}

async function* chunksOf(path: string, report: ReadContext['report'] = () => {}): AsyncIterable<Uint8Array> {
  const compression = compressionOf(await headOf(path))
  const { size } = await stat(path)
  let read = 0
  const passed = (chunk: Uint8Array) => {
    read += chunk.length
    report(read / size)
  }
  if (compression) return yield* unpacked(path, compression, { passed })
  for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 18 })) {
    passed(chunk)
    yield chunk
  }
}

/** Of comma, tab and semicolon the one that a line has most often. */
export function delimiterOf(line: string): string {
  const counts = [',', '\t', ';'].map((delimiter) => line.split(delimiter).length)
  return [',', '\t', ';'][counts.indexOf(Math.max(...counts))]
}

/** The cells of a line. Throws BAD_DATA where a quote does not close in it. */
export function cellsOf(text: string, delimiter: string, path: string, line: number): string[] {
  if (!text.includes('"')) return text.split(delimiter)
  if (text.split('"').length % 2 === 0) throw badFile(path, `line ${line}: a quote opens and does not close.`)
  return splitRecords(text, { delimiter, quote: '"' })[0] ?? []
}
