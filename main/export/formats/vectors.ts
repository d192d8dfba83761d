import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createCompute } from '../../compute/create'
import { csvLine } from '../../contract/csv'
import type { Model, Vectors } from '../../models/model'
import { csvRows, linesOf } from '../proof/plain-text'
import { rowsOf, type TableRow, type TableRows } from '../proof/tables'
import type { ExportFormat, ExportSource } from './format'
import { writeLines } from './lists'
import { csvName, mapRows, ownReader, parquetRows, tabCell, textRow, writeParquet } from './tables'

interface Side {
  name: 'items' | 'users'
  vectors: Vectors
  ids: readonly string[]
}

const refusal = (model: Model) =>
  model.itemVectors || model.userVectors ? null : `${model.name} has no vectors of users or items.`

/** What the model has vectors of. */
async function sidesOf({ model, manifest, tensors, prepared }: ExportSource): Promise<Side[]> {
  const compute = await createCompute({ threads: 1 })
  try {
    const fitted = { tensors, params: manifest.params, compute }
    const [items, users] = [model.itemVectors?.(fitted), model.userVectors?.(fitted)]
    return [
      ...(items ? [{ name: 'items' as const, vectors: items, ids: prepared.itemIds }] : []),
      ...(users ? [{ name: 'users' as const, vectors: users, ids: prepared.userIds }] : []),
    ]
  } finally {
    await compute.close()
  }
}

export const parquetVectors: ExportFormat = {
  id: 'vectors-parquet',
  kind: 'vectors',
  extension: null,
  refusal,
  async write(source, folder) {
    for (const { name, vectors, ids } of await sidesOf(source)) {
      const columns = [
        ['id', 'text'],
        ['vector', 'floats'],
      ] as const
      await writeParquet(folder, `${name}.parquet`, columns, idsAndVectors(ids, vectors))
    }
  },
  tables: {
    expected: (source) => expectedOf(source),
    found: async (folder) => ({
      by: 'DuckDB',
      tables: (await sidesIn(folder, '.parquet')).map((name) => parquetRows(folder, name, 1)),
    }),
  },
}

export const csvVectors: ExportFormat = {
  id: 'vectors-csv',
  kind: 'vectors',
  extension: null,
  refusal,
  async write(source, folder) {
    for (const { name, vectors, ids } of await sidesOf(source)) {
      await writeLines(join(folder, `${name}.csv`), csvLines(ids, vectors), source.signal)
    }
  },
  tables: {
    expected: (source) => expectedOf(source, csvName),
    found: async (folder) => ({
      by: ownReader,
      tables: (await sidesIn(folder, '.csv')).map((name) =>
        rowsOf(
          name,
          mapRows(csvRows(join(folder, `${name}.csv`)), (cells) => textRow(cells, 1)),
        ),
      ),
    }),
  },
}

/** Files of the Embedding Projector of TensorFlow: numbers, and beside them a line of what is known of each row. */
export const projector: ExportFormat = {
  id: 'projector',
  kind: 'vectors',
  extension: null,
  refusal,
  async write(source, folder) {
    const { prepared, signal } = source
    for (const { name, vectors, ids } of await sidesOf(source)) {
      await writeLines(join(folder, `${name}-vectors.tsv`), vectorLines(vectors), signal)
      const counts = countsOf(source, name)
      const titles = name === 'items' ? prepared.titles : null
      await writeLines(join(folder, `${name}-metadata.tsv`), metadataLines(ids, titles, counts), signal)
    }
  },
  tables: {
    expected: (source) => expectedOf(source, tabCell),
    found: async (folder) => ({
      by: ownReader,
      tables: (await sidesIn(folder, '-vectors.tsv')).map((name) => rowsOf(name, projectedRows(folder, name))),
    }),
  },
}

/** The vectors that there are, `toName` being how an id is written. */
async function expectedOf(source: ExportSource, toName = (id: string) => id): Promise<TableRows[]> {
  return (await sidesOf(source)).map(({ name, vectors, ids }) => rowsOf(name, namedVectors(vectors, ids.map(toName))))
}

function* namedVectors(vectors: Vectors, names: readonly string[]): Iterable<TableRow> {
  for (const [row, name] of names.entries()) yield { names: [name], numbers: rowOf(vectors, row) }
}

async function sidesIn(folder: string, ending: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith(ending)).map((name) => name.slice(0, -ending.length))
}

/** A line of each file belongs to a line of the other one, behind its header. */
async function* projectedRows(folder: string, name: string): AsyncIterable<TableRow> {
  const metadata = linesOf(join(folder, `${name}-metadata.tsv`))[Symbol.asyncIterator]()
  await metadata.next()
  for await (const line of linesOf(join(folder, `${name}-vectors.tsv`))) {
    const [id] = String((await metadata.next()).value).split('\t')
    yield { names: [id], numbers: line.split('\t').map(Number) }
  }
}

const rowOf = ({ data, dimensions }: Vectors, row: number) => [
  ...data.subarray(row * dimensions, (row + 1) * dimensions),
]

function* idsAndVectors(ids: readonly string[], vectors: Vectors): Iterable<[string, number[]]> {
  for (const [row, id] of ids.entries()) yield [id, rowOf(vectors, row)]
}

function* csvLines(ids: readonly string[], vectors: Vectors): Iterable<string> {
  const names = Array.from({ length: vectors.dimensions }, (_, at) => `v${at}`)
  yield `\ufeff${csvLine(['id', ...names])}`
  for (const [id, vector] of idsAndVectors(ids, vectors)) yield csvLine([id, ...vector])
}

function* vectorLines(vectors: Vectors): Iterable<string> {
  for (let row = 0; row < vectors.count; row++) yield `${rowOf(vectors, row).join('\t')}\n`
}

function* metadataLines(ids: readonly string[], titles: readonly string[] | null, counts: Uint32Array) {
  yield `${['id', ...(titles ? ['title'] : []), 'interactions'].join('\t')}\n`
  for (const [row, id] of ids.entries()) {
    yield `${[tabCell(id), ...(titles ? [tabCell(titles[row])] : []), counts[row]].join('\t')}\n`
  }
}

/** Training interactions of each user or item. */
function countsOf({ prepared: { train } }: ExportSource, side: Side['name']): Uint32Array {
  const counts = new Uint32Array(side === 'items' ? train.items : train.users)
  if (side === 'items') for (const item of train.itemIndices) counts[item]++
  else for (const user of counts.keys()) counts[user] = train.offsets[user + 1] - train.offsets[user]
  return counts
}
