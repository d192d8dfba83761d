import type { DuckDBConnection } from '@duckdb/node-api'
import { TopnError } from '../contract/errors'
import type { Attribute, Column, ItemsFile } from '../contract/experiment'
import type { RejectedRow } from '../contract/records'
import { proposeKind, separatorFor } from '../data/attributes'
import { locateColumn, proposeAttributeColumns } from '../data/columns'
import { count, rows } from './database'
import { lookAtFile } from './look'
import { pseudonymOf } from './pseudonyms'
import { stageFile } from './stage-file'
import { keptRejects, keptText, newTable, type Staging, type StagingContext } from './staging'

/** Whom a file of attributes is about: its id column in the store's table. */
export type Side = 'item' | 'user'

export interface LoadedAttributes {
  hasTitles: boolean
  attributes: Attribute[]
  /** What was read and how, for the dataset's fingerprint. */
  used: object
  sha256: string
  rejects: RejectedRow[]
}

interface Chosen {
  id: number
  title: number | null
  features: { column: number; name: string; type?: Attribute['type'] | undefined; separator?: string | undefined }[]
}

const sampledRows = 1000

/**
 * Reads a file of attributes into a table: the id as `item` or `user`, for items their `title`, and the attributes as
 * text columns `feature_0`, `feature_1`, ... as the file has them. Of several rows with the same id the first counts.
 */
export async function loadAttributes(
  file: ItemsFile,
  side: Side,
  table: string,
  context: StagingContext,
): Promise<LoadedAttributes> {
  const { connection } = context
  const { features = [] } = file
  const named = features.map((feature) => (typeof feature === 'object' ? feature.column : feature))
  const look = await lookAtFile(file.path, { format: file.format, columns: [file.id, file.title, ...named] })
  const staging = await stageFile(file.path, look, { ...context, file: file.path })
  const chosen = chooseColumns(file, side, staging)
  const staged = newTable()
  await connection.run(`CREATE TEMP TABLE ${staged} AS SELECT *, row_number() OVER () - 1 AS row,
    ${staging.broken} AS broken FROM ${staging.source}`)
  const settled = await staging.settle(await count(connection, `SELECT count(*) FROM ${staged}`))
  const title = side === 'item' ? `, ${chosen.title === null ? 'NULL::VARCHAR' : `c${chosen.title}`} AS title` : ''
  const cells = chosen.features.map(({ column }, at) => `, c${column} AS feature_${at}`).join('')
  const reason = reasonExpression(`c${chosen.id}`, side)
  const isHidden = context.pseudonymised.includes(`${side}s`)
  const id = isHidden ? pseudonymOf(`c${chosen.id}`) : `c${chosen.id}`
  await connection.run(
    `CREATE TABLE ${table} AS SELECT ${id} AS "${side}"${title}${cells} FROM ${staged}
     WHERE broken IS NULL AND c${chosen.id} IS NOT NULL
     QUALIFY row_number() OVER (PARTITION BY c${chosen.id} ORDER BY row) = 1`,
  )
  const found = await rows(
    connection,
    `SELECT row, ${reason} AS reason, left(${staging.text}, ${keptText}) AS text FROM ${staged}
     QUALIFY reason IS NOT NULL ORDER BY row LIMIT ${keptRejects}`,
  )
  const lines = await settled.linesOf(found.map(({ row }) => Number(row)))
  const rejects = found.map((row, at) => ({
    file: file.path,
    line: lines[at],
    reason: String(row.reason),
    text: String(row.text),
  }))
  await connection.run(`DROP TABLE ${staged}`)
  return {
    hasTitles: chosen.title !== null,
    attributes: await describe(connection, table, chosen),
    used: { format: look.format, ...chosen },
    sha256: staging.sha256,
    rejects: [...settled.rejected, ...rejects].sort((a, b) => a.line - b.line),
  }
}

function reasonExpression(id: string, side: Side): string {
  return `CASE WHEN broken IS NOT NULL THEN broken WHEN ${id} IS NULL THEN 'The ${side} is empty.'
    WHEN row_number() OVER (PARTITION BY ${id} ORDER BY row) > 1 THEN 'An earlier row has the same ${side}.' END`
}

function chooseColumns(file: ItemsFile, side: Side, { header, hasHeader }: Staging): Chosen {
  const locate = (column: Column) => locateColumn(column, header, hasHeader, file.path)
  const proposed = proposeAttributeColumns(header, hasHeader, side)
  const id = file.id ?? proposed.id
  if (id === null) {
    const message = `${file.path}: say which column holds the ${side}'s id; the columns are ${header.join(', ')}.`
    throw new TopnError('BAD_DATA', message, { file: file.path, field: `${side}s.id` })
  }
  const title = side === 'item' ? (file.title ?? proposed.title) : null
  const features = (file.features ?? proposed.features).map((feature) => {
    const given = typeof feature === 'object' ? feature : { column: feature }
    const column = locate(given.column)
    return { ...given, column, name: given.name ?? header[column] }
  })
  return { id: locate(id), title: title === null ? null : locate(title), features }
}

/** Types that were not given are proposed from the first rows. */
async function describe(connection: DuckDBConnection, table: string, { features }: Chosen): Promise<Attribute[]> {
  if (features.length === 0) return []
  const columns = features.map((_, at) => `feature_${at}`)
  const reader = await connection.runAndReadAll(`SELECT ${columns} FROM ${table} LIMIT ${sampledRows}`)
  const sample = reader.getColumns()
  return features.map(({ name, type, separator }, at) => {
    const cells = (sample[at] ?? []).filter((cell) => cell !== null).map(String)
    const proposed = proposeKind(name, cells)
    const chosen = type ?? proposed.type
    return { name, type: chosen, separator: separatorFor(chosen, separator, proposed), column: columns[at] }
  })
}
