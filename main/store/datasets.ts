import { randomUUID } from 'node:crypto'
import type { DuckDBConnection } from '@duckdb/node-api'
import { TopnError } from '../contract/errors'
import type { Attribute, CleanStep } from '../contract/experiment'
import type { DatasetRecord, PartCounts, RejectedRow, Remarks, UserSummary } from '../contract/records'
import type { EncodedInteractions } from '../data/prepared'
import type { SampleData } from '../data/sample'
import { clean } from './clean'
import { contentHash } from './clean/content-hash'
import { sourceOf } from './clean/source'
import { inTransaction, rows, type WorkspaceDatabase } from './database'
import { copyTables, type DatasetTables, dropTables, estimateTableBytes, keepRejects, tablesOf } from './dataset-tables'
import { forgetDeleted, notDeleted } from './deleted'
import { encodeTable } from './encode'
import { type Loaded, type LoadRequest, load } from './load'
import { loadSample } from './sample'
import { copySelections, dropSelectionsOf, findSelections } from './selections'

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
  /** With copies of its selections. */
  duplicateDataset(id: string, name: string): Promise<DatasetRecord>
  /** For good, with its tables. */
  deleteDataset(id: string): Promise<void>
  /** What is known of each item or user: columns of the tables `items_<id>` and `users_<id>`. */
  attributesOf(datasetId: string, of: 'items' | 'users'): Promise<Attribute[]>
  rejects(datasetId: string, limit: number, offset?: number): Promise<RejectedRow[]>
  searchUsers(datasetId: string, query: string, limit: number, offset?: number): Promise<UserSummary[]>
  /** What a recipe would leave after each step; nothing is kept. */
  tryCleaning(request: CleanRequest): Promise<CleanedSteps>
  /** The content hash takes about as long as a step of the recipe, so it is null unless it is wanted. */
  encode(
    request: CleanRequest & { contentHash?: boolean },
  ): Promise<{ encoded: EncodedInteractions; clean: CleanedSteps; contentHash: string | null }>
}

/** What records of older versions do not have. */
const defaults: Partial<DatasetRecord> = { tags: [], notes: '', bytes: 0, itemAttributes: [], userAttributes: [] }

export function createDatasetStore(database: WorkspaceDatabase): DatasetStore {
  async function find(condition: string, values: string[] = []): Promise<DatasetRecord[]> {
    const sql = `SELECT record FROM datasets WHERE ${notDeleted('dataset', 'id')} AND ${condition} ORDER BY rowid`
    const found = await database.use((connection) => rows(connection, sql, values))
    return found.map((row) => ({ ...defaults, ...JSON.parse(String(row.record)) }))
  }

  async function dataset(id: string): Promise<DatasetRecord> {
    const [record] = await find('id = $1', [id])
    if (record) return record
    throw new TopnError('NOT_FOUND', `There is no dataset ${id}.`, { datasetId: id })
  }

  /** Reads a dataset in one transaction. Of equal ones under one name, read at the same moment or not, one is kept. */
  async function keepOnce(
    connection: DuckDBConnection,
    about: About,
    read: (tables: DatasetTables) => Promise<Loaded>,
  ): Promise<DatasetRecord> {
    const id = newId()
    await connection.run('BEGIN')
    try {
      const loaded = await read(tablesOf(id))
      return await database.inTurn(async () => {
        const same = (await find('true')).find(({ hash, name }) => hash === loaded.hash && name === about.name)
        const record = same ?? (await keep(connection, id, loaded, about))
        await connection.run(same ? 'ROLLBACK' : 'COMMIT')
        return record
      })
    } catch (error) {
      await connection.run('ROLLBACK').catch(() => {})
      throw error
    }
  }

  return {
    datasets: () => find('true'),
    dataset,
    loadDataset: (request) =>
      database.use((connection) => {
        const { source, name, parts = null } = request
        return keepOnce(connection, { name, source, parts }, (tables) => load(connection, tables, request))
      }, request.signal),
    insertDataset: (data) =>
      database.use((connection) => {
        const about = { name: data.name, source: { clean: [] }, parts: null }
        return keepOnce(connection, about, (tables) => loadSample(connection, tables, data))
      }),
    changeDataset: (id, changes) =>
      database.inTurn(async (connection) => {
        const record = { ...(await dataset(id)), ...changes }
        await connection.run('UPDATE datasets SET record = $2 WHERE id = $1', [id, JSON.stringify(record)])
        return record
      }),
    async duplicateDataset(id, name) {
      const original = await dataset(id)
      const selections = await findSelections(database, 'dataset = $1', [id])
      const copy = { ...original, id: newId(), name, createdAt: new Date().toISOString() }
      await database.use((connection) =>
        inTransaction(connection, async () => {
          await copyTables(connection, original.id, copy.id)
          await insertRecord(connection, copy)
          await copySelections(connection, selections, copy.id)
        }),
      )
      return copy
    },
    async deleteDataset(id) {
      await database.use((connection) =>
        inTransaction(connection, async () => {
          await connection.run('DELETE FROM datasets WHERE id = $1', [id])
          await dropTables(connection, id)
          await dropSelectionsOf(connection, id)
          await forgetDeleted(connection, 'dataset', id)
        }),
      )
    },
    async tryCleaning({ datasetId, clean: recipe, signal }) {
      const source = sourceOf(await dataset(datasetId))
      return database.use(async (connection) => (await clean(connection, source, recipe, signal)).steps, signal)
    },
    async attributesOf(id, of) {
      const { itemAttributes, userAttributes } = await dataset(id)
      return of === 'items' ? itemAttributes : userAttributes
    },
    async rejects(id, limit, offset = 0) {
      const { rejects } = tablesOf((await dataset(id)).id)
      const sql = `SELECT file, line, reason, text FROM ${rejects} ORDER BY file, line LIMIT $1 OFFSET $2`
      const found = await database.use((connection) => rows(connection, sql, [limit, offset]))
      return found.map((row) => ({
        file: String(row.file),
        line: Number(row.line),
        reason: String(row.reason),
        text: String(row.text),
      }))
    },
    async searchUsers(id, query, limit, offset = 0) {
      const { interactions } = tablesOf((await dataset(id)).id)
      const found = await database.use((connection) =>
        rows(
          connection,
          `SELECT "user", count(*) AS interactions FROM ${interactions} WHERE contains(lower("user"), lower($1))
           GROUP BY "user" ORDER BY "user" = $1 DESC, interactions DESC, "user" LIMIT $2 OFFSET $3`,
          [query, limit, offset],
        ),
      )
      return found.map((row) => ({ user: String(row.user), interactions: Number(row.interactions) }))
    },
    async encode({ datasetId, clean: recipe, contentHash: isHashed, signal }) {
      const record = await dataset(datasetId)
      const { items } = tablesOf(datasetId)
      return database.use(async (connection) => {
        const { stage, steps } = await clean(connection, sourceOf(record), recipe, signal)
        const encoded = await encodeTable(connection, stage.table, record.hasTitles ? items : null)
        return { encoded, clean: steps, contentHash: isHashed ? await contentHash(connection, stage.table) : null }
      }, signal)
    },
  }
}

type About = Pick<DatasetRecord, 'name' | 'source' | 'parts'>

/** Makes loaded tables part of the workspace. */
async function keep(connection: DuckDBConnection, id: string, loaded: Loaded, about: About): Promise<DatasetRecord> {
  const record: DatasetRecord = {
    id,
    ...about,
    tags: [],
    notes: '',
    hash: loaded.hash,
    createdAt: new Date().toISOString(),
    profile: loaded.profile,
    hasTitles: loaded.items?.hasTitles ?? false,
    itemAttributes: loaded.items?.attributes ?? [],
    userAttributes: loaded.users?.attributes ?? [],
    bytes: await estimateTableBytes(connection, tablesOf(id), loaded),
  }
  await keepRejects(connection, tablesOf(id), loaded.rejects)
  await insertRecord(connection, record)
  return record
}

async function insertRecord(connection: DuckDBConnection, record: DatasetRecord): Promise<void> {
  await connection.run('INSERT INTO datasets VALUES ($1, $2)', [record.id, JSON.stringify(record)])
}

function newId(): string {
  return randomUUID().replaceAll('-', '').slice(0, 12)
}
