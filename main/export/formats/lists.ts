import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { csvLine } from '../../contract/csv'
import { noItem, type TopLists } from '../../evaluation/lists'
import type { Interactions } from '../../models/model'
import { csvRows, linesOf } from '../proof/plain-text'
import { rowsOf, type TableRow } from '../proof/tables'
import { writeText } from './card'
import type { ExportFormat, ExportSource } from './format'
import { csvName, mapRows, ownReader, parquetRows, textRow } from './tables'

const everyModel = () => null

/** `user_id, item_id, score, rank` */
export const parquetLists: ExportFormat = {
  id: 'parquet',
  kind: 'lists',
  extension: 'parquet',
  refusal: everyModel,
  async write(source, folder) {
    const { userIds, itemIds } = source.prepared
    // No other job needs the database, whose library takes a while to load.
    const { writeListsParquet } = await import('../../store')
    await writeListsParquet(join(folder, 'lists.parquet'), { userIds, itemIds, lists: await source.lists() })
  },
  tables: {
    expected: async (source) => [rowsOf('lists', rankedRows(await source.lists(), source))],
    found: async (folder) => ({ by: 'DuckDB', tables: [parquetRows(folder, 'lists', 2)] }),
  },
}

/** The same as text that a spreadsheet takes for nothing else. */
export const csvLists: ExportFormat = {
  id: 'csv',
  kind: 'lists',
  extension: 'csv',
  refusal: everyModel,
  async write(source, folder) {
    const rows = entriesOf(await source.lists(), source)
    await writeLines(join(folder, 'lists.csv'), csvLines(rows), source.signal)
  },
  tables: {
    expected: async (source) => [rowsOf('lists', rankedRows(await source.lists(), source, csvName))],
    found: async (folder) => {
      const rows = mapRows(csvRows(join(folder, 'lists.csv')), (cells) => textRow(cells, 2))
      return { by: ownReader, tables: [rowsOf('lists', rows)] }
    },
  },
}

function* csvLines(rows: Iterable<Entry>): Iterable<string> {
  yield `\ufeff${csvLine(['user_id', 'item_id', 'score', 'rank'])}`
  for (const { user, item, score, rank } of rows) yield csvLine([user, item, score, rank])
}

export const jsonLists: ExportFormat = {
  id: 'jsonl',
  kind: 'lists',
  extension: 'jsonl',
  refusal: everyModel,
  async write(source, folder) {
    const lines = source.settings.shape === 'gorse' ? gorseLines : personalizeLines
    await writeLines(join(folder, 'lists.jsonl'), lines(await source.lists(), source), source.signal)
  },
  tables: {
    expected: async (source) => [rowsOf('lists', rankedRows(await source.lists(), source))],
    found: async (folder) => ({
      by: ownReader,
      tables: [rowsOf('lists', jsonRows(linesOf(join(folder, 'lists.jsonl'))))],
    }),
  },
}

/** Feedback as Gorse takes it: one line for an item of a list, the score as its value. */
function* gorseLines(lists: TopLists, source: ExportSource): Iterable<string> {
  const Timestamp = source.manifest.createdAt
  for (const { user, item, score } of entriesOf(lists, source)) {
    yield jsonLine({ FeedbackType: 'recommend', UserId: user, ItemId: item, Value: score, Timestamp })
  }
}

/** A line for each user, as Amazon Personalize's batch jobs give it. */
function* personalizeLines(lists: TopLists, source: ExportSource): Iterable<string> {
  for (const [user, entries] of byUser(lists, source)) {
    const output = { recommendedItems: entries.map(({ item }) => item), scores: entries.map(({ score }) => score) }
    yield jsonLine({ input: { userId: user }, output, error: null })
  }
}

const jsonLine = (value: unknown) => `${JSON.stringify(value)}\n`

/** A run and the judgements of the test part, for trec_eval and what reads its files. */
export const trec: ExportFormat = {
  id: 'trec',
  kind: 'lists',
  extension: null,
  refusal: everyModel,
  async write(source, folder) {
    const { about, prepared, signal } = source
    await writeLines(join(folder, 'run.txt'), runLines(await source.lists(), source), signal)
    await writeLines(join(folder, 'qrels.txt'), qrelLines(prepared.test, source), signal)
    await writeText(
      folder,
      'README.txt',
      `Lists of ${about.run} and the test part of ${about.dataset}. run.txt: user Q0 item rank score tag; qrels.txt: user 0 item 1.\nSpaces of ids are written as %20 and % as %25. trec_eval orders by score alone, so of equal scores of a list the later ones are the next smaller numbers of single precision.\n`,
    )
  },
  tables: {
    async expected(source) {
      const { test, userIds, itemIds } = source.prepared
      return [
        rowsOf('run', trecRows(await source.lists(), source)),
        rowsOf('qrels', judgedRows(test, userIds.map(trecName), itemIds.map(trecName))),
      ]
    },
    found: async (folder) => ({
      by: ownReader,
      tables: [
        rowsOf(
          'run',
          mapRows(cellsOf(folder, 'run.txt'), ([user, , item, rank, score]) => ({
            names: [user, item],
            numbers: [Number(score), Number(rank)],
          })),
        ),
        rowsOf(
          'qrels',
          mapRows(cellsOf(folder, 'qrels.txt'), ([user, , item, value]) => ({
            names: [user, item],
            numbers: [Number(value)],
          })),
        ),
      ],
    }),
  },
}

async function* cellsOf(folder: string, name: string): AsyncIterable<string[]> {
  for await (const line of linesOf(join(folder, name))) yield line.split(' ')
}

function* judgedRows(test: Interactions, users: readonly string[], items: readonly string[]): Iterable<TableRow> {
  for (let user = 0; user < test.users; user++) {
    const judged = new Set(test.itemIndices.subarray(test.offsets[user], test.offsets[user + 1]))
    for (const item of judged) yield { names: [users[user], items[item]], numbers: [1] }
  }
}

function* runLines(lists: TopLists, source: ExportSource): Iterable<string> {
  const tag = trecName(source.manifest.runId)
  for (const [user, entries] of byUser(lists, source)) {
    for (const { item, score, rank } of withoutTies(entries)) {
      yield `${trecName(user)} Q0 ${trecName(item)} ${rank} ${score} ${tag}\n`
    }
  }
}

/** trec_eval orders by score alone: of equal ones each is a little below the one before. */
function withoutTies(entries: readonly Entry[]): Entry[] {
  let last = Number.POSITIVE_INFINITY
  return entries.map((entry) => {
    last = entry.score < last ? entry.score : nextBelow(last)
    return { ...entry, score: last }
  })
}

function* qrelLines(test: Interactions, { prepared }: ExportSource): Iterable<string> {
  for (let user = 0; user < test.users; user++) {
    const items = new Set(test.itemIndices.subarray(test.offsets[user], test.offsets[user + 1]))
    for (const item of items) yield `${trecName(prepared.userIds[user])} 0 ${trecName(prepared.itemIds[item])} 1\n`
  }
}

const trecName = (id: string) => id.replace(/[%\s]/g, encodeURIComponent)

const word = new Float32Array(1)
const bits = new Int32Array(word.buffer)

/** The largest number of single precision below another one: trec_eval reads no more digits. */
function nextBelow(value: number): number {
  word[0] = value
  if (word[0] === 0) return -(2 ** -149)
  bits[0] += word[0] > 0 ? -1 : 1
  return word[0]
}

interface Entry {
  user: string
  item: string
  score: number
  rank: number
}

function* byUser({ k, users, items, scores }: TopLists, { prepared }: ExportSource): Iterable<[string, Entry[]]> {
  for (const [row, index] of users.entries()) {
    const user = prepared.userIds[index]
    const entries: Entry[] = []
    for (let at = row * k; at < (row + 1) * k && items[at] !== noItem; at++) {
      entries.push({ user, item: prepared.itemIds[items[at]], score: scores[at], rank: at - row * k + 1 })
    }
    yield [user, entries]
  }
}

function* entriesOf(lists: TopLists, source: ExportSource): Iterable<Entry> {
  for (const [, entries] of byUser(lists, source)) yield* entries
}

/** What the lists are, `toName` being how an id is written. */
function* rankedRows(lists: TopLists, source: ExportSource, toName = (id: string) => id): Iterable<TableRow> {
  for (const { user, item, score, rank } of entriesOf(lists, source)) {
    yield { names: [toName(user), toName(item)], numbers: [score, rank] }
  }
}

function* trecRows(lists: TopLists, source: ExportSource): Iterable<TableRow> {
  for (const [user, entries] of byUser(lists, source))
    for (const { item, score, rank } of withoutTies(entries))
      yield { names: [trecName(user), trecName(item)], numbers: [score, rank] }
}

/** Lists as either shape has them; what has no rank has its place. */
async function* jsonRows(lines: AsyncIterable<string>): AsyncIterable<TableRow> {
  let [user, rank] = ['', 0]
  for await (const line of lines) {
    const found = JSON.parse(line)
    const items = found.output ? found.output.recommendedItems : [found.ItemId]
    const scores = found.output ? found.output.scores : [found.Value]
    const owner = found.input ? found.input.userId : found.UserId
    rank = owner === user && !found.output ? rank : 0
    user = owner
    for (const [at, item] of items.entries()) yield { names: [user, item], numbers: [scores[at], ++rank] }
  }
}

/** Lines at a time: a stream of single lines is slow. */
const linesAtATime = 1000

/** Writes lines into a new file without holding them all. */
export async function writeLines(path: string, lines: Iterable<string>, signal: AbortSignal): Promise<void> {
  await pipeline(Readable.from(inBlocks(lines)), createWriteStream(path, { flags: 'wx' }), { signal })
}

function* inBlocks(lines: Iterable<string>): Iterable<string> {
  let block: string[] = []
  for (const line of lines) {
    block.push(line)
    if (block.length < linesAtATime) continue
    yield block.join('')
    block = []
  }
  yield block.join('')
}
