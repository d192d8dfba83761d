import { readFile } from 'node:fs/promises'
import { badFile } from '../data/bad-file'
import { checkFile } from '../data/sniff'
import { createIdFinder } from './id-finder'
import { cellsOf, delimiterOf, headOf, isParquet, linesOf, type ReadContext } from './lines'

/** Ids, and the row of each in a model's arrays; neither occurs twice. */
export interface IdMap {
  ids: readonly string[]
  rows: readonly number[]
}

export type Side = 'user' | 'item'

const idNames = {
  user: ['user_id', 'user', 'userid', 'uid', 'id', 'token'],
  item: ['item_id', 'item', 'itemid', 'iid', 'id', 'token'],
} as const
const rowNames = ['row', 'index', 'idx', 'code', 'user_index', 'item_index', 'user_idx', 'item_idx']
const mostBytes = 2 ** 30
const mostRows = 2 ** 31

/**
 * Reads whose a model's rows are: a JSON list of ids, a JSON object of rows by id, CSV or Parquet with a column of ids and
 * perhaps one of rows, or one id a line. Rows that are not said count from 0.
 */
export async function readIdMap(side: Side, path: string, context: ReadContext): Promise<IdMap> {
  if ((await checkFile(path)) > mostBytes) throw badFile(path, 'is larger than 1 GiB, which is no file of ids.')
  const head = await headOf(path)
  const map = isParquet(head)
    ? await parquetIds(side, path, context)
    : /^\ufeff?\s*[[{]/.test(head.toString('utf8', 0, 1000))
      ? jsonIds(await readFile(path, 'utf8'), path)
      : await textIds(side, path, context)
  refuseTwice(map, path)
  return map
}

/** Refuses with BAD_DATA a file that does not say whose its rows are. */
export function unnamedRows(side: Side, path: string): Error {
  return badFile(
    path,
    `does not say whose its rows are. Name a file of the ids of ${side}s, one on each line or a JSON list.`,
  )
}

export interface PlacedIds {
  /** The row of each id of the data; -1 where there is none. */
  rows: Int32Array
  /** Ids that the data does not have. */
  unknown: number
}

/** Finds the rows of the data's ids. Throws BAD_DATA where the file at `path` has none of them. */
export function placedIds(
  side: Side,
  map: IdMap,
  ids: readonly string[],
  path: string,
  isUsed: (row: number) => boolean = () => true,
): PlacedIds {
  const finder = createIdFinder(ids)
  const rows = new Int32Array(ids.length).fill(-1)
  let unknown = 0
  map.ids.forEach((id, at) => {
    const place = finder.find(id)
    if (place === undefined) unknown++
    else if (isUsed(map.rows[at])) rows[place] = map.rows[at]
  })
  if (rows.some((row) => row >= 0)) return { rows, unknown }
  const examples = finder.examples().map((id) => id.slice(0, 50))
  throw badFile(
    path,
    `has no ${side} of this data; it has ${examples.join(', ') || 'none'}. Choose the data that it was made from.`,
  )
}

/** The ids of rows 0, 1, 2 and so on. Throws BAD_DATA where rows are left out. */
export function idsInOrder({ ids, rows }: IdMap, path: string): string[] {
  const ordered = new Array<string>(ids.length)
  rows.forEach((row, at) => {
    if (row >= ids.length) throw badFile(path, `has ${ids.length} ids and names row ${row}. Name each row from 0 on.`)
    ordered[row] = ids[at]
  })
  return ordered
}

function refuseTwice({ ids, rows }: IdMap, path: string): void {
  const [seenIds, seenRows] = [new Set<string>(), new Set<number>()]
  ids.forEach((id, at) => {
    const row = rows[at]
    if (!Number.isSafeInteger(row) || row < 0 || row >= mostRows)
      throw badFile(path, `row ${at + 1}: the place of ${id.slice(0, 100)} is no whole number from 0 on.`)
    if (seenIds.has(id)) throw badFile(path, `row ${at + 1}: ${id.slice(0, 100)} is there already. An id has one row.`)
    if (seenRows.has(row)) throw badFile(path, `row ${at + 1}: row ${row} has an id already. A row has one id.`)
    seenIds.add(id)
    seenRows.add(row)
  })
}

const counted = (ids: readonly string[]): IdMap => ({ ids, rows: ids.map((_, row) => row) })

function jsonIds(text: string, path: string): IdMap {
  const content = parsed(text.replace(/^\ufeff/, ''), path)
  if (!Array.isArray(content)) {
    const entries = Object.entries(content as object)
    return { ids: entries.map(([id]) => id), rows: entries.map(([, row]) => (typeof row === 'number' ? row : -1)) }
  }
  if (content.every((id) => typeof id === 'string' || Number.isSafeInteger(id))) return counted(content.map(String))
  throw badFile(path, 'is a JSON list of something else than texts and whole numbers. Write ids.')
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw badFile(path, 'begins as JSON and is none. Write one id on each line instead.', cause)
  }
}

/** A header of one of the usual names makes a table; anything else is one id a line. */
async function textIds(side: Side, path: string, context: ReadContext): Promise<IdMap> {
  const ids: string[] = []
  const rows: number[] = []
  let table: { delimiter: string; id: number; row: number } | null = null
  for await (const { text, line } of linesOf(path, context)) {
    if (line === 1) table = tableOf(side, text, path)
    if (line === 1 && table) continue
    if (!table) {
      ids.push(text)
      continue
    }
    if (text.trim() === '') continue
    const cells = cellsOf(text, table.delimiter, path, line)
    const needed = Math.max(table.id, table.row) + 1
    if (cells.length < needed)
      throw badFile(path, `line ${line}: it has ${cells.length} cells where ${needed} are needed.`)
    ids.push(cells[table.id])
    if (table.row >= 0) rows.push(cells[table.row].trim() === '' ? -1 : Number(cells[table.row]))
  }
  return rows.length > 0 ? { ids, rows } : counted(ids)
}

function tableOf(side: Side, line: string, path: string) {
  const delimiter = delimiterOf(line)
  const found = columnsOf(side, cellsOf(line, delimiter, path, 1))
  if (!found) return null
  const names = cellsOf(line, delimiter, path, 1)
  return { delimiter, id: names.indexOf(found.id), row: found.row === null ? -1 : names.indexOf(found.row) }
}

function columnsOf(side: Side, names: readonly string[]): { id: string; row: string | null } | null {
  const named = (usual: readonly string[]) =>
    usual.map((one) => names.find((name) => name.trim().toLowerCase() === one)).find((name) => name !== undefined)
  const id = named(idNames[side])
  return id === undefined ? null : { id, row: named(rowNames) ?? null }
}

async function parquetIds(side: Side, path: string, context: ReadContext): Promise<IdMap> {
  const ids: string[] = []
  const rows: number[] = []
  let hasRows = false
  const choose = (names: readonly string[]) => {
    const found = columnsOf(side, names)
    if (!found) throw badFile(path, `has no column of ids. Name it ${side}_id, and that of their rows row.`)
    hasRows = found.row !== null
    return { texts: [found.id], numbers: [found.row] }
  }
  const visit = ([id, row]: readonly unknown[], line: number) => {
    if (id === null) throw badFile(path, `row ${line}: it has no id.`)
    ids.push(String(id))
    if (hasRows) rows.push(typeof row === 'number' ? row : -1)
  }
  const { readParquetRows } = await import('../store')
  await readParquetRows(path, choose, visit, context)
  return hasRows ? { ids, rows } : counted(ids)
}
