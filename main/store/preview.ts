import type { FileFormat } from '../contract/experiment'
import type { FilePreview } from '../contract/records'
import { proposeByHeader, proposeByPosition } from '../data/columns'
import { sniffFile } from '../data/sniff'
import { splitRecords } from '../data/text/records'
import { fileLiteral, openMemoryDatabase } from './database'

const shownRows = 50

/** The first rows of a file under a layout, and which columns they suggest. */
export async function previewFile(path: string, given?: FileFormat): Promise<FilePreview> {
  const head = await sniffFile(path, { format: given })
  const { format } = head
  const { header, rows, hasHeader } = await firstRows(path, format, head.lines)
  const { columns, question } = hasHeader
    ? proposeByHeader(header)
    : proposeByPosition(rows.map((row) => row.map(String)))
  return { path, bytes: head.bytes, format, rawLines: head.lines.slice(0, shownRows), header, rows, columns, question }
}

async function firstRows(path: string, format: FileFormat, lines: string[]) {
  if (format.kind === 'parquet') return { ...(await parquetRows(path)), hasHeader: true }
  if (format.kind === 'sequences') return { ...sequenceRows(lines), hasHeader: true }
  const filled = lines.filter((line) => line.trim() !== '').slice(0, shownRows + 1)
  const records = splitRecords(filled.join('\n').replace(/^\ufeff/, ''), format)
  if (format.header) return { header: records[0] ?? [], rows: records.slice(1), hasHeader: true }
  const header = (records[0] ?? []).map((_, at) => String(at))
  return { header, rows: records.slice(0, shownRows), hasHeader: false }
}

function sequenceRows(lines: string[]) {
  const rows = lines.flatMap((line) => {
    const [user, ...items] = line.trim().split(' ')
    return items.map((item, at) => [user, item, String(at + 1)])
  })
  return { header: ['user', 'item', 'timestamp'], rows: rows.slice(0, shownRows) }
}

async function parquetRows(path: string) {
  const database = await openMemoryDatabase()
  try {
    return await database.use(async (connection) => {
      const reader = await connection.runAndReadAll(
        `SELECT COLUMNS(*)::VARCHAR FROM read_parquet(${fileLiteral(path)}) LIMIT ${shownRows}`,
      )
      const rows = reader.getRows().map((row) => row.map((cell) => (cell === null ? null : String(cell))))
      return { header: reader.columnNames(), rows }
    })
  } finally {
    database.close()
  }
}
