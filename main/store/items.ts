import type { DuckDBConnection } from '@duckdb/node-api'
import { TopnError } from '../contract/errors'
import type { Column, ItemsFile } from '../contract/experiment'
import type { RejectedRow } from '../contract/records'
import { locateColumn, proposeItemColumns } from '../data/columns'
import { sniffFile } from '../data/sniff'
import { stageFile } from './stage-file'
import type { Staging, StagingContext } from './staging'

export interface LoadedItems {
  /** A temporary table: item, title, and the features as text columns `feature_0`, `feature_1`, ... */
  table: string
  hasTitles: boolean
  /** The names of the features. */
  features: string[]
  /** The positions of the columns that were read, for the dataset's fingerprint. */
  used: { id: number; title: number | null; features: number[] }
  sha256: string
  rejects: RejectedRow[]
}

/** Reads a file of item attributes. Of several rows with the same id the first counts. */
export async function loadItems(
  connection: DuckDBConnection,
  file: ItemsFile,
  context: StagingContext,
): Promise<LoadedItems> {
  const { format } = await sniffFile(file.path, {
    format: file.format,
    columns: [file.id, file.title, ...(file.features ?? [])],
  })
  const staging = await stageFile(connection, file.path, format, context)
  const used = chooseColumns(file, staging)
  const table = `${staging.table}_items`
  const id = `c${used.id}`
  const title = used.title === null ? 'NULL::VARCHAR' : `c${used.title}`
  const features = used.features.map((column, at) => `, c${column} AS feature_${at}`).join('')
  await connection.run(
    `CREATE TEMP TABLE ${table} AS SELECT ${id} AS item, ${title} AS title${features} FROM ${staging.table}
     WHERE ${id} IS NOT NULL QUALIFY row_number() OVER (PARTITION BY ${id} ORDER BY rowid) = 1`,
  )
  return {
    table,
    hasTitles: used.title !== null,
    features: used.features.map((column) => staging.header[column]),
    used,
    sha256: staging.sha256,
    rejects: staging.rejected,
  }
}

function chooseColumns(file: ItemsFile, { header, hasHeader }: Staging): LoadedItems['used'] {
  const locate = (column: Column) => locateColumn(column, header, hasHeader, file.path)
  const proposed = proposeItemColumns(header, hasHeader)
  const id = file.id ?? proposed.id
  if (id === null) {
    const message = `${file.path}: say which column holds the item's id; the columns are ${header.join(', ')}.`
    throw new TopnError('BAD_DATA', message, { file: file.path, field: 'items.id' })
  }
  const title = file.title ?? proposed.title
  const features = file.features ?? proposed.features
  return { id: locate(id), title: title === null ? null : locate(title), features: features.map(locate) }
}
