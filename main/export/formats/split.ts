import { join } from 'node:path'
import type { PreparedData } from '../../data/prepared'
import { safeName } from '../../files/safe-name'
import type { Interactions } from '../../models/model'
import { writeText } from './card'
import type { ExportFormat } from './format'
import { writeLines } from './lists'
import { tabCell, writeParquet } from './tables'

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
    const { train, foldIn, validation, test } = prepared
    for (const [name, part] of Object.entries({ train, 'fold-in': foldIn, validation, test })) {
      if (part) await writeParquet(folder, `${name}.parquet`, columns, rowsOf(part, prepared))
    }
  },
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
}

function* rowsOf(part: Interactions, { userIds, itemIds }: PreparedData): Iterable<Row> {
  for (let user = 0; user < part.users; user++) {
    for (let at = part.offsets[user]; at < part.offsets[user + 1]; at++) {
      yield [userIds[user], itemIds[part.itemIndices[at]], part.values[at], part.timestamps?.[at] ?? null]
    }
  }
}

function* interactionLines(part: Interactions, prepared: PreparedData): Iterable<string> {
  const isTimed = prepared.train.timestamps !== null
  yield `user_id:token\titem_id:token\trating:float${isTimed ? '\ttimestamp:float' : ''}\n`
  for (const [user, item, value, timestamp] of rowsOf(part, prepared)) {
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
