import { readFile, stat } from 'node:fs/promises'
import { inflateRawSync } from 'node:zlib'
import type { CellValue } from 'read-excel-file/node'
import { badFile } from './bad-file'

/** A sheet of a workbook, all cells as text, empty ones ''. Row n of the sheet is row n - 1 here. */
export interface Sheet {
  name: string
  rows: string[][]
}

const advice = 'Save the sheet as CSV.'
/** A workbook is read as a whole: this much of XML, about a million rows, fits into memory. */
const mostBytes = 128 * 2 ** 20

/** The sheets of an Excel workbook (.xlsx). Throws BAD_DATA for other archives, damaged or too large ones. */
export async function readSheets(path: string): Promise<Sheet[]> {
  const { size } = await stat(path)
  if (size > mostBytes) throw badFile(path, `is a workbook of more than ${mostBytes / 2 ** 20} MiB. ${advice}`)
  const bytes = await readFile(path)
  checkArchive(path, bytes)
  const { default: readWorkbook } = await import('read-excel-file/node')
  const sheets = await readWorkbook(bytes, { parseNumber: (text) => text, trim: false }).catch((cause) => {
    throw badFile(path, `is a workbook that cannot be read. ${advice}`, cause)
  })
  return sheets.map(({ sheet, data }) => ({ name: sheet, rows: data.map((row) => row.map(textOf)) }))
}

/** The rows of a sheet by its name. */
export function findSheet(path: string, sheets: readonly Sheet[], name: string): string[][] {
  const found = sheets.find((sheet) => sheet.name === name)
  if (found) return found.rows
  throw badFile(path, `has no sheet "${name}"; its sheets are ${sheets.map((sheet) => `"${sheet.name}"`).join(', ')}.`)
}

/** Numbers are as the file has them; a date without a time of day is a date alone. */
function textOf(cell: CellValue<string> | null): string {
  if (cell === null) return ''
  return cell instanceof Date ? dateText(cell) : String(cell)
}

/** A day number in binary can fall short of a whole second, which the library cuts off. */
function dateText(date: Date): string {
  const isShort = date.getMilliseconds() === 999
  return new Date(date.getTime() + (isShort ? 1 : 0)).toISOString().replace('T00:00:00.000Z', '')
}

const localHeader = 0x04034b50
const centralHeader = 0x02014b50
const endOfDirectory = 0x06054b50

/**
 * Unpacks every entry once, to nothing, so that an archive that would fill the memory is known before it does: the sizes
 * that it declares need not be true.
 */
function checkArchive(path: string, bytes: Buffer): void {
  let left = mostBytes
  let isWorkbook = false
  for (const { name, method, content } of entriesOf(path, bytes)) {
    isWorkbook ||= name === 'xl/workbook.xml'
    left -= method === 0 ? content.length : unpackedLength(path, content, left)
  }
  if (!isWorkbook) throw badFile(path, 'is a zip archive. Unpack it first.')
}

function unpackedLength(path: string, content: Buffer, left: number): number {
  try {
    return inflateRawSync(content, { maxOutputLength: Math.max(1, left) }).length
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ERR_BUFFER_TOO_LARGE') throw damaged(path, cause)
    throw badFile(path, `unpacks to more than ${mostBytes / 2 ** 20} MiB. ${advice}`, cause)
  }
}

interface Entry {
  name: string
  method: number
  content: Buffer
}

/** The entries of a zip archive, by its directory at the end (APPNOTE 4.3). */
function* entriesOf(path: string, bytes: Buffer): Iterable<Entry> {
  const end = bytes.lastIndexOf(Buffer.from(Uint32Array.of(endOfDirectory).buffer))
  if (end < 0) throw damaged(path)
  try {
    let at = bytes.readUInt32LE(end + 16)
    while (at < end && bytes.readUInt32LE(at) === centralHeader) {
      const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) => bytes.readUInt16LE(at + field))
      const local = bytes.readUInt32LE(at + 42)
      if (bytes.readUInt32LE(local) !== localHeader) throw damaged(path)
      const begin = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
      yield {
        name: bytes.toString('utf8', at + 46, at + 46 + nameLength),
        method: bytes.readUInt16LE(at + 10),
        content: bytes.subarray(begin, begin + bytes.readUInt32LE(at + 20)),
      }
      at += 46 + nameLength + extraLength + commentLength
    }
  } catch (cause) {
    throw cause instanceof RangeError ? damaged(path, cause) : cause
  }
}

function damaged(path: string, cause?: unknown) {
  return badFile(path, 'is a damaged zip archive or workbook. Get a whole copy of the file.', cause)
}
