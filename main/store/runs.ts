import type { RunRecord } from '../contract/records'
import type { SelectionMetrics } from '../contract/selections'
import type { TopLists } from '../evaluation/lists'
import type { UserMetrics } from '../training/results'
import { inTransaction, rows, type WorkspaceDatabase } from './database'
import { forgetDeleted } from './deleted'
import {
  copyResults,
  type Deviation,
  deleteResults,
  deviationOfDifferences,
  readList,
  readMeans,
  saveResults,
} from './results'
import { readUserValues, type UserValues } from './user-values'

/** Runs and their results. */
export interface RunStore {
  saveRun(record: RunRecord): Promise<void>
  runs(): Promise<RunRecord[]>
  /** For good, with its results. */
  deleteRun(id: string): Promise<void>
  saveRunResults(runId: string, results: { lists: TopLists; userMetrics: UserMetrics }): Promise<void>
  copyRunResults(from: string, to: string): Promise<void>
  /** How far apart runs on the same users are: see `deviationOfDifferences`. */
  deviationOfDifferences(runIds: string[], key: string): Promise<Deviation>
  /** A metric's values of the users that all of some runs have judged. */
  userValues(runIds: readonly string[], key: string): Promise<UserValues>
  listOf(runId: string, user: number): Promise<{ items: Uint32Array; scores: Float32Array } | null>
  /** Metrics of single lists over some users, by index. */
  metricsOver(runId: string, users: readonly number[]): Promise<SelectionMetrics>
}

/** What records of older versions do not have. */
const defaults: Partial<RunRecord> = { tags: [], notes: '', bytes: 0, dataHash: '', leftOut: {} }

export function createRunStore(database: WorkspaceDatabase): RunStore {
  return {
    async saveRun(record) {
      await database.inTurn((connection) =>
        connection.run('INSERT OR REPLACE INTO runs VALUES ($1, $2)', [record.id, JSON.stringify(record)]),
      )
    },
    async runs() {
      const found = await database.use((connection) => rows(connection, 'SELECT record FROM runs'))
      const records: RunRecord[] = found.map((row) => ({ ...defaults, ...JSON.parse(String(row.record)) }))
      return records.sort((a, b) => a.createdAt.localeCompare(b.createdAt))
    },
    async deleteRun(id) {
      await database.use((connection) =>
        inTransaction(connection, async () => {
          await connection.run('DELETE FROM runs WHERE id = $1', [id])
          await deleteResults(connection, id)
          await forgetDeleted(connection, 'run', id)
        }),
      )
    },
    saveRunResults: (runId, results) => database.use((connection) => saveResults(connection, runId, results)),
    copyRunResults: (from, to) => database.use((connection) => copyResults(connection, from, to)),
    deviationOfDifferences: (runIds, key) =>
      database.use((connection) => deviationOfDifferences(connection, runIds, key)),
    userValues: (runIds, key) => database.use((connection) => readUserValues(connection, runIds, key)),
    listOf: (runId, user) => database.use((connection) => readList(connection, runId, user)),
    metricsOver: (runId, users) => database.use((connection) => readMeans(connection, runId, users)),
  }
}
