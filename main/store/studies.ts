import type { StudyRecord, TrialRecord } from '../contract/tuning'
import { inTransaction, rows, type WorkspaceDatabase } from './database'
import { forgetDeleted } from './deleted'

/** Studies and their trials. */
export interface StudyStore {
  saveStudy(record: StudyRecord): Promise<void>
  studies(): Promise<StudyRecord[]>
  /** For good, with its trials. */
  deleteStudy(id: string): Promise<void>
  saveTrial(record: TrialRecord): Promise<void>
  /** By number. */
  trials(studyId: string): Promise<TrialRecord[]>
}

export function createStudyStore(database: WorkspaceDatabase): StudyStore {
  return {
    async saveStudy(record) {
      await database.inTurn((connection) =>
        connection.run('INSERT OR REPLACE INTO studies VALUES ($1, $2)', [record.id, JSON.stringify(record)]),
      )
    },
    async studies() {
      const found = await database.use((connection) => rows(connection, 'SELECT record FROM studies'))
      const records: StudyRecord[] = found.map((row) => JSON.parse(String(row.record)))
      return records.sort((a, b) => a.createdAt.localeCompare(b.createdAt))
    },
    async deleteStudy(id) {
      await database.use((connection) =>
        inTransaction(connection, async () => {
          await connection.run('DELETE FROM studies WHERE id = $1', [id])
          await connection.run('DELETE FROM trials WHERE study = $1', [id])
          await forgetDeleted(connection, 'study', id)
        }),
      )
    },
    async saveTrial(record) {
      const { studyId, number } = record
      await database.inTurn((connection) =>
        connection.run('INSERT OR REPLACE INTO trials VALUES ($1, $2, $3)', [studyId, number, JSON.stringify(record)]),
      )
    },
    async trials(studyId) {
      const found = await database.use((connection) =>
        rows(connection, 'SELECT record FROM trials WHERE study = $1 ORDER BY number', [studyId]),
      )
      return found.map((row) => JSON.parse(String(row.record)))
    },
  }
}
