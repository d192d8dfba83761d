import { stat } from 'node:fs/promises'
import type { Columns, DatasetSpec } from '../contract/experiment'
import type { Profile } from '../contract/records'
import { recogniseFolder } from '../data/folder'
import { openMemoryDatabase } from './database'
import { tablesOf } from './dataset-tables'
import { type LoadRequest, load } from './load'

export { type TableCell, type TableColumn, writeListsParquet, writeTableParquet } from './parquet'
export { countParquetRows, readParquetRows } from './read-parquet'
export { type ReadCell, readTableParquet } from './read-table'
export { openStore, type Store } from './store'

/** What is in an interactions file, or in a folder as its layout proposes it, without a workspace. */
export async function profileFile(path: string, options: { columns?: Columns }): Promise<Profile> {
  const database = await openMemoryDatabase()
  try {
    const { parts, ...found } = await interactionsIn(path)
    const source = { ...found, clean: [], ...options }
    const request = { source, ...(parts && { parts }), report() {}, signal: new AbortController().signal }
    return await database.use(async (connection) => (await load(connection, tablesOf('file'), request)).profile)
  } finally {
    database.close()
  }
}

async function interactionsIn(path: string): Promise<Pick<LoadRequest, 'parts'> & Omit<DatasetSpec, 'clean'>> {
  const found = await stat(path).catch(() => null)
  if (!found?.isDirectory()) return { interactions: path }
  const { open } = await recogniseFolder(path)
  const { path: interactions, parts, columns, format } = open
  return {
    ...(interactions && { interactions }),
    ...(parts && { parts }),
    ...(columns && { columns }),
    ...(format && { format }),
  }
}
