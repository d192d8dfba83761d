import { open, stat } from 'node:fs/promises'
import type { Column, Compression, Encoding, FileFormat } from '../contract/experiment'
import { badFile } from './bad-file'
import { compressionOf, unpacked } from './compression'
import { readSheets, type Sheet } from './excel'
import { proposeJson } from './json-layout'
import { hasHeader, proposeLayout } from './text-layout'

const headBytes = 256 * 1024
const sampledLines = 200

export interface FileHead {
  bytes: number
  format: FileFormat
  /** The first lines as text; none for binary formats. */
  lines: string[]
  /** Those of an Excel workbook; none for other formats. */
  sheets: Sheet[]
}

export interface SniffOptions {
  /** Kept to where it is given. */
  format?: FileFormat | undefined
  /** The columns that will be read: a first line that has their names is a header. */
  columns?: readonly (Column | undefined)[]
}

/** Looks at a file's kind, size and first bytes and proposes how to read it. Refuses what cannot be interactions. */
export async function sniffFile(path: string, options: SniffOptions = {}): Promise<FileHead> {
  const bytes = await checkFile(path)
  const stored = await readHead(path)
  const kind = kindOf(path, stored)
  if (options.format) refuseOther(path, options.format, kind)
  if (kind === 'parquet') return { bytes, format: { kind }, lines: [], sheets: [] }
  if (kind === 'excel') return { bytes, lines: [], ...(await sniffWorkbook(path, options)) }
  const head = kind === 'text' ? stored : await unpackedHead(path, kind)
  if (kind !== 'text' && kindOf(path, head) !== 'text') throw badFile(path, 'is packed twice. Unpack it first.')
  const found = sniffText(path, head, options)
  const format = options.format ?? (kind === 'text' ? found.format : { ...found.format, compression: kind })
  return { bytes, format, lines: found.lines, sheets: [] }
}

function sniffText(path: string, head: Buffer, { format: given, columns = [] }: SniffOptions) {
  const encoding = (given && 'encoding' in given && given.encoding) || encodingOf(head)
  refuseControls(path, head, encoding)
  const lines = linesOf(decode(head, encoding), head.length >= headBytes)
  if (lines.every((line) => line.trim() === '')) throw badFile(path, 'is empty. Choose a file with interactions.')
  return { lines, format: proposeJson(path, lines, encoding) ?? proposeLayout(lines, encoding, columns) }
}

async function sniffWorkbook(path: string, { format: given, columns = [] }: SniffOptions) {
  const sheets = await readSheets(path)
  const filled = sheets.filter(({ rows }) => rows.length > 0)
  if (filled.length === 0) throw badFile(path, 'is a workbook without cells. Choose a file with interactions.')
  const [{ name, rows }] = filled
  const header = hasHeader(rows.slice(0, 50), columns)
  const format: FileFormat = given ?? { kind: 'excel', sheet: name, header }
  return { format, sheets }
}

/** The size of a regular file; anything else is refused before it is opened, since opening a pipe would wait. */
export async function checkFile(path: string): Promise<number> {
  const found = await stat(path).catch((cause) => {
    throw badFile(path, 'does not exist or cannot be read. Check the path.', cause)
  })
  if (found.isDirectory()) throw badFile(path, 'is a folder. Choose a file in it.')
  if (!found.isFile()) throw badFile(path, 'is not a regular file. Choose a file on disk.')
  if (found.size === 0) throw badFile(path, 'is empty. Choose a file with interactions.')
  return found.size
}

async function readHead(path: string): Promise<Buffer> {
  const file = await open(path, 'r').catch((cause) => {
    throw badFile(path, 'cannot be read. Check its permissions.', cause)
  })
  try {
    const buffer = Buffer.alloc(headBytes)
    const { bytesRead } = await file.read(buffer, 0, headBytes, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

async function unpackedHead(path: string, compression: Compression): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of unpacked(path, compression)) {
    chunks.push(chunk)
    length += chunk.length
    if (length >= headBytes) break
  }
  return Buffer.concat(chunks).subarray(0, headBytes)
}

/** First bytes of formats that cannot be read, whatever the file's name says. */
const refused: [signature: string, reason: string][] = [
  ['PK\x05\x06', 'is an empty zip archive. Choose a file with interactions.'],
  ['BZh', 'is bzip2-compressed. Unpack it first.'],
  ['\xfd7zXZ', 'is xz-compressed. Unpack it first.'],
  ['\xd0\xcf\x11\xe0', 'is an old Excel workbook. Save it as .xlsx, or the sheet as CSV.'],
  ['SQLite format 3', 'is an SQLite database. Export the table as CSV.'],
  ['%PDF', 'is a PDF document. Choose a file with interactions.'],
]

type Kind = 'parquet' | 'excel' | 'text' | Compression

/** What a file is by its first bytes. Throws BAD_DATA for formats that cannot be read. */
function kindOf(path: string, head: Buffer): Kind {
  const start = head.subarray(0, 16).toString('latin1')
  for (const [signature, reason] of refused) {
    if (start.startsWith(signature)) throw badFile(path, reason)
  }
  if (start.startsWith('PAR1')) return 'parquet'
  return start.startsWith('PK\x03\x04') ? 'excel' : (compressionOf(head) ?? 'text')
}

const kindNames: Record<Kind, string> = {
  parquet: 'a Parquet file',
  excel: 'a zip archive or an Excel workbook',
  gzip: 'gzip-compressed',
  zstd: 'zstd-compressed',
  text: 'plain text',
}

/** A given format is kept to, but for one that the file's bytes rule out. */
function refuseOther(path: string, given: FileFormat, found: Kind) {
  const isWhole = given.kind === 'parquet' || given.kind === 'excel'
  const wanted = isWhole ? given.kind : (given.compression ?? 'text')
  if (wanted === found) return
  throw badFile(path, `is ${kindNames[found]}, not ${kindNames[wanted]}. Choose another format.`)
}

/** Other formats than text have many bytes that no text has; a stray one is left to the reader. */
function refuseControls(path: string, head: Buffer, encoding: Encoding) {
  if (encoding === 'utf-16') return
  const isControl = (byte: number) => byte < 9 || (byte > 13 && byte < 32)
  if (head.filter(isControl).length > head.length / 20) {
    throw badFile(path, 'is not text. Choose a CSV, TSV or Parquet file.')
  }
}

function encodingOf(head: Buffer): Encoding {
  const [first, second] = head
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return 'utf-16'
  // Every second byte of Latin script in UTF-16 is zero.
  const sample = head.subarray(0, 1000)
  const zeros = sample.filter((byte) => byte === 0).length
  if (zeros > sample.length / 3) return 'utf-16'
  try {
    // The head may end inside a character.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    return 'utf-8'
  } catch {
    return 'latin-1'
  }
}

export function decode(head: Buffer, encoding: Encoding): string {
  if (encoding === 'latin-1') return new TextDecoder('windows-1252').decode(head)
  if (encoding === 'utf-8') return new TextDecoder('utf-8').decode(head)
  return new TextDecoder(head[0] === 0xfe ? 'utf-16be' : 'utf-16le').decode(head)
}

/** Whole lines only: the last one may be cut off. */
function linesOf(text: string, isCut: boolean): string[] {
  const lines = text.split(/\r\n|\n|\r/)
  if (isCut && lines.length > 1) lines.pop()
  return lines.slice(0, sampledLines)
}
