import { createReadStream } from 'node:fs'
import type { DuckDBConnection } from '@duckdb/node-api'
import { TopnError } from '../contract/errors'
import type { DelimitedFormat } from '../contract/experiment'
import type { ReadCounts, RejectedRow } from '../contract/records'
import { badFile } from '../data/bad-file'
import { type CellLayout, splitRecords } from '../data/text/records'
import { visitRecords } from '../data/text/scan'
import { readColumns } from './arrays'
import { count, fileLiteral, literal, rows } from './database'
import { type PlainFile, plainCopy } from './plain-copy'
import { joinedCells, keptRejects, keptText, type Settled, type Staging, type StagingContext } from './staging'

/** DuckDB's time for a file grows with the square of its columns. */
const mostColumns = 5000

/** A delimited file: one pass of DuckDB, checked against an independent scan. */
export async function stageDelimited(
  path: string,
  format: DelimitedFormat,
  context: StagingContext,
  numbering: ReadText['numbering'] = 'line',
): Promise<Staging> {
  const { file } = context
  const plain = await plainCopy(path, format, context)
  const { scan } = plain
  if (scan.openQuoteLine !== null) throw unclosedQuote(file, scan.openQuoteLine + plain.above)
  const first = await firstRecord(plain.path, format)
  if (first.length > mostColumns) throw badFile(file, `has ${first.length} columns. Choose another delimiter.`)
  return {
    source: readExpression(plain, format, first.length),
    header: format.header ? first : first.map((_, at) => String(at)),
    hasHeader: format.header,
    decimal: format.decimal ?? '.',
    broken: 'NULL::VARCHAR',
    text: joinedCells(first.length, format.delimiter, format.quote),
    bytes: plain.bytes,
    sha256: plain.sha256,
    settle: (read) =>
      settleText(context.connection, { file, layout: format, plain, width: first.length, numbering }, read),
  }
}

/** A text that DuckDB has read with `store_rejects`. */
interface ReadText {
  file: string
  layout: CellLayout & { header: boolean }
  plain: PlainFile
  width: number
  /** Whether rows are known by the line that they begin in, or counted. */
  numbering: 'line' | 'record'
}

/** Asks DuckDB which rows it could not read, and the independent scan whether that is all. */
export async function settleText(connection: DuckDBConnection, text: ReadText, read: number): Promise<Settled> {
  const { file, layout, plain, numbering } = text
  const rejectedAt = await readRejectedPlaces(connection)
  const rejected = await describeRejected(connection, text, rejectedAt)
  await connection.run('DROP TABLE reject_errors; DROP TABLE reject_scans')
  const { records, blank, lines } = plain.scan
  const skipped = plain.above + blank + (layout.header ? 1 : 0)
  checkCounts({ lines: plain.above + records, skipped, kept: read, rejected: rejectedAt.length }, file)
  const isPlain = rejectedAt.length === 0 && blank === 0 && (lines === records || numbering === 'record')
  return {
    lines: plain.above + records,
    skipped,
    rejectedCount: rejectedAt.length,
    rejected,
    linesOf: async (rows) => (isPlain ? rows.map((row) => row + skipped + 1) : findLines(text, rejectedAt, rows)),
  }
}

function readExpression({ path, scan }: PlainFile, { header, delimiter, quote }: DelimitedFormat, width: number) {
  const types = Array.from({ length: width }, (_, at) => `'c${at}': 'VARCHAR'`).join(', ')
  // Blank lines are passed over, but for those above a header.
  const read = `read_csv(${fileLiteral(path)}, auto_detect = false, header = ${header},
    skip = ${header ? scan.leadingBlank : 0}, delim = ${literal(delimiter)}, quote = ${literal(quote)},
    escape = ${literal(quote)}, columns = {${types}}, nullstr = '', allow_quoted_nulls = true, strict_mode = true,
    store_rejects = true, rejects_limit = 0)`
  // Of a single column DuckDB gives blank lines too.
  return width === 1 ? `(SELECT * FROM ${read} WHERE c0 IS NOT NULL)` : read
}

/** The lines of a text, each as one cell `line`, blank ones left out. */
export function linesExpression(path: string): string {
  const read = `read_csv(${fileLiteral(path)}, auto_detect = false, header = false, delim = chr(1), quote = '', escape = '',
    columns = {'line': 'VARCHAR'}, max_line_size = 16777216, store_rejects = true, rejects_limit = 0)`
  return `(SELECT line FROM ${read} WHERE line IS NOT NULL)`
}

async function firstRecord(path: string, format: DelimitedFormat): Promise<string[]> {
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
function checkCounts({ lines, skipped, kept, rejected }: Omit<ReadCounts, 'bytes'>, file: string) {
  if (lines === skipped + kept + rejected) return
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

/** The first of the records that DuckDB could not read, with the file's own line numbers. */
async function describeRejected(
  connection: DuckDBConnection,
  text: ReadText,
  rejectedAt: Float64Array,
): Promise<RejectedRow[]> {
  if (rejectedAt.length === 0) return []
  const { file, width } = text
  const found = await rows(
    connection,
    `SELECT first(error_type::VARCHAR) AS type, left(trim(first(csv_line), chr(10) || chr(13)), ${keptText}) AS text
     FROM reject_errors GROUP BY line_byte_position ORDER BY line_byte_position LIMIT ${keptRejects}`,
  )
  const lines: number[] = []
  const agree = await visitRows(text, rejectedAt, (line, isRejected) => {
    if (isRejected && lines.length < found.length) lines.push(line)
  })
  if (!agree) throw disagreement(file, 'It is not clear where its rows end.')
  return found.map(({ type, text }, at) => ({
    file,
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
async function findLines(text: ReadText, rejectedAt: Float64Array, wanted: readonly number[]) {
  const lines: number[] = []
  let staged = 0
  await visitRows(text, rejectedAt, (line, isRejected) => {
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
  { plain, layout, numbering }: ReadText,
  rejectedAt: Float64Array,
  visit: (line: number, isRejected: boolean) => void,
): Promise<boolean> {
  let isHeader = layout.header
  let next = 0
  let previous = -1
  let agree = true
  let record = 0
  await visitRecords(plain.path, layout, (line, isBlank, firstByte) => {
    record++
    if (isBlank) return
    const isRejected = !isHeader && firstByte >= rejectedAt[next]
    if (isRejected && rejectedAt[next++] <= previous) agree = false
    if (!isHeader) visit(plain.above + (numbering === 'line' ? line : record), isRejected)
    isHeader = false
    previous = firstByte
  })
  return agree && next === rejectedAt.length
}
