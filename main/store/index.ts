import type { Columns } from '../contract/experiment'
import type { Profile } from '../contract/records'
import { openMemoryDatabase } from './database'
import { tablesOf } from './dataset-tables'
import { load } from './load'

export { writeListsParquet } from './parquet'
export { openStore, type Store } from './store'

/** What is in an interactions file, without a workspace. */
export async function profileFile(path: string, options: { columns?: Columns }): Promise<Profile> {
  const database = await openMemoryDatabase()
  try {
    const source = { interactions: path, clean: [], ...options }
    const request = { source, report() {}, signal: new AbortController().signal }
    return await database.use(async (connection) => (await load(connection, tablesOf('file'), request)).profile)
  } finally {
    database.close()
  }
}
