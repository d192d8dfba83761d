import { open, stat } from 'node:fs/promises'
import { TopnError } from '../contract/errors'
import type { Column, FileFormat } from '../contract/experiment'
import { isKnownHeader } from './columns'
import { splitRecords } from './text/records'

const headBytes = 256 * 1024
const sampledLines = 200

export interface FileHead {
  bytes: number
  format: FileFormat
  /** The first lines as text; none for binary formats. */
  lines: string[]
}

export interface SniffOptions {
  /** Kept to where it is given. */
  format?: FileFormat | undefined
  /** The columns that will be read: a first line that has their names is a header. */
  columns?: readonly (Column | undefined)[]
}

/** Looks at a file's kind, size and first bytes and proposes how to read it. Refuses what cannot be interactions. */
export async function sniffFile(path: string, { format: given, columns = [] }: SniffOptions = {}): Promise<FileHead> {
  const bytes = await checkFile(path)
  const head = await readHead(path)
  const isParquet = head.subarray(0, 4).toString('latin1') === 'PAR1'
  if (isParquet !== (given?.kind === 'parquet') && given) {
    throw badFile(path, `is ${isParquet ? 'a' : 'no'} Parquet file. Choose another format.`)
  }
  if (isParquet) return { bytes, format: { kind: 'parquet' }, lines: [] }
  refuseBinary(path, head)
  const encoding = given?.kind === 'delimited' ? given.encoding : encodingOf(head)
  refuseControls(path, head, encoding)
  const lines = linesOf(decode(head, encoding), bytes > head.length)
  if (lines.every((line) => line.trim() === '')) throw badFile(path, 'is empty. Choose a file with interactions.')
  return { bytes, format: given ?? proposeFormat(lines, encoding, columns), lines }
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

/** First bytes of formats that are not text, whatever the file's name says. */
const signatures: [bytes: string, kind: string, advice: string][] = [
  ['PK\x03\x04', 'a zip archive or an Excel workbook', 'Unpack it, or save the sheet as CSV.'],
  ['PK\x05\x06', 'an empty zip archive', 'Choose a file with interactions.'],
  ['\x1f\x8b', 'gzip-compressed', 'Unpack it first.'],
  ['\x28\xb5\x2f\xfd', 'zstd-compressed', 'Unpack it first.'],
  ['BZh', 'bzip2-compressed', 'Unpack it first.'],
  ['\xd0\xcf\x11\xe0', 'an old Excel workbook', 'Save the sheet as CSV.'],
  ['SQLite format 3', 'an SQLite database', 'Export the table as CSV.'],
  ['%PDF', 'a PDF document', 'Choose a file with interactions.'],
]

function refuseBinary(path: string, head: Buffer) {
  const start = head.subarray(0, 16).toString('latin1')
  for (const [signature, kind, advice] of signatures) {
    if (start.startsWith(signature)) throw badFile(path, `is ${kind}. ${advice}`)
  }
}

/** Other formats than text have many bytes that no text has; a stray one is left to the reader. */
function refuseControls(path: string, head: Buffer, encoding: Encoding) {
  if (encoding === 'utf-16') return
  const isControl = (byte: number) => byte < 9 || (byte > 13 && byte < 32)
  if (head.filter(isControl).length > head.length / 20) {
    throw badFile(path, 'is not text. Choose a CSV, TSV or Parquet file.')
  }
}

type Encoding = 'utf-8' | 'latin-1' | 'utf-16'

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

const delimiters = ['\t', '::', ',', ';', '|', ' ']

function proposeFormat(lines: string[], encoding: Encoding, columns: readonly (Column | undefined)[]): FileFormat {
  const filled = lines.filter((line) => line.trim() !== '')
  const found = delimiters.map((delimiter) => ({ delimiter, ...steadiness(filled, delimiter) }))
  const isBetter = (a: Steadiness, b: Steadiness) => a.share > b.share || (a.share === b.share && a.cells > b.cells)
  const best = found.reduce((a, b) => (isBetter(b, a) ? b : a))
  if (isSequences(filled, found)) return { kind: 'sequences' }
  const { delimiter, quote } = best
  const records = splitRecords(filled.slice(0, 50).join('\n'), { delimiter, quote })
  const header = isHeader(records[0], columns) || areWordsAboveNumbers(records)
  return { kind: 'delimited', delimiter, header, encoding, quote }
}

interface Steadiness {
  /** The most common number of cells of a line, among numbers above 1. */
  cells: number
  /** The share of lines with that number. */
  share: number
  quote: '"' | ''
}

function steadiness(lines: string[], delimiter: string): Steadiness {
  const quote = quoteFor(lines, delimiter)
  const counts = new Map<number, number>()
  for (const line of lines) {
    const cells = splitRecords(line, { delimiter, quote })[0].length
    if (cells > 1) counts.set(cells, (counts.get(cells) ?? 0) + 1)
  }
  const [cells, count] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), [1, 0])
  return { cells, share: count / lines.length, quote }
}

/** CSV has quotes; in other layouts they count only where a cell of the sample stands between them. */
function quoteFor(lines: string[], delimiter: string): '"' | '' {
  if (delimiter === ',' || delimiter === ';') return '"'
  const isQuoted = (cell: string) => cell.length > 1 && cell.startsWith('"') && cell.endsWith('"')
  return lines.some((line) => line.split(delimiter).some(isQuoted)) ? '"' : ''
}

/** Lines of words apart by spaces, of differing length, where nothing else separates. */
function isSequences(lines: string[], found: { delimiter: string; share: number }[]): boolean {
  const other = found.some(({ delimiter, share }) => delimiter !== ' ' && share > 0.5)
  const lengths = new Set(lines.map((line) => line.trim().split(' ').length))
  return !other && lengths.size > 1 && lines.every((line) => /^\S+( \S+)+ *$/.test(line))
}

/** Whether a first record has names that are known, or that were given. */
function isHeader(first: string[], columns: readonly (Column | undefined)[]): boolean {
  return first.some((cell) => columns.includes(cell)) || (!first.some(isNumber) && first.some(isKnownHeader))
}

function areWordsAboveNumbers([first, ...rest]: string[][]): boolean {
  const isAboveNumbers = (column: number) => rest.every((record) => isNumber(record[column] ?? ''))
  return rest.length > 0 && !first.some(isNumber) && first.some((_, column) => isAboveNumbers(column))
}

function isNumber(cell: string): boolean {
  return cell.trim() !== '' && Number.isFinite(Number(cell.replace(',', '.')))
}

export function badFile(file: string, reason: string, cause?: unknown): TopnError {
  return new TopnError('BAD_DATA', `${file} ${reason}`, { file }, { cause })
}
