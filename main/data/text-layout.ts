import type { Column, DelimitedFormat, Encoding, FileFormat } from '../contract/experiment'
import { isKnownHeader } from './columns'
import { splitRecords } from './text/records'

type TextFormat = Extract<FileFormat, { kind: 'delimited' | 'sequences' }>

const delimiters = ['\t', '::', ',', ';', '|', ' ']

/** How a text's first lines seem to be laid out. `columns` are known names: a first line that has them is a header. */
export function proposeLayout(
  lines: readonly string[],
  encoding: Encoding,
  columns: readonly (Column | undefined)[],
): TextFormat {
  const filled = lines.filter((line) => line.trim() !== '')
  const found = delimiters.map((delimiter) => ({ delimiter, ...steadiness(filled, delimiter) }))
  const isBetter = (a: Steadiness, b: Steadiness) => a.share > b.share || (a.share === b.share && a.cells > b.cells)
  const best = found.reduce((a, b) => (isBetter(b, a) ? b : a))
  if (isSequences(filled, found)) return encoding === 'utf-8' ? { kind: 'sequences' } : { kind: 'sequences', encoding }
  const { delimiter, quote } = best
  const skip = linesAbove(lines, best, columns)
  const below = lines.slice(skip).filter((line) => line.trim() !== '')
  const records = splitRecords(below.slice(0, 50).join('\n'), { delimiter, quote })
  const header = hasHeader(records, columns)
  const format: DelimitedFormat = { kind: 'delimited', delimiter, header, encoding, quote, ...(skip > 0 && { skip }) }
  return hasDecimalCommas(records) ? { ...format, decimal: ',' as const } : format
}

const mostLinesAbove = 20

/** How many lines stand above the table: comments, and titles of one cell above a header. */
function linesAbove(
  lines: readonly string[],
  layout: Steadiness & { delimiter: string },
  columns: readonly (Column | undefined)[],
): number {
  const rows = lines.slice(0, mostLinesAbove).map((line) => splitRecords(line, layout)[0] ?? [])
  const isTableHeader = (row: string[]) => row.length === layout.cells && isHeader(row, columns)
  const header = rows.findIndex(isTableHeader)
  const isTitle = (row: string[]) => row.filter((cell) => cell.trim() !== '').length <= 1
  const above = header >= 0 ? rows.slice(0, header) : []
  if (above.every(isTitle) && above.some((row) => row.length > 0 && row[0].trim() !== '')) return header
  const isComment = (line: string) => /^\s*[#%]/.test(line)
  const first = lines.findIndex((line, at) => !isComment(line) || (rows[at] !== undefined && isTableHeader(rows[at])))
  return Math.max(0, first)
}

/** Whether the first of some records names the columns. */
export function hasHeader(records: string[][], columns: readonly (Column | undefined)[]): boolean {
  return isHeader(records[0], columns) || areWordsAboveNumbers(records)
}

/** Whether some column has numbers with commas only, in which they cannot be thousands: `4,5` or `0,25`. */
function hasDecimalCommas(records: string[][]): boolean {
  const width = records[0]?.length ?? 0
  return Array.from({ length: width }, (_, at) => records.map((record) => record[at] ?? '')).some((cells) => {
    const numbers = cells.filter((cell) => /^\s*[+-]?\d[\d.,]*\s*$/.test(cell))
    const isFraction = (cell: string) => /^\s*[+-]?\d+,(\d{1,2}|\d{4,})\s*$/.test(cell)
    return numbers.some(isFraction) && numbers.every((cell) => !cell.includes('.'))
  })
}

interface Steadiness {
  /** The most common number of cells of a line, among numbers above 1. */
  cells: number
  /** The share of lines with that number. */
  share: number
  quote: '"' | ''
}

function steadiness(lines: readonly string[], delimiter: string): Steadiness {
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
function quoteFor(lines: readonly string[], delimiter: string): '"' | '' {
  if (delimiter === ',' || delimiter === ';') return '"'
  const isQuoted = (cell: string) => cell.length > 1 && cell.startsWith('"') && cell.endsWith('"')
  return lines.some((line) => line.split(delimiter).some(isQuoted)) ? '"' : ''
}

/** Lines of words apart by spaces, of differing length, where nothing else separates. */
function isSequences(lines: readonly string[], found: { delimiter: string; share: number }[]): boolean {
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
