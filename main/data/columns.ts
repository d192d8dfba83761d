import { TopnError } from '../contract/errors'
import type { Column, Columns } from '../contract/experiment'

export type Role = keyof Columns
export const roles: readonly Role[] = ['user', 'item', 'rating', 'timestamp', 'event']

/** Names by which the libraries and data sets of the field call each role, the surer ones first. */
const synonyms: Record<Role, string[]> = {
  user: [
    'userid',
    'user',
    'uid',
    'users',
    'customerid',
    'customer',
    'visitorid',
    'memberid',
    'reviewerid',
    'accountid',
    'clientid',
    'profileid',
    'personid',
    'sessionid',
  ],
  item: [
    'itemid',
    'item',
    'iid',
    'items',
    'movieid',
    'productid',
    'artistid',
    'trackid',
    'songid',
    'bookid',
    'isbn',
    'asin',
    'parentasin',
    'articleid',
    'newsid',
    'videoid',
    'contentid',
    'businessid',
    'gameid',
    'sku',
    'product',
    'movie',
  ],
  rating: [
    'rating',
    'ratings',
    'bookrating',
    'stars',
    'overall',
    'score',
    'label',
    'value',
    'eventvalue',
    'weight',
    'count',
    'plays',
    'playcount',
    'preference',
  ],
  timestamp: ['timestamp', 'time', 'unixreviewtime', 'unixtime', 'datetime', 'eventtime', 'ts', 'date', 'createdat'],
  event: ['eventtype', 'event', 'feedbacktype', 'action', 'behavior', 'behaviortype', 'interactiontype'],
}

/** Names of columns in files of items and of users. */
const attributeNames = {
  item: {
    id: [
      'itemid',
      'item',
      'id',
      'movieid',
      'productid',
      'artistid',
      'asin',
      'parentasin',
      'trackid',
      'bookid',
      'isbn',
      'songid',
    ],
    title: ['title', 'movietitle', 'booktitle', 'name', 'itemname', 'producttitle', 'productname'],
  },
  user: { id: ['userid', 'user', 'id', 'uid', 'customerid', 'visitorid', 'memberid', 'reviewerid'], title: [] },
}

const otherNames = ['genres', 'genre', 'class', 'categories', 'category', 'tags', 'artist', 'author', 'brand', 'labels']
const knownHeaders = new Set([
  ...Object.values(synonyms).flat(),
  ...Object.values(attributeNames).flatMap(({ id, title }) => [...id, ...title]),
  ...otherNames,
])

/** `user_id:token` (RecBole) and `User-ID` are both `userid`. */
function normalise(header: string): string {
  return header
    .replace(/:.*$/, '')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
}

export function isKnownHeader(header: string): boolean {
  return knownHeaders.has(normalise(header))
}

export interface ColumnProposal {
  columns: Partial<Columns>
  /** What the user has to say where user or item is unclear; null otherwise. */
  question: string | null
}

/** Roles by header names. */
export function proposeByHeader(header: readonly string[]): ColumnProposal {
  const columns: Partial<Columns> = {}
  for (const role of roles) {
    const best = bestMatch(header, role)
    if (best !== null) columns[role] = best
  }
  return {
    columns,
    question: missingRoles(columns, `The columns are ${namesOf(header)}.`),
  }
}

/** The one header that the surest synonym names; none where two headers share it. */
function bestMatch(header: readonly string[], role: Role): string | null {
  for (const synonym of synonyms[role]) {
    const named = header.filter((name) => normalise(name) === synonym)
    if (named.length > 0) return named.length === 1 ? named[0] : null
  }
  return null
}

/** More columns than these are named by the user, if they matter. */
const mostFeatures = 100

/**
 * Id and title by header names, and all other columns as attributes; without a header id and title are the first two
 * columns, as in MovieLens.
 */
export function proposeAttributeColumns(
  header: readonly string[],
  hasHeader: boolean,
  side: 'item' | 'user',
): { id: Column | null; title: Column | null; features: Column[] } {
  if (!hasHeader) return { id: 0, title: side === 'item' && header.length > 1 ? 1 : null, features: [] }
  const find = (names: string[]) =>
    names.map((wanted) => header.find((name) => normalise(name) === wanted)).find((name) => name !== undefined) ?? null
  const id = find(attributeNames[side].id)
  const title = find(attributeNames[side].title)
  const isAlone = (name: string) => header.indexOf(name) === header.lastIndexOf(name)
  const features = header.filter((name) => name !== '' && name !== id && name !== title && isAlone(name))
  return { id, title, features: features.length > mostFeatures ? [] : features }
}

/** Seconds of 1973: larger whole numbers are taken for times, smaller ones for ratings or counts. */
const earliestTime = 1e8

/** Roles by position, for files without a header in the layouts of MovieLens and of plain pairs. */
export function proposeByPosition(rows: readonly (readonly string[])[]): ColumnProposal {
  const width = rows[0]?.length ?? 0
  // A few broken rows are the reader's to reject; they do not make a layout unclear.
  const most = (column: number, holds: (cell: string) => boolean) =>
    rows.filter((row) => holds(row[column] ?? '')).length > rows.length * 0.9
  const isTime = (column: number) => most(column, (cell) => Number(cell) >= earliestTime)
  const isNumeric = (column: number) => most(column, (cell) => cell.trim() !== '' && Number.isFinite(Number(cell)))
  const pair = { user: 0, item: 1 }
  if (width === 2) return { columns: pair, question: null }
  if (width === 3 && isTime(2)) return { columns: { ...pair, timestamp: 2 }, question: null }
  if (width === 3 && isNumeric(2)) return { columns: { ...pair, rating: 2 }, question: null }
  if (width === 4 && isNumeric(2) && isTime(3)) return { columns: { ...pair, rating: 2, timestamp: 3 }, question: null }
  return { columns: {}, question: missingRoles({}, `The file has no header and ${width} columns.`) }
}

const mostNames = 30

/** The names of a header for a sentence, the first of them where there are many. */
function namesOf(header: readonly string[]): string {
  const shown = header.slice(0, mostNames).map((name) => `"${name}"`)
  const more = header.length - shown.length
  return shown.join(', ') + (more > 0 ? ` and ${more} more` : '')
}

function missingRoles(columns: Partial<Columns>, context: string): string | null {
  const missing = (['user', 'item'] as const).filter((role) => columns[role] === undefined)
  if (missing.length === 0) return null
  const which = missing.map((role) => `the ${role}`).join(' and ')
  return `${context} Say which column holds ${which}.`
}

/**
 * The position of a column. Below a header a position stands only for a column that its name cannot: an empty or
 * repeated one. Throws BAD_DATA with the choices where the file has no such column.
 */
export function locateColumn(column: Column, header: readonly string[], hasHeader: boolean, file: string): number {
  const refuse = (reason: string) => new TopnError('BAD_DATA', `${file} ${reason}`, { file, field: 'columns' })
  const choices = `its columns are ${namesOf(header)}`
  if (typeof column === 'number') {
    const name = header[column]
    if (name === undefined) throw refuse(`has ${header.length} columns, so there is no column ${column} (from 0).`)
    if (!hasHeader || name === '' || header.filter((other) => other === name).length > 1) return column
    throw refuse(`has a header, so name a column by it, not by its position ${column}; ${choices}.`)
  }
  if (!hasHeader) throw refuse(`has no header, so name a column by its position from 0, not "${column}".`)
  const places = header.flatMap((name, at) => (name === column ? [at] : []))
  if (places.length > 1) throw refuse(`has several columns "${column}"; ${choices}.`)
  if (places.length === 1) return places[0]
  const similar = header.flatMap((name, at) => (normalise(name) === normalise(column) ? [at] : []))
  if (similar.length !== 1) throw refuse(`has no column "${column}"; ${choices}.`)
  return similar[0]
}

/** Roles by the header, or by the first rows where there is none. */
export function proposeColumns(look: { header: string[]; hasHeader: boolean; rows: string[][] }): ColumnProposal {
  return look.hasHeader ? proposeByHeader(look.header) : proposeByPosition(look.rows)
}
