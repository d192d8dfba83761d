import type { DuckDBConnection } from '@duckdb/node-api'
import { TopnError } from '../contract/errors'
import type { Column, ItemsFile } from '../contract/experiment'
import { locateColumn } from '../data/columns'
import { sniffFile } from '../data/sniff'
import { identifier } from './database'
import { type StagingContext, stageFile } from './staging'

export interface LoadedItems {
  /** A temporary table: item, title, and one text column for each feature. */
  table: string
  hasTitles: boolean
  features: string[]
  sha256: string
}

const idNames = ['itemid', 'item', 'id', 'movieid', 'productid', 'artistid', 'asin', 'trackid', 'bookid', 'songid']
const titleNames = ['title', 'movietitle', 'name', 'itemname', 'producttitle', 'productname']

/** Reads a file of item attributes. Of several rows with the same id the first counts. */
export async function loadItems(
  connection: DuckDBConnection,
  file: ItemsFile,
  context: StagingContext,
): Promise<LoadedItems> {
  const format = file.format ?? (await sniffFile(file.path)).format
  const staging = await stageFile(connection, file.path, format, context)
  const locate = (column: Column) => locateColumn(column, staging.header, staging.hasHeader, file.path)
  const proposed = proposeItemColumns(staging.header, staging.hasHeader)
  const id = file.id ?? proposed.id
  if (id === null) {
    const message = `${file.path}: say which column holds the item's id; the columns are ${staging.header.join(', ')}.`
    throw new TopnError('BAD_DATA', message, { file: file.path, field: 'items.id' })
  }
  const title = file.title ?? proposed.title
  const features = file.features ?? []
  const names = features.map((column) => staging.header[locate(column)])
  const cells = features.map((column, at) => `c${locate(column)} AS ${identifier(names[at])}`)
  const table = `${staging.table}_items`
  const place = locate(id)
  await connection.run(
    `CREATE TEMP TABLE ${table} AS SELECT c${place} AS item,
       ${title === null ? 'NULL::VARCHAR' : `c${locate(title)}`} AS title${cells.map((cell) => `, ${cell}`).join('')}
     FROM ${staging.table} WHERE c${place} IS NOT NULL QUALIFY row_number() OVER (PARTITION BY c${place} ORDER BY rowid) = 1`,
  )
  return { table, hasTitles: title !== null, features: names, sha256: staging.sha256 }
}

/** Id and title by header names; without a header the first two columns, as in MovieLens. */
export function proposeItemColumns(
  header: readonly string[],
  hasHeader: boolean,
): { id: Column | null; title: Column | null } {
  if (!hasHeader) return { id: 0, title: header.length > 1 ? 1 : null }
  const find = (names: string[]) => {
    const plain = (name: string) =>
      name
        .replace(/:.*$/, '')
        .toLowerCase()
        .replace(/[^a-z0-9]/g, '')
    const found = names.map((wanted) => header.find((name) => plain(name) === wanted)).find(Boolean)
    return found ?? null
  }
  return { id: find(idNames), title: find(titleNames) }
}
