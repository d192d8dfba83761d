import type { DatasetSpec } from '../../contract/experiment'
import type { ReadCounts, RejectedRow } from '../../contract/records'
import { openMemoryDatabase } from '../database'
import { tablesOf } from '../dataset-tables'
import { type LoadRequest, load } from '../load'

export interface ReadFile {
  /** user, item, rating, timestamp of each kept row, in file order. */
  rows: unknown[][]
  counts: ReadCounts
  rejects: Omit<RejectedRow, 'file'>[]
}

export const quiet = () => ({ report() {}, signal: new AbortController().signal })

/** Reads a source without a workspace and answers all of its rows. */
export async function read(source: Partial<DatasetSpec>, parts?: LoadRequest['parts']): Promise<ReadFile> {
  const database = await openMemoryDatabase()
  try {
    return await database.use(async (connection) => {
      const request = { source: { clean: [], ...source }, ...(parts && { parts }), ...quiet() }
      const tables = tablesOf('read')
      const loaded = await load(connection, tables, request)
      const sql = `SELECT "user", item, rating, timestamp FROM ${tables.interactions} ORDER BY rowid`
      const rows = (await connection.runAndReadAll(sql)).getRows()
      const rejects = loaded.rejects.map(({ line, reason, text }) => ({ line, reason, text }))
      return { rows, counts: loaded.profile.counts, rejects }
    })
  } finally {
    database.close()
  }
}
