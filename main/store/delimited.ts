import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import { TopnError } from '../contract/errors'
import type { FileFormat } from '../contract/experiment'
import type { ReadCounts, RejectedRow } from '../contract/records'
import { badFile } from '../data/sniff'
import { type CellLayout, splitRecords } from '../data/text/records'
import { scanText, type TextScan, visitRecords } from '../data/text/scan'
import { writePlainText } from '../data/text/transcode'
import { readColumns } from './arrays'
import { count, fileLiteral, literal, rows } from './database'
import { keptRejects, keptText, newTable, type Staging, type StagingContext } from './staging'

/** DuckDB's time for a file grows with the square of its columns. */
const mostColumns = 5000

type Delimited = Extract<FileFormat, { kind: 'delimited' }>

/** A text file as DuckDB can read it: UTF-8 with one kind of line end. */
interface PlainFile {
  path: string
  scan: TextScan
  /** Of the original. */
  bytes: number
  sha256: string
}

/** The file itself or, since DuckDB refuses mixed line ends and misreads UTF-16, a plain copy. */
export async function plainCopy(
  path: string,
  layout: CellLayout & Pick<Delimited, 'encoding'>,
  { temporaryFolder, report, signal }: StagingContext,
): Promise<PlainFile> {
  const scan = await scanText(path, layout, { report, signal })
  if (layout.encoding === 'utf-8' && scan.lineEnds.size <= 1) return { path, scan, ...scan }
  const plain = join(temporaryFolder, `${randomUUID()}.txt`)
  await writePlainText(path, layout.encoding, plain, signal)
  const { bytes, sha256 } = scan
  return { path: plain, scan: await scanText(plain, layout, { report() {}, signal }), bytes, sha256 }
}

/** Reads a delimited file: one pass of DuckDB, all cells as text, checked against the independent scan. */
export async function stageDelimited(
  connection: DuckDBConnection,
  path: string,
  format: Delimited,
  context: StagingContext,
): Promise<Staging> {
  const plain = await plainCopy(path, format, context)
  const { scan } = plain
  if (scan.openQuoteLine !== null) throw unclosedQuote(path, scan.openQuoteLine)
  const first = await firstRecord(plain.path, format)
  if (first.length > mostColumns) throw badFile(path, `has ${first.length} columns. Choose another delimiter.`)
  const table = newTable()
  await connection.run(`CREATE TEMP TABLE ${table} AS ${readStatement(plain, format, first.length)}`).catch((cause) => {
    context.signal.throwIfAborted()
    throw badFile(path, 'cannot be read with this delimiter, quote and encoding. Choose others.', cause)
  })
  const rejectedAt = await readRejectedPlaces(connection)
  const rejected = await describeRejected(connection, { plain: plain.path, path, format, rejectedAt }, first.length)
  await connection.run('DROP TABLE reject_errors; DROP TABLE reject_scans')
  const counts: ReadCounts = {
    bytes: plain.bytes,
    lines: scan.records,
    skipped: scan.blank + (format.header ? 1 : 0),
    kept: await count(connection, `SELECT count(*) FROM ${table}`),
    rejected: rejectedAt.length,
  }
  checkCounts(counts, path, first.length)
  return {
    table,
    header: format.header ? first : first.map((_, at) => String(at)),
    hasHeader: format.header,
    sha256: plain.sha256,
    counts,
    rejected,
    linesOf: (wanted) => findLines(plain.path, format, rejectedAt, wanted),
  }
}

function readStatement({ path, scan }: PlainFile, { header, delimiter, quote }: Delimited, width: number): string {
  const types = Array.from({ length: width }, (_, at) => `'c${at}': 'VARCHAR'`).join(', ')
  // Blank lines are passed over, but for those above a header.
  return `SELECT * FROM read_csv(${fileLiteral(path)}, auto_detect = false, header = ${header},
    skip = ${header ? scan.leadingBlank : 0}, delim = ${literal(delimiter)}, quote = ${literal(quote)},
    escape = ${literal(quote)}, columns = {${types}}, nullstr = '', allow_quoted_nulls = true, strict_mode = true,
    store_rejects = true, rejects_limit = 0)`
}

async function firstRecord(path: string, format: Delimited): Promise<string[]> {
  let text = ''
  for await (const chunk of createReadStream(path, { encoding: 'utf8', end: 2 ** 20 })) text += chunk
  const [record] = splitRecords(text.replace(/^\ufeff?[\r\n]*/, ''), format)
  return record ?? []
}

function unclosedQuote(file: string, line: number): TopnError {
  const message = `${file}: the quote that opens in line ${line} never closes. Mend that line, or choose a layout without quotes.`
  return new TopnError('BAD_DATA', message, { file, line })
}

/** Two independent readers must agree on how many records there are; otherwise something was lost in silence. */
function checkCounts({ lines, skipped, kept, rejected }: ReadCounts, file: string, width: number) {
  if (width === 1 || lines === skipped + kept + rejected) return
  throw disagreement(file, `${lines} lines are there, but ${kept} read, ${rejected} rejected and ${skipped} skipped.`)
}

function disagreement(file: string, reason: string): TopnError {
  return new TopnError('BAD_DATA', `${file}: ${reason} Check the quotes and the delimiter.`, { file })
}

/** Where the records begin that DuckDB could not read: byte positions in ascending order. */
async function readRejectedPlaces(connection: DuckDBConnection): Promise<Float64Array> {
  const size = await count(connection, 'SELECT count(DISTINCT line_byte_position) FROM reject_errors')
  const places = new Float64Array(size)
  // DuckDB counts bytes from 1, and begins a record with the line end or blank lines before it.
  const sql = 'SELECT DISTINCT line_byte_position::DOUBLE - 1 AS place FROM reject_errors ORDER BY place'
  await readColumns(connection, sql, [places])
  return places
}

interface Rejected {
  plain: string
  /** The path that is shown. */
  path: string
  format: Delimited
  rejectedAt: Float64Array
}

/** The first of the records that DuckDB could not read, with the file's own line numbers. */
async function describeRejected(
  connection: DuckDBConnection,
  { plain, path, format, rejectedAt }: Rejected,
  width: number,
): Promise<RejectedRow[]> {
  if (rejectedAt.length === 0) return []
  const found = await rows(
    connection,
    `SELECT first(error_type::VARCHAR) AS type, left(trim(first(csv_line), chr(10) || chr(13)), ${keptText}) AS text
     FROM reject_errors GROUP BY line_byte_position ORDER BY line_byte_position LIMIT ${keptRejects}`,
  )
  const lines: number[] = []
  const agree = await visitRows(plain, format, rejectedAt, (line, isRejected) => {
    if (isRejected && lines.length < found.length) lines.push(line)
  })
  if (!agree) throw disagreement(path, 'It is not clear where its rows end.')
  return found.map(({ type, text }, at) => ({
    file: path,
    line: lines[at],
    reason: reasonFor(String(type), width),
    text: String(text ?? ''),
  }))
}

function reasonFor(type: string, width: number): string {
  switch (type) {
    case 'MISSING COLUMNS':
      return `The row has fewer than ${width} cells.`
    case 'TOO MANY COLUMNS':
      return `The row has more than ${width} cells.`
    case 'UNQUOTED VALUE':
      return 'A quoted cell does not end with its quote.'
    case 'LINE SIZE OVER MAXIMUM':
      return 'The line is longer than 2 MB.'
    case 'INVALID ENCODING':
      return 'The text is not UTF-8.'
    default:
      return `The row cannot be read (${type.toLowerCase()}).`
  }
}

/** The lines of some staged rows: those records that are neither header, blank nor rejected, in order. */
async function findLines(path: string, format: Delimited, rejectedAt: Float64Array, wanted: readonly number[]) {
  const lines: number[] = []
  let staged = 0
  await visitRows(path, format, rejectedAt, (line, isRejected) => {
    if (isRejected) return
    if (staged === wanted[lines.length]) lines.push(line)
    staged++
  })
  return lines
}

/**
 * Visits the records below the header that are not blank. Answers whether each rejected place lies between the
 * beginnings of two of them, as it does where both readers see the same records.
 */
async function visitRows(
  path: string,
  format: Delimited,
  rejectedAt: Float64Array,
  visit: (line: number, isRejected: boolean) => void,
): Promise<boolean> {
  let isHeader = format.header
  let next = 0
  let previous = -1
  let agree = true
  await visitRecords(path, format, (line, isBlank, firstByte) => {
    if (isBlank) return
    const isRejected = !isHeader && firstByte >= rejectedAt[next]
    if (isRejected && rejectedAt[next++] <= previous) agree = false
    if (!isHeader) visit(line, isRejected)
    isHeader = false
    previous = firstByte
  })
  return agree && next === rejectedAt.length
}
