import { badFile } from '../data/bad-file'
import { checkFile } from '../data/sniff'
import { cellsOf, delimiterOf, headOf, isParquet, linesOf, type ReadContext } from './lines'

/** An entry of a list as it was written; what a file does not say is null. */
export interface ListRow {
  user: string
  item: string
  score: number | null
  rank: number | null
  /** Of the file, from 1; in Parquet the row. */
  line: number
}

export interface ListFile {
  /** TREC orders by score, whatever the ranks say; other files by rank where they have it. */
  order: 'rank' | 'score'
  /** What an id may have been before it was written. */
  plainId(id: string): string
  read(visit: (row: ListRow) => void, context: ReadContext): Promise<void>
}

const columnNames = {
  user: ['user_id', 'user', 'userid', 'query_id', 'qid'],
  item: ['item_id', 'item', 'itemid', 'doc_id', 'docid'],
  score: ['score', 'prediction', 'weight'],
  rank: ['rank', 'position'],
} as const

/** The columns that make lists; null where there is none of this kind. */
interface ListColumns {
  user: string
  item: string
  score: string | null
  rank: string | null
}

/** What kind of lists a file has, by its bytes and first line. */
export async function openListFile(path: string): Promise<ListFile> {
  await checkFile(path)
  if (isParquet(await headOf(path))) return parquetFile(path)
  let first = ''
  for await (const { text } of linesOf(path)) {
    if (text.trim() === '') continue
    first = text
    break
  }
  if (first === '') throw badFile(path, 'is empty. Bring in a file with a line for each item of a list.')
  return isTrec(first) ? trecFile(path) : delimitedFile(path, delimiterOf(first))
}

const isTrec = (line: string) => {
  const [, second, , rank, score, ...tag] = line.trim().split(/\s+/)
  return second === 'Q0' && tag.length === 1 && isNumber(rank) && isNumber(score)
}

const isNumber = (text: string) => text !== '' && Number.isFinite(Number(text))

function trecFile(path: string): ListFile {
  return {
    order: 'score',
    plainId: (id) => id.replace(/%(20|25|09)/g, (code) => decodeURIComponent(code)),
    async read(visit, context) {
      for await (const { text, line } of linesOf(path, context)) {
        if (text.trim() === '') continue
        const fields = text.trim().split(/\s+/)
        if (fields.length !== 6) {
          throw badFile(
            path,
            `line ${line}: a line of a TREC run is user Q0 item rank score tag, and this one has ${fields.length} fields.`,
          )
        }
        const [user, , item, rank, score] = fields
        visit({
          user,
          item,
          rank: numberIn(rank, 'rank', path, line),
          score: numberIn(score, 'score', path, line),
          line,
        })
      }
    },
  }
}

function delimitedFile(path: string, delimiter: string): ListFile {
  return {
    order: 'rank',
    // An apostrophe keeps spreadsheets from taking an id for a formula.
    plainId: (id) => (/^'[=+\-@\t\r]/.test(id) ? id.slice(1) : id),
    async read(visit, context) {
      let places: Record<keyof ListColumns, number> | null = null
      for await (const { text, line } of linesOf(path, context)) {
        if (text.trim() === '') continue
        const cells = cellsOf(text, delimiter, path, line)
        if (places === null) {
          places = placesOf(cells, path)
          continue
        }
        visit(rowOf(cells, places, path, line))
      }
    },
  }
}

function placesOf(names: readonly string[], path: string): Record<keyof ListColumns, number> {
  const { user, item, score, rank } = columnsOf(names, path)
  const place = (name: string | null) => (name === null ? -1 : names.indexOf(name))
  return { user: place(user), item: place(item), score: place(score), rank: place(rank) }
}

function rowOf(cells: string[], at: Record<keyof ListColumns, number>, path: string, line: number): ListRow {
  const needed = Math.max(...Object.values(at))
  if (cells.length <= needed)
    throw badFile(path, `line ${line}: it has ${cells.length} cells where ${needed + 1} are needed.`)
  const number = (name: 'score' | 'rank') => (at[name] < 0 ? null : numberIn(cells[at[name]], name, path, line))
  return { user: cells[at.user], item: cells[at.item], score: number('score'), rank: number('rank'), line }
}

function parquetFile(path: string): ListFile {
  return {
    order: 'rank',
    plainId: (id) => id,
    async read(visit, context) {
      let columns: ListColumns | null = null
      const choose = (names: readonly string[]) => {
        columns = columnsOf(names, path)
        return { texts: [columns.user, columns.item], numbers: [columns.score, columns.rank] }
      }
      const visitCells = ([user, item, score, rank]: readonly unknown[], line: number) => {
        if (user === null || item === null) throw badFile(path, `row ${line}: it has no user or no item.`)
        const number = (value: unknown, name: 'score' | 'rank') =>
          columns?.[name] == null ? null : numberIn(String(value ?? ''), name, path, line, 'row')
        const numbers = { score: number(score, 'score'), rank: number(rank, 'rank') }
        visit({ user: String(user), item: String(item), ...numbers, line })
      }
      const { readParquetRows } = await import('../store')
      await readParquetRows(path, choose, visitCells, context)
    },
  }
}

function columnsOf(names: readonly string[], path: string): ListColumns {
  const named = (kind: keyof typeof columnNames) =>
    names.find((name) => (columnNames[kind] as readonly string[]).includes(name.trim().toLowerCase())) ?? null
  const [user, item, score, rank] = [named('user'), named('item'), named('score'), named('rank')]
  if (user !== null && item !== null && (score !== null || rank !== null)) return { user, item, score, rank }
  throw badFile(
    path,
    'line 1: it does not name the columns of lists. Name them user_id, item_id, score and rank; one of score and rank is enough.',
  )
}

function numberIn(
  text: string,
  name: 'score' | 'rank',
  path: string,
  line: number,
  unit: 'line' | 'row' = 'line',
): number {
  const value = Number(text)
  if (text.trim() !== '' && Number.isFinite(value)) return value
  const shown = text.slice(0, 100) || 'nothing'
  if (unit === 'row') throw badFile(path, `row ${line}: its ${name} is no number: ${shown}.`)
  throw badFile(path, `line ${line}: its ${name} is no number: ${shown}.`)
}
