import { createHash, randomUUID } from 'node:crypto'
import { DOUBLE, type DuckDBConnection, type DuckDBValue, INTEGER, VARCHAR } from '@duckdb/node-api'
import { TopnError } from '../contract/errors'
import type { CleanStep, FileFormat } from '../contract/experiment'
import type { DatasetRecord, FilePreview, PartCounts, RejectedRow, RunRecord, UserSummary } from '../contract/records'
import type { EncodedInteractions } from '../data/prepared'
import type { SampleData } from '../data/sample'
import type { TopLists } from '../evaluation/lists'
import type { UserMetrics } from '../training/results'
import { clean } from './clean'
import { type Database, inTransaction, openWorkspaceDatabase, rows } from './database'
import { encodeTable } from './encode'
import { type Loaded, type LoadRequest, load } from './load'
import { type NamedLists, writeListsParquet } from './parquet'
import { previewFile } from './preview'
import { profileInteractions } from './profile'
import { appendRows, deleteResults, readList, saveResults } from './results'

/** The workspace's database: datasets, runs and their results. */
export interface Store {
  previewFile(path: string, format?: FileFormat): Promise<FilePreview>
  /** Reads a source; answers the dataset there is where the same content was read under the same name before. */
  loadDataset(request: LoadRequest & { name: string }): Promise<DatasetRecord>
  insertDataset(data: SampleData & { name: string }): Promise<DatasetRecord>
  datasets(): Promise<DatasetRecord[]>
  dataset(id: string): Promise<DatasetRecord>
  deleteDataset(id: string): Promise<void>
  rejects(datasetId: string, limit: number): Promise<RejectedRow[]>
  searchUsers(datasetId: string, query: string, limit: number): Promise<UserSummary[]>
  encode(request: { datasetId: string; clean: CleanStep[]; signal: AbortSignal }): Promise<{
    encoded: EncodedInteractions
    clean: { step: CleanStep; after: PartCounts }[]
    sql: string[]
  }>
  saveRun(record: RunRecord): Promise<void>
  runs(): Promise<RunRecord[]>
  deleteRun(id: string): Promise<void>
  saveRunResults(runId: string, results: { lists: TopLists; userMetrics: UserMetrics }): Promise<void>
  listOf(runId: string, user: number): Promise<{ items: Uint32Array; scores: Float32Array } | null>
  writeLists(path: string, lists: NamedLists): Promise<void>
  close(): Promise<void>
}

export async function openStore(folder: string): Promise<Store> {
  const database = await openWorkspaceDatabase(folder)
  return {
    ...datasetStore(database),
    ...runStore(database),
    previewFile,
    writeLists: writeListsParquet,
    async close() {
      database.close()
    },
  }
}

function datasetStore(database: Database) {
  async function datasets(): Promise<DatasetRecord[]> {
    const found = await database.use((connection) => rows(connection, 'SELECT record FROM datasets ORDER BY rowid'))
    return found.map((row) => JSON.parse(String(row.record)))
  }

  async function dataset(id: string): Promise<DatasetRecord> {
    const found = await database.use((connection) =>
      rows(connection, 'SELECT record FROM datasets WHERE id = $1', [id]),
    )
    if (found.length === 0) throw new TopnError('NOT_FOUND', `There is no dataset ${id}.`, { datasetId: id })
    return JSON.parse(String(found[0].record))
  }

  return {
    datasets,
    dataset,
    loadDataset: (request: LoadRequest & { name: string }) =>
      database.use(async (connection) => {
        const loaded = await load(connection, request)
        const same = (await datasets()).find(({ hash, name }) => hash === loaded.hash && name === request.name)
        if (same) return same
        const { source, name, parts = null } = request
        return keep(connection, loaded, { name, source, parts })
      }, request.signal),
    insertDataset: (data: SampleData & { name: string }) =>
      database.use(async (connection) => {
        const loaded = await loadSample(connection, data)
        return keep(connection, loaded, { name: data.name, source: { clean: [] }, parts: null })
      }),
    async deleteDataset(id: string) {
      await dataset(id)
      await database.use((connection) =>
        inTransaction(connection, async () => {
          await connection.run('DELETE FROM datasets WHERE id = $1', [id])
          const tables = tablesOf(id)
          for (const table of Object.values(tables)) await connection.run(`DROP TABLE IF EXISTS ${table}`)
        }),
      )
    },
    async rejects(id: string, limit: number): Promise<RejectedRow[]> {
      const { rejects } = tablesOf((await dataset(id)).id)
      const sql = `SELECT file, line, reason, text FROM ${rejects} ORDER BY file, line LIMIT $1`
      const found = await database.use((connection) => rows(connection, sql, [limit]))
      return found.map((row) => ({
        file: String(row.file),
        line: Number(row.line),
        reason: String(row.reason),
        text: String(row.text),
      }))
    },
    async searchUsers(id: string, query: string, limit: number): Promise<UserSummary[]> {
      const { interactions } = tablesOf((await dataset(id)).id)
      const found = await database.use((connection) =>
        rows(
          connection,
          `SELECT "user", count(*) AS interactions FROM ${interactions} WHERE contains(lower("user"), lower($1))
           GROUP BY "user" ORDER BY "user" = $1 DESC, interactions DESC, "user" LIMIT $2`,
          [query, limit],
        ),
      )
      return found.map((row) => ({ user: String(row.user), interactions: Number(row.interactions) }))
    },
    async encode({ datasetId, clean: recipe, signal }: { datasetId: string; clean: CleanStep[]; signal: AbortSignal }) {
      const record = await dataset(datasetId)
      const { interactions, items } = tablesOf(datasetId)
      return database.use(async (connection) => {
        const { table, steps, sql } = await clean(connection, interactions, recipe, signal)
        const encoded = await encodeTable(connection, table, record.hasTitles ? items : null)
        return { encoded, clean: steps, sql }
      }, signal)
    },
  }
}

function runStore(database: Database) {
  return {
    async saveRun(record: RunRecord) {
      await database.use((connection) =>
        connection.run('INSERT OR REPLACE INTO runs VALUES ($1, $2)', [record.id, JSON.stringify(record)]),
      )
    },
    async runs(): Promise<RunRecord[]> {
      const found = await database.use((connection) => rows(connection, 'SELECT record FROM runs'))
      const records: RunRecord[] = found.map((row) => JSON.parse(String(row.record)))
      return records.sort((a, b) => a.createdAt.localeCompare(b.createdAt))
    },
    async deleteRun(id: string) {
      await database.use((connection) =>
        inTransaction(connection, async () => {
          await connection.run('DELETE FROM runs WHERE id = $1', [id])
          await deleteResults(connection, id)
        }),
      )
    },
    saveRunResults: (runId: string, results: { lists: TopLists; userMetrics: UserMetrics }) =>
      database.use((connection) => saveResults(connection, runId, results)),
    listOf: (runId: string, user: number) => database.use((connection) => readList(connection, runId, user)),
  }
}

/** A dataset's own tables. Ids are made here, so the names need no quoting. */
function tablesOf(id: string) {
  const suffix = id.replace(/[^a-z0-9]/g, '')
  return { interactions: `interactions_${suffix}`, items: `items_${suffix}`, rejects: `rejects_${suffix}` }
}

type About = Pick<DatasetRecord, 'name' | 'source' | 'parts'>

/** Makes loaded tables part of the workspace, in one transaction. */
async function keep(connection: DuckDBConnection, loaded: Loaded, about: About): Promise<DatasetRecord> {
  const id = randomUUID().replaceAll('-', '').slice(0, 12)
  const tables = tablesOf(id)
  const record: DatasetRecord = {
    id,
    ...about,
    hash: loaded.hash,
    createdAt: new Date().toISOString(),
    profile: loaded.profile,
    hasTitles: loaded.items?.hasTitles ?? false,
    features: loaded.items?.features ?? [],
  }
  await inTransaction(connection, async () => {
    await connection.run(`CREATE TABLE ${tables.interactions} AS SELECT * FROM ${loaded.interactions}`)
    if (loaded.items) await connection.run(`CREATE TABLE ${tables.items} AS SELECT * FROM ${loaded.items.table}`)
    await connection.run(`CREATE TABLE ${tables.rejects} (file VARCHAR, line INTEGER, reason VARCHAR, text VARCHAR)`)
    const rejects = loaded.rejects.map(({ file, line, reason, text }) => [file, line, reason, text])
    await appendRows(connection, tables.rejects, [VARCHAR, INTEGER, VARCHAR, VARCHAR], rejects)
    await connection.run('INSERT INTO datasets VALUES ($1, $2)', [id, JSON.stringify(record)])
  })
  return record
}

/** The built-in sample as loaded tables. */
async function loadSample(connection: DuckDBConnection, data: SampleData): Promise<Loaded> {
  const rowCount = data.users.length
  await connection.run(
    `CREATE TEMP TABLE sample (row DOUBLE, "user" VARCHAR, item VARCHAR, rating DOUBLE, timestamp DOUBLE);
     CREATE TEMP TABLE sample_items (item VARCHAR, title VARCHAR, feature_0 VARCHAR)`,
  )
  const interactions = data.users.map((user, at): DuckDBValue[] => [
    at,
    user,
    data.items[at],
    data.ratings[at],
    data.timestamps[at],
  ])
  await appendRows(connection, 'sample', [DOUBLE, VARCHAR, VARCHAR, DOUBLE, DOUBLE], interactions)
  const catalogue = data.catalogue.map(({ id, title, genres }): DuckDBValue[] => [id, title, genres.join('|')])
  await appendRows(connection, 'sample_items', [VARCHAR, VARCHAR, VARCHAR], catalogue)
  await connection.run(
    `CREATE TEMP TABLE loaded AS SELECT row::BIGINT AS row, "user", item, rating, timestamp, NULL::UTINYINT AS part FROM sample`,
  )
  const counts = { bytes: 0, lines: rowCount, skipped: 0, kept: rowCount, rejected: 0 }
  return {
    interactions: 'loaded',
    items: { table: 'sample_items', hasTitles: true, features: ['genres'] },
    rejects: [],
    profile: await profileInteractions(connection, 'loaded', counts, []),
    hash: createHash('sha256').update(JSON.stringify(data)).digest('hex'),
  }
}
