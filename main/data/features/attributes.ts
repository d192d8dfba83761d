import { TopnError } from '../../contract/errors'
import type { AttributeSummary } from '../../contract/features'
import type { Subject } from '../../contract/filters'
import type { AttributeType } from '../../contract/formats'
import { valuesOf as splitValues, vectorOf } from '../attributes'

/** An attribute of all users, or items, as the file has it. */
export interface AttributeColumn {
  readonly name: string
  readonly type: AttributeType
  /** Between the values of a multi-valued attribute; null for others. */
  readonly separator: string | null
  /** One for each row, '' where there is none. */
  readonly cells: readonly string[]
}

/** What is known of all users, or all items. */
export interface AttributeTable {
  readonly rows: number
  readonly columns: readonly AttributeColumn[]
}

/** Throws BAD_REQUEST where there is no such attribute. */
export function findAttribute({ columns }: AttributeTable, name: string, of: Subject): AttributeColumn {
  const found = columns.find((column) => column.name === name)
  if (found) return found
  const known = columns.map((column) => column.name).join(', ')
  const choice = known ? `choose one of ${known}` : `open the data with a file of ${of}`
  throw new TopnError('BAD_REQUEST', `The ${of} have no attribute ${name}; ${choice}.`, { name })
}

/** The values of each row, each once: several of a multi-valued attribute, at most one of others. */
export function valuesOf({ type, separator, cells }: AttributeColumn): string[][] {
  if (type === 'multi-valued') return cells.map((cell) => [...new Set(splitValues(cell, separator))])
  return cells.map((cell) => [cell.trim()].filter((value) => value !== ''))
}

/** The number of each row, of a date its seconds since 1970; NaN where there is none. Throws BAD_REQUEST without any. */
export function numbersOf({ name, type, cells }: AttributeColumn): Float64Array {
  const read = type === 'date' ? secondsOf : numberOf
  const numbers = Float64Array.from(cells, read)
  if (numbers.some(Number.isFinite)) return numbers
  throw new TopnError('BAD_REQUEST', `${name} holds no number. Use it as categories or as text.`, { name })
}

function numberOf(cell: string): number {
  const number = cell.trim() === '' ? Number.NaN : Number(cell)
  return Number.isFinite(number) ? number : Number.NaN
}

/** Without an offset a time is UTC, which JavaScript assumes for ISO dates alone. */
function secondsOf(cell: string): number {
  const number = numberOf(cell)
  if (!Number.isNaN(number)) return number
  const isWhole = /^\d{4}-\d{2}-\d{2}$|:[\d.]+ ?(Z|[+-]\d{2}(:?\d{2})?)$/i.test(cell.trim())
  return Date.parse(isWhole ? cell : `${cell.replace(/(?<=\d)T(?=\d)/, ' ')} UTC`) / 1000
}

/** The vector of each row, null where there is none. Throws BAD_REQUEST for what is none, or longer or shorter than the first. */
export function vectorsOf({ name, separator, cells }: AttributeColumn): (number[] | null)[] {
  let length: number | null = null
  return cells.map((cell, row) => {
    if (cell.trim() === '') return null
    const vector = vectorOf(cell, separator)
    length ??= vector?.length ?? null
    if (vector !== null && vector.length === length) return vector
    const wanted = length === null ? 'no vector' : `no vector of ${length} numbers`
    const message = `${name} is ${wanted} in row ${row + 1}: "${cell.slice(0, 60)}".`
    throw new TopnError('BAD_REQUEST', message, { name })
  })
}

export function summarise(of: Subject, { rows, columns }: AttributeTable): AttributeSummary[] {
  return columns.map((column) => {
    const values = valuesOf(column)
    const missing = values.reduce((sum, row) => sum + (row.length === 0 ? 1 : 0), 0)
    return { of, name: column.name, type: column.type, rows, missing, distinct: new Set(values.flat()).size }
  })
}
