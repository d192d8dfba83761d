import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import { TopnError } from '../contract/errors'
import type { FileFormat } from '../contract/experiment'
import type { ReadCounts, RejectedRow } from '../contract/records'
import { badFile } from '../data/sniff'
import { splitRecords } from '../data/text/records'
import { scanText, type TextScan, visitRecords } from '../data/text/scan'
import { writePlainText } from '../data/text/transcode'
import { sha256OfFile } from '../files/sha256'
import { count, fileLiteral, identifier, literal, rows } from './database'

/** A file as text cells `c0, c1, ...` in a temporary table, rows in file order, with what could not be read. */
export interface Staging {
  table: string
  header: string[]
  hasHeader: boolean
  sha256: string
  counts: ReadCounts
  rejected: RejectedRow[]
  /** The line of each of these rows of the table (0-based, ascending). */
  linesOf(stagedRows: readonly number[]): Promise<number[]>
}

export interface StagingContext {
  /** For plain copies; it outlasts the staging's use. */
  temporaryFolder: string
  signal: AbortSignal
}

type Delimited = Extract<FileFormat, { kind: 'delimited' }>

/** Reads a file into a temporary table of text, exactly as `format` says: nothing is guessed here. */
export async function stageFile(
  connection: DuckDBConnection,
  path: string,
  format: FileFormat,
  context: StagingContext,
): Promise<Staging> {
  if (format.kind === 'parquet') return stageParquet(connection, path)
  if (format.kind === 'sequences') return stageSequences(connection, path, context)
  return stageDelimited(connection, path, format, context)
}

async function stageDelimited(
  connection: DuckDBConnection,
  path: string,
  format: Delimited,
  { temporaryFolder, signal }: StagingContext,
): Promise<Staging> {
  // DuckDB refuses mixed line ends and misreads UTF-16, so such a file is read from a plain copy.
  const scan = format.encoding === 'utf-8' ? await scanText(path, format, signal) : null
  if (scan && scan.lineEnds.size <= 1) return stagePlain(connection, { path, shown: path, scan }, format, signal)
  const plain = join(temporaryFolder, `${randomUUID()}.txt`)
  await writePlainText(path, format.encoding, plain)
  const copy = { path: plain, shown: path, scan: await scanText(plain, format, signal) }
  const staging = await stagePlain(connection, copy, format, signal)
  const { bytes, sha256 } = await sha256OfFile(path)
  return { ...staging, sha256, counts: { ...staging.counts, bytes } }
}

interface PlainFile {
  path: string
  /** The path that errors name. */
  shown: string
  scan: TextScan
}

/** Reads a UTF-8 file with one kind of line end. */
async function stagePlain(
  connection: DuckDBConnection,
  { path, shown, scan }: PlainFile,
  format: Delimited,
  signal: AbortSignal,
): Promise<Staging> {
  const first = await firstRecord(path, format)
  const width = first.length
  const table = `staging_${randomUUID().replaceAll('-', '')}`
  const types = first.map((_, at) => `'c${at}': 'VARCHAR'`).join(', ')
  const quote = format.quote === '"' ? `quote = '"', escape = '"'` : `quote = '', escape = ''`
  await connection
    .run(
      `CREATE TEMP TABLE ${table} AS SELECT * FROM read_csv(${fileLiteral(path)}, auto_detect = false,
        header = ${format.header}, delim = ${literal(format.delimiter)}, ${quote}, columns = {${types}},
        nullstr = '', allow_quoted_nulls = true, strict_mode = true, store_rejects = true, rejects_limit = 0)`,
    )
    .catch((cause) => {
      signal?.throwIfAborted()
      throw badFile(shown, 'cannot be read with this delimiter, quote and encoding. Choose others.', cause)
    })
  const rejected = await readRejects(connection, path, shown, format)
  const skipped = scan.blank + (format.header ? 1 : 0)
  const staged = await count(connection, `SELECT count(*) FROM ${table}`)
  const counts: ReadCounts = {
    bytes: scan.bytes,
    lines: scan.records,
    skipped,
    kept: staged,
    rejected: rejected.length,
  }
  checkCounts(counts, shown, width)
  const header = format.header ? first : first.map((_, at) => String(at))
  const rejectedLines = new Set(rejected.map(({ line }) => line))
  return {
    table,
    header,
    hasHeader: format.header,
    sha256: scan.sha256,
    counts,
    rejected,
    linesOf: (wanted) => findLines(path, format, rejectedLines, wanted),
  }
}

async function firstRecord(path: string, format: Delimited): Promise<string[]> {
  let text = ''
  for await (const chunk of createReadStream(path, { encoding: 'utf8', end: 2 ** 20 })) text += chunk
  const [record] = splitRecords(text.replace(/^\ufeff/, ''), format)
  return record
}

/** Two independent readers must agree on how many records there are; otherwise something was lost in silence. */
function checkCounts({ lines, skipped, kept, rejected }: ReadCounts, file: string, width: number) {
  if (width === 1 || lines === skipped + kept + rejected) return
  const message = `${file}: ${lines} lines were counted, but ${kept} read, ${rejected} rejected and ${skipped} skipped. Check the quotes and the delimiter.`
  throw new TopnError('BAD_DATA', message, { file })
}

/** The records that DuckDB could not read, once each, with the file's own line numbers. */
async function readRejects(connection: DuckDBConnection, path: string, shown: string, format: Delimited) {
  const found = await rows(
    connection,
    `SELECT line_byte_position AS position, first(error_message) AS reason, first(csv_line) AS text
     FROM reject_errors GROUP BY line_byte_position, line ORDER BY line_byte_position`,
  )
  await connection.run('DROP TABLE reject_errors; DROP TABLE reject_scans')
  if (found.length === 0) return []
  const positions = found.map((row) => Number(row.position))
  const lines = await linesAt(path, format, positions)
  return found.map((row, at): RejectedRow => {
    const text = String(row.text ?? '').trim()
    return { file: shown, line: lines[at], reason: String(row.reason), text: text.slice(0, 500) }
  })
}

/** The first line of the record at or after each byte position (ascending). Blank lines lead into the next record. */
async function linesAt(path: string, format: Delimited, positions: number[]): Promise<number[]> {
  const lines: number[] = []
  let last = 1
  await visitRecords(path, format, (_record, line, isBlank, firstByte) => {
    last = line
    while (!isBlank && lines.length < positions.length && firstByte >= positions[lines.length]) lines.push(line)
  })
  return positions.map((_, at) => lines[at] ?? last)
}

/** The lines of some staged rows: those records that are neither header, blank nor rejected, in order. */
async function findLines(path: string, format: Delimited, rejected: Set<number>, wanted: readonly number[]) {
  const lines: number[] = []
  let staged = 0
  await visitRecords(path, format, (record, line, isBlank) => {
    if (isBlank || (format.header && record === 1) || rejected.has(line)) return
    if (staged === wanted[lines.length]) lines.push(line)
    staged++
  })
  return lines
}

/** `user item item ...` a line: one row for each item, which counts as a line, its place as its time. */
async function stageSequences(
  connection: DuckDBConnection,
  path: string,
  { signal }: StagingContext,
): Promise<Staging> {
  const layout = { delimiter: ' ', quote: '' } as const
  const scan = await scanText(path, layout, signal)
  const lines = `staging_lines_${randomUUID().replaceAll('-', '')}`
  const table = lines.replace('_lines', '')
  await connection.run(
    `CREATE TEMP TABLE ${lines} AS SELECT string_split(rtrim(c0, ' '), ' ') AS words FROM read_csv(${fileLiteral(path)},
       auto_detect = false, header = false, delim = chr(1), quote = '', escape = '', columns = {'c0': 'VARCHAR'})`,
  )
  await connection.run(
    `CREATE TEMP TABLE ${table} AS SELECT words[1] AS c0, words[place + 1] AS c1,
       place::VARCHAR AS c2 FROM (SELECT rowid AS line, words, unnest(range(1, len(words))) AS place FROM ${lines})
     ORDER BY line, place`,
  )
  const kept = await count(connection, `SELECT count(*) FROM ${table}`)
  return {
    table,
    header: ['user', 'item', 'timestamp'],
    hasHeader: true,
    sha256: scan.sha256,
    counts: { bytes: scan.bytes, lines: kept + scan.blank, skipped: scan.blank, kept, rejected: 0 },
    rejected: [],
    linesOf: async (wanted) => wanted.map((row) => row + 1),
  }
}

async function stageParquet(connection: DuckDBConnection, path: string): Promise<Staging> {
  const table = `staging_${randomUUID().replaceAll('-', '')}`
  const source = `read_parquet(${fileLiteral(path)})`
  const described = await rows(connection, `DESCRIBE SELECT * FROM ${source}`).catch((cause) => {
    throw badFile(path, 'is not a whole Parquet file. Choose another.', cause)
  })
  const header = described.map((row) => String(row.column_name))
  const cells = header.map((name, at) => `CAST(${identifier(name)} AS VARCHAR) AS c${at}`).join(', ')
  await connection.run(`CREATE TEMP TABLE ${table} AS SELECT ${cells} FROM ${source}`)
  const kept = await count(connection, `SELECT count(*) FROM ${table}`)
  const { bytes, sha256 } = await sha256OfFile(path)
  return {
    table,
    header,
    hasHeader: true,
    sha256,
    counts: { bytes, lines: kept, skipped: 0, kept, rejected: 0 },
    rejected: [],
    linesOf: async (wanted) => wanted.map((row) => row + 1),
  }
}
