import type { FileFormat } from '../contract/experiment'
import { badFile } from '../data/bad-file'
import { findSheet } from '../data/excel'
import { cellOf, firstObjects, keysOf } from '../data/json-layout'
import { type FileHead, type SniffOptions, sniffFile } from '../data/sniff'
import { splitRecords } from '../data/text/records'
import { fileLiteral, openMemoryDatabase } from './database'

/** What a first look at a file shows: how it seems to be laid out, and its first rows as cells. */
export interface FileLook {
  bytes: number
  format: FileFormat
  /** The first lines as they stand; none for binary formats. */
  lines: string[]
  /** Positions where the file has no header. */
  header: string[]
  hasHeader: boolean
  /** Cells of up to 200 rows; empty ones are ''. */
  rows: string[][]
  /** Names of the sheets of an Excel workbook; none for other formats. */
  sheets: string[]
}

const shownRows = 200

/** Looks at the beginning of a file only. Throws BAD_DATA where it cannot be read. */
export async function lookAtFile(path: string, options: SniffOptions = {}): Promise<FileLook> {
  const head = await sniffFile(path, options)
  const found = await firstRows(path, head)
  return { ...head, ...found, sheets: head.sheets.map(({ name }) => name) }
}

type FirstRows = Pick<FileLook, 'header' | 'hasHeader' | 'rows'>

async function firstRows(path: string, { format, lines, sheets }: FileHead): Promise<FirstRows> {
  switch (format.kind) {
    case 'parquet':
      return parquetRows(path)
    case 'sequences':
      return sequenceRows(lines)
    case 'delimited':
      return delimitedRows(lines, format)
    case 'json':
      return jsonRows(path, lines, format)
    case 'excel':
      return tableRows(findSheet(path, sheets, format.sheet), format.header)
  }
}

function tableRows(rows: string[][], hasHeader: boolean): FirstRows {
  if (hasHeader) return { header: rows[0] ?? [], hasHeader, rows: rows.slice(1, shownRows + 1) }
  return { header: (rows[0] ?? []).map((_, at) => String(at)), hasHeader, rows: rows.slice(0, shownRows) }
}

function delimitedRows(lines: string[], format: Extract<FileFormat, { kind: 'delimited' }>): FirstRows {
  const below = lines.slice(format.skip ?? 0)
  const filled = below.filter((line) => line.trim() !== '').slice(0, shownRows + 1)
  return tableRows(splitRecords(filled.join('\n').replace(/^\ufeff/, ''), format), format.header)
}

function jsonRows(path: string, lines: string[], format: Extract<FileFormat, { kind: 'json' }>): FirstRows {
  const objects = firstObjects(lines, format)
  if (objects.length === 0) throw badFile(path, 'has no JSON object in its first lines. Choose another format.')
  const header = keysOf(objects)
  return { header, hasHeader: true, rows: objects.map((object) => header.map((key) => cellOf(object[key]))) }
}

function sequenceRows(lines: string[]): FirstRows {
  const rows = lines.flatMap((line) => {
    const [user, ...items] = line.trim().split(/ +/)
    return items.map((item, at) => [user, item, String(at + 1)])
  })
  return { header: ['user', 'item', 'timestamp'], hasHeader: true, rows: rows.slice(0, shownRows) }
}

async function parquetRows(path: string): Promise<FirstRows> {
  const database = await openMemoryDatabase()
  try {
    return await database.use(async (connection) => {
      const reader = await connection
        .runAndReadAll(`SELECT COLUMNS(*)::VARCHAR FROM read_parquet(${fileLiteral(path)}) LIMIT ${shownRows}`)
        .catch((cause) => {
          throw badFile(path, 'is not a whole Parquet file. Choose another.', cause)
        })
      const rows = reader.getRows().map((row) => row.map((cell) => (cell === null ? '' : String(cell))))
      return { header: reader.columnNames(), hasHeader: true, rows }
    })
  } finally {
    database.close()
  }
}
