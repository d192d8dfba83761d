import { randomUUID } from 'node:crypto'
import type { DuckDBConnection } from '@duckdb/node-api'
import { TopnError } from '../contract/errors'
import type { CleanStep } from '../contract/experiment'
import type { DatasetRecord, PartCounts, RejectedRow, Remarks, UserSummary } from '../contract/records'
import type { EncodedInteractions } from '../data/prepared'
import type { SampleData } from '../data/sample'
import { clean } from './clean'
import { inTransaction, rows, type WorkspaceDatabase } from './database'
import { copyTables, createTables, dropTables, estimateTableBytes, tablesOf } from './dataset-tables'
import { forgetDeleted } from './deleted'
import { encodeTable } from './encode'
import { type Loaded, type LoadRequest, load } from './load'
import { loadSample } from './sample'

interface CleanRequest {
  datasetId: string
  clean: CleanStep[]
  signal: AbortSignal
}
type CleanedSteps = { step: CleanStep; after: PartCounts }[]

/** Datasets. Those that are marked as deleted are not there for any of these but `deleteDataset`. */
export interface DatasetStore {
  /** Reads a source; answers the dataset there is where the same content was read under the same name before. */
  loadDataset(request: LoadRequest & { name: string }): Promise<DatasetRecord>
  /** As `loadDataset`, of data that no file holds. */
  insertDataset(data: SampleData & { name: string }): Promise<DatasetRecord>
  datasets(): Promise<DatasetRecord[]>
  dataset(id: string): Promise<DatasetRecord>
  changeDataset(id: string, changes: Partial<Remarks>): Promise<DatasetRecord>
  duplicateDataset(id: string, name: string): Promise<DatasetRecord>
  /** For good, with its tables. */
  deleteDataset(id: string): Promise<void>
  rejects(datasetId: string, limit: number): Promise<RejectedRow[]>
  searchUsers(datasetId: string, query: string, limit: number): Promise<UserSummary[]>
  /** What a recipe would leave after each step; nothing is kept. */
  tryCleaning(request: CleanRequest): Promise<CleanedSteps>
  encode(request: CleanRequest): Promise<{ encoded: EncodedInteractions; clean: CleanedSteps; sql: string[] }>
}

/** What records of older versions do not have. */
const defaults: Partial<DatasetRecord> = { tags: [], notes: '', bytes: 0 }
const notDeleted = "id NOT IN (SELECT id FROM deleted WHERE kind = 'dataset')"

export function createDatasetStore(database: WorkspaceDatabase): DatasetStore {
  async function find(condition: string, values: string[] = []): Promise<DatasetRecord[]> {
    const sql = `SELECT record FROM datasets WHERE ${notDeleted} AND ${condition} ORDER BY rowid`
    const found = await database.use((connection) => rows(connection, sql, values))
    return found.map((row) => ({ ...defaults, ...JSON.parse(String(row.record)) }))
  }

  async function dataset(id: string): Promise<DatasetRecord> {
    const [record] = await find('id = $1', [id])
    if (record) return record
    throw new TopnError('NOT_FOUND', `There is no dataset ${id}.`, { datasetId: id })
  }

  /** In turn, so that the same content read twice at the same moment is one dataset too. */
  function keepOnce(connection: DuckDBConnection, loaded: Loaded, about: About): Promise<DatasetRecord> {
    return database.inTurn(async () => {
      const same = (await find('true')).find(({ hash, name }) => hash === loaded.hash && name === about.name)
      return same ?? keep(connection, loaded, about)
    })
  }

  return {
    datasets: () => find('true'),
    dataset,
    loadDataset: (request) =>
      database.use(async (connection) => {
        const { source, name, parts = null } = request
        return keepOnce(connection, await load(connection, request), { name, source, parts })
      }, request.signal),
    insertDataset: (data) =>
      database.use(async (connection) => {
        const loaded = await loadSample(connection, data)
        return keepOnce(connection, loaded, { name: data.name, source: { clean: [] }, parts: null })
      }),
    changeDataset: (id, changes) =>
      database.inTurn(async (connection) => {
        const record = { ...(await dataset(id)), ...changes }
        await connection.run('UPDATE datasets SET record = $2 WHERE id = $1', [id, JSON.stringify(record)])
        return record
      }),
    async duplicateDataset(id, name) {
      const original = await dataset(id)
      const copy = { ...original, id: newId(), name, createdAt: new Date().toISOString() }
      await database.use((connection) =>
        inTransaction(connection, async () => {
          await copyTables(connection, original, copy.id)
          await insertRecord(connection, copy)
        }),
      )
      return copy
    },
    async deleteDataset(id) {
      await database.use((connection) =>
        inTransaction(connection, async () => {
          await connection.run('DELETE FROM datasets WHERE id = $1', [id])
          await dropTables(connection, id)
          await forgetDeleted(connection, 'dataset', id)
        }),
      )
    },
    async tryCleaning({ datasetId, clean: recipe, signal }) {
      const { interactions } = tablesOf((await dataset(datasetId)).id)
      return database.use(async (connection) => (await clean(connection, interactions, recipe, signal)).steps, signal)
    },
    async rejects(id, limit) {
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
    async searchUsers(id, query, limit) {
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
    async encode({ datasetId, clean: recipe, signal }) {
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

type About = Pick<DatasetRecord, 'name' | 'source' | 'parts'>

/** Makes loaded tables part of the workspace, in one transaction. */
async function keep(connection: DuckDBConnection, loaded: Loaded, about: About): Promise<DatasetRecord> {
  const record: DatasetRecord = {
    id: newId(),
    ...about,
    tags: [],
    notes: '',
    hash: loaded.hash,
    createdAt: new Date().toISOString(),
    profile: loaded.profile,
    hasTitles: loaded.items?.hasTitles ?? false,
    features: loaded.items?.features ?? [],
    bytes: await estimateTableBytes(connection, loaded),
  }
  await inTransaction(connection, async () => {
    await createTables(connection, record.id, loaded)
    await insertRecord(connection, record)
  })
  return record
}

async function insertRecord(connection: DuckDBConnection, record: DatasetRecord): Promise<void> {
  await connection.run('INSERT INTO datasets VALUES ($1, $2)', [record.id, JSON.stringify(record)])
}

function newId(): string {
  return randomUUID().replaceAll('-', '').slice(0, 12)
}
