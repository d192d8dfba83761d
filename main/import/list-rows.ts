import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { badFile } from '../data/bad-file'
import { compressionOf, unpacked } from '../data/compression'
import { checkFile } from '../data/sniff'
import { splitRecords } from '../data/text/records'
import { type ListColumns, readListsParquet } from '../store'

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
  read(visit: (row: ListRow) => void, signal: AbortSignal): Promise<void>
}

const columnNames = {
  user: ['user_id', 'user', 'userid', 'query_id', 'qid'],
  item: ['item_id', 'item', 'itemid', 'doc_id', 'docid'],
  score: ['score', 'prediction', 'weight'],
  rank: ['rank', 'position'],
} as const

const sniffedBytes = 65_536
const longestLine = 2 ** 20

/** What kind of lists a file has, by its bytes and first line. */
export async function openListFile(path: string): Promise<ListFile> {
  await checkFile(path)
  const head = await headOf(path)
  if (head.subarray(0, 4).toString('latin1') === 'PAR1') return parquetFile(path)
  let first = ''
  for await (const { text } of linesOf(path)) {
    if (text.trim() === '') continue
    first = text
    break
  }
  if (first === '') throw badFile(path, 'is empty. Bring in a file with a line for each item of a list.')
  return isTrec(first) ? trecFile(path) : delimitedFile(path, delimiterOf(first))
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(sniffedBytes), 0, sniffedBytes, 0)
    return buffer.subarray(0, bytesRead)
  } catch (cause) {
    throw badFile(path, 'cannot be read. Choose a file.', cause)
  } finally {
    await file.close()
  }
}

/** Lines with their number, from 1, without line ends and byte order mark. */
async function* linesOf(path: string, signal?: AbortSignal): AsyncIterable<{ text: string; line: number }> {
  const compression = compressionOf(await headOf(path))
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let rest = ''
  let line = 0
  const decode = (chunk?: Uint8Array) => {
    try {
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode()
    } catch (cause) {
      throw badFile(path, `line ${line + 1} or a later one: it is not UTF-8. Save the file as UTF-8.`, cause)
    }
  }
  const chunks = compression ? unpacked(path, compression) : createReadStream(path, { highWaterMark: 2 ** 18 })
  for await (const chunk of chunks) {
    signal?.throwIfAborted()
    const parts = (rest + decode(chunk)).split('\n')
    rest = parts.pop() ?? ''
    if (rest.length > longestLine) throw badFile(path, `line ${line + parts.length + 1}: it is too long for a list.`)
    for (const text of parts) yield { text: text.endsWith('\r') ? text.slice(0, -1) : text, line: ++line }
  }
  rest += decode()
  if (rest !== '') yield { text: rest, line: ++line }
}

const isTrec = (line: string) => {
  const [, second, , rank, score, ...tag] = line.trim().split(/\s+/)
  return second === 'Q0' && tag.length === 1 && isNumber(rank) && isNumber(score)
}

const isNumber = (text: string) => text !== '' && Number.isFinite(Number(text))

function delimiterOf(line: string): string {
  const counts = [',', '\t', ';'].map((delimiter) => line.split(delimiter).length)
  return [',', '\t', ';'][counts.indexOf(Math.max(...counts))]
}

function trecFile(path: string): ListFile {
  return {
    order: 'score',
    plainId: (id) => id.replace(/%(20|25|09)/g, (code) => decodeURIComponent(code)),
    async read(visit, signal) {
      for await (const { text, line } of linesOf(path, signal)) {
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
    async read(visit, signal) {
      let places: Record<keyof ListColumns, number> | null = null
      for await (const { text, line } of linesOf(path, signal)) {
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

function cellsOf(text: string, delimiter: string, path: string, line: number): string[] {
  if (!text.includes('"')) return text.split(delimiter)
  if (text.split('"').length % 2 === 0) throw badFile(path, `line ${line}: a quote opens and does not close.`)
  return splitRecords(text, { delimiter, quote: '"' })[0] ?? []
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
    async read(visit, signal) {
      let columns: ListColumns | null = null
      const choose = (names: readonly string[]) => {
        columns = columnsOf(names, path)
        return columns
      }
      await readListsParquet(
        path,
        choose,
        ([user, item, score, rank], line) => {
          if (user === null || item === null) throw badFile(path, `row ${line}: it has no user or no item.`)
          const number = (value: unknown, name: 'score' | 'rank') =>
            columns?.[name] == null ? null : numberIn(String(value ?? ''), name, path, line, 'row')
          visit({
            user: String(user),
            item: String(item),
            score: number(score, 'score'),
            rank: number(rank, 'rank'),
            line,
          })
        },
        signal,
      )
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
