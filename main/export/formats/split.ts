import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { PreparedData } from '../../data/prepared'
import { safeName } from '../../files/safe-name'
import type { Interactions } from '../../models/model'
import { linesOf } from '../proof/plain-text'
import { rowsOf, type TableRow } from '../proof/tables'
import { writeText } from './card'
import type { ExportFormat } from './format'
import { writeLines } from './lists'
import { ownReader, parquetRows, tabCell, textRow, writeParquet } from './tables'

const everyModel = () => null

type Row = readonly [user: string, item: string, value: number, timestamp: number | null]

/** The data after cleaning, a file for each part of the split. */
export const parquetSplit: ExportFormat = {
  id: 'split-parquet',
  kind: 'data',
  extension: null,
  refusal: everyModel,
  async write({ prepared }, folder) {
    const columns = [
      ['user_id', 'text'],
      ['item_id', 'text'],
      ['value', 'float'],
      ['timestamp', 'double'],
    ] as const
    for (const [name, part] of partsOf(prepared)) {
      await writeParquet(folder, `${name}.parquet`, columns, interactionsOf(part, prepared))
    }
  },
  tables: {
    expected: async ({ prepared }) => partsOf(prepared).map(([name, part]) => rowsOf(name, namedRows(part, prepared))),
    async found(folder) {
      const names = (await readdir(folder)).filter((name) => name.endsWith('.parquet'))
      return { by: 'DuckDB', tables: names.map((name) => parquetRows(folder, name.slice(0, -'.parquet'.length), 2)) }
    },
  },
}

function partsOf({ train, foldIn, validation, test }: PreparedData): [string, Interactions][] {
  const parts = Object.entries({ train, 'fold-in': foldIn, validation, test })
  return parts.flatMap(([name, part]) => (part ? [[name, part]] : []))
}

function* namedRows(part: Interactions, prepared: PreparedData, toName = (id: string) => id): Iterable<TableRow> {
  for (const [user, item, ...numbers] of interactionsOf(part, prepared)) {
    yield { names: [toName(user), toName(item)], numbers }
  }
}

/** RecBole's atomic files of a split that is given: `benchmark_filename: [train, valid, test]`. */
export const recbole: ExportFormat = {
  id: 'recbole',
  kind: 'data',
  extension: null,
  refusal: everyModel,
  async write(source, folder) {
    const { prepared, signal } = source
    const name = safeName(source.about.dataset).replaceAll('.', '_')
    const { train, validation, test, titles, itemIds } = prepared
    for (const [part, interactions] of Object.entries({ train, valid: validation ?? emptyOf(train), test })) {
      await writeLines(join(folder, `${name}.${part}.inter`), interactionLines(interactions, prepared), signal)
    }
    if (titles) await writeLines(join(folder, `${name}.item`), titleLines(itemIds, titles), signal)
    await writeText(folder, 'README.md', guide(name, prepared))
  },
  tables: {
    async expected({ prepared }) {
      const { train, validation, test } = prepared
      const parts = Object.entries({ train, valid: validation ?? emptyOf(train), test })
      return parts.map(([part, interactions]) => rowsOf(part, namedRows(interactions, prepared, tabCell)))
    },
    async found(folder) {
      const names = (await readdir(folder)).filter((name) => name.endsWith('.inter'))
      const tables = names.map((name) => rowsOf(name.split('.').at(-2) ?? '', atomicRows(join(folder, name))))
      return { by: ownReader, tables }
    },
  },
}

/** The lines of an atomic file behind its header. */
async function* atomicRows(path: string): AsyncIterable<TableRow> {
  let line = 0
  for await (const text of linesOf(path)) if (line++ > 0) yield textRow(text.split('\t'), 2)
}

function* interactionsOf(part: Interactions, { userIds, itemIds }: PreparedData): Iterable<Row> {
  for (let user = 0; user < part.users; user++) {
    for (let at = part.offsets[user]; at < part.offsets[user + 1]; at++) {
      yield [userIds[user], itemIds[part.itemIndices[at]], part.values[at], part.timestamps?.[at] ?? null]
    }
  }
}

function* interactionLines(part: Interactions, prepared: PreparedData): Iterable<string> {
  const isTimed = prepared.train.timestamps !== null
  yield `user_id:token\titem_id:token\trating:float${isTimed ? '\ttimestamp:float' : ''}\n`
  for (const [user, item, value, timestamp] of interactionsOf(part, prepared)) {
    yield `${tabCell(user)}\t${tabCell(item)}\t${value}${isTimed ? `\t${timestamp}` : ''}\n`
  }
}

function* titleLines(ids: readonly string[], titles: readonly string[]): Iterable<string> {
  yield 'item_id:token\ttitle:token_seq\n'
  for (const [at, id] of ids.entries()) yield `${tabCell(id)}\t${tabCell(titles[at])}\n`
}

function emptyOf({ users, items }: Interactions): Interactions {
  const none = { itemIndices: new Uint32Array(0), values: new Float32Array(0), timestamps: null }
  return { users, items, offsets: new Uint32Array(users + 1), ...none }
}

function guide(name: string, { foldIn, validation }: PreparedData): string {
  const unvalidated = validation
    ? ''
    : '\nThere is no validation part, so `valid` has no rows: train by `trainer.fit(train_data)`, without `valid_data`.\n'
  const held = foldIn
    ? '\nUsers that are held out wholly have their known history in no file: RecBole has no such split.\n'
    : ''
  return `# ${name}

Atomic files of RecBole, with the split as TopN made it. Put the folder where \`data_path\` points to, named \`${name}\`, and
configure:

    benchmark_filename: [train, valid, test]
    load_col: {inter: [user_id, item_id, rating]}
${unvalidated}${held}`
}
