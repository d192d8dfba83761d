import { type DuckDBValue, listValue } from '@duckdb/node-api'
import { TopnError } from '../contract/errors'
import type { Filter, Subject } from '../contract/filters'
import type { Attribute } from '../contract/formats'
import { identifier, literal } from './database'
import { numberExpression } from './expressions'

/** A condition on rows with its parameters, `$1` first. */
export interface Condition {
  sql: string
  values: DuckDBValue[]
}

/** What filters speak about: rows of user, item (numbers), rating, timestamp and event, and what is known of both. */
export interface Filtered {
  hasEvents: boolean
  /** Tables of user or item (number), id and interactions. */
  members: Record<Subject, string>
  /** Tables of the attributes by id, titles among them; null where there are none. */
  attributeTables: Record<Subject, string | null>
  attributes: Record<Subject, readonly Attribute[]>
  hasTitles: boolean
  /** Of each selection that the filters name. */
  selections: ReadonlyMap<string, Subject>
}

type Bind = (value: DuckDBValue) => string
type FilterBy<B extends Filter['by']> = Extract<Filter, { by: B }>
interface Ends {
  from?: number | undefined
  to?: number | undefined
}

/** The column of rows, and of a members table, that numbers a subject. */
export const columnOf: Record<Subject, string> = { users: '"user"', items: 'item' }

/** All filters together as one condition. Throws BAD_REQUEST for an attribute that the data does not have. */
export function conditionOf(filters: readonly Filter[], data: Filtered): Condition {
  const values: DuckDBValue[] = []
  const bind: Bind = (value) => `$${values.push(value)}`
  const conditions = filters.map((filter) => `(${condition(filter, data, bind)})`)
  return { sql: conditions.join(' AND ') || 'true', values }
}

function condition(filter: Filter, data: Filtered, bind: Bind): string {
  switch (filter.by) {
    case 'rating':
      return inRange('rating', filter, bind)
    case 'time':
      return inRange('timestamp', filter, bind)
    case 'calendar':
      return calendar(filter, bind)
    case 'event':
      return data.hasEvents ? oneOf('event', filter.values, bind) : 'false'
    case 'user-interactions':
      return membersWith('users', inRange('interactions', filter, bind), data)
    case 'item-interactions':
      return membersWith('items', inRange('interactions', filter, bind), data)
    case 'attribute':
      return attribute(filter, data, bind)
    case 'selection':
      return selection(filter, data, bind)
    case 'text':
      return text(filter, data, bind)
  }
}

function inRange(value: string, { from, to }: Ends, bind: Bind): string {
  const ends = [
    ...(from === undefined ? [] : [`${value} >= ${bind(from)}::DOUBLE`]),
    ...(to === undefined ? [] : [`${value} <= ${bind(to)}::DOUBLE`]),
  ]
  return ends.join(' AND ') || `${value} IS NOT NULL`
}

function oneOf(value: string, values: readonly (string | number)[], bind: Bind): string {
  return `list_contains(${bind(listValue([...values]))}, ${value})`
}

/** 1 for Monday to 7; 1 January 1970 was a Thursday. */
export const weekday = '(floor(timestamp / 86400) + 3) - 7 * floor((floor(timestamp / 86400) + 3) / 7) + 1'
export const hourOfDay = 'floor(timestamp / 3600) - 24 * floor(timestamp / 86400)'

function calendar({ weekdays, hours }: FilterBy<'calendar'>, bind: Bind): string {
  const conditions = [
    ...(weekdays ? [oneOf(`(${weekday})::INTEGER`, weekdays, bind)] : []),
    ...(hours ? [oneOf(`(${hourOfDay})::INTEGER`, hours, bind)] : []),
  ]
  return conditions.join(' AND ') || 'timestamp IS NOT NULL'
}

/** Rows of those users or items for which a condition on their table holds. */
function membersWith(of: Subject, condition: string, data: Filtered): string {
  return `${columnOf[of]} IN (SELECT ${columnOf[of]} FROM ${data.members[of]} WHERE ${condition})`
}

function attribute(filter: FilterBy<'attribute'>, data: Filtered, bind: Bind): string {
  const { of, name } = filter
  const found = data.attributes[of].find((candidate) => candidate.name === name)
  if (!found) {
    const known = data.attributes[of].map((candidate) => candidate.name).join(', ') || 'none'
    const message = `filters: there is no attribute ${name} of ${of}; there is ${known}. Take the filter out.`
    throw new TopnError('BAD_REQUEST', message, { field: 'filters' })
  }
  const conditions = [
    ...(filter.values ? [hasValue(found, filter.values, bind)] : []),
    ...(filter.values && filter.from === undefined && filter.to === undefined
      ? []
      : [inRange(numberOf(found), filter, bind)]),
  ]
  const table = data.attributeTables[of]
  return membersWith(of, `id IN (SELECT ${columnOf[of]} FROM ${table} WHERE ${conditions.join(' AND ')})`, data)
}

/** The attribute's value as a finite number; of a date the seconds since 1970. */
export function numberOf({ type, column }: Attribute): string {
  const cell = identifier(column)
  const number = numberExpression(cell, '.')
  const finite = `CASE WHEN isfinite(${number}) THEN ${number} END`
  if (type !== 'date') return finite
  const written = `try_strptime(${cell}, [${writtenDates.map(literal).join(', ')}])::TIMESTAMPTZ`
  return `coalesce(${finite}, epoch(coalesce(TRY_CAST(${cell} AS TIMESTAMPTZ), ${written})))`
}

/** How dates are written beside ISO 8601: 03-Jan-2020, 3 January 2020, Jan 3, 2020, 2020/01/03. */
const writtenDates = ['%d-%b-%Y', '%d %b %Y', '%d %B %Y', '%b %d, %Y', '%B %d, %Y', '%Y/%m/%d']

/** The single values of a multi-valued attribute: of a JSON list where there is no separator. */
export function valuesOf({ column, separator }: Attribute, bind: Bind): string {
  const cell = identifier(column)
  const split = separator === null ? listOf(cell) : `string_split(${cell}, ${bind(separator)})`
  return `list_filter(list_distinct(list_transform(${split}, lambda value: trim(value))), lambda value: value <> '')`
}

/** What is no list stands for itself. */
function listOf(cell: string): string {
  const list = `CASE json_type(${cell}) WHEN 'ARRAY' THEN json_extract_string(${cell}, '$[*]') ELSE [${cell}] END`
  return `CASE WHEN json_valid(${cell}) THEN ${list} ELSE [${cell}] END`
}

function hasValue(attribute: Attribute, values: readonly string[], bind: Bind): string {
  if (attribute.type !== 'multi-valued') return oneOf(`trim(${identifier(attribute.column)})`, values, bind)
  return `list_has_any(${valuesOf(attribute, bind)}, ${bind(listValue([...values]))})`
}

function selection({ selectionId }: FilterBy<'selection'>, data: Filtered, bind: Bind): string {
  const of = data.selections.get(selectionId)
  if (!of) throw new TopnError('NOT_FOUND', 'The selection of a filter is gone. Take the filter out.', { selectionId })
  return membersWith(of, `id IN (SELECT member FROM selection_members WHERE selection = ${bind(selectionId)})`, data)
}

function text({ of, contains }: FilterBy<'text'>, data: Filtered, bind: Bind): string {
  const part = bind(contains)
  const holds = (value: string) => `contains(lower(${value}), lower(${part}))`
  if (of === 'users' || !data.hasTitles) return membersWith(of, holds('id'), data)
  const titled = `id IN (SELECT item FROM ${data.attributeTables.items} WHERE ${holds('title')})`
  return membersWith(of, `${holds('id')} OR ${titled}`, data)
}
