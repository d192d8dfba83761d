import type { DuckDBConnection } from '@duckdb/node-api'
import { rows, type WorkspaceDatabase } from './database'

export type DeletedKind = 'dataset' | 'run' | 'study' | 'selection' | 'projection'

/** What the user has deleted but may still restore. */
export interface DeletedStore {
  markDeleted(kind: DeletedKind, id: string): Promise<void>
  unmarkDeleted(kind: DeletedKind, id: string): Promise<void>
  deleted(): Promise<{ kind: DeletedKind; id: string }[]>
}

export function createDeletedStore(database: WorkspaceDatabase): DeletedStore {
  return {
    async markDeleted(kind, id) {
      await database.inTurn((connection) =>
        connection.run('INSERT OR REPLACE INTO deleted VALUES ($1, $2)', [kind, id]),
      )
    },
    unmarkDeleted: (kind, id) => database.inTurn((connection) => forgetDeleted(connection, kind, id)),
    async deleted() {
      const found = await database.use((connection) => rows(connection, 'SELECT kind, id FROM deleted'))
      return found.map((row) => ({ kind: String(row.kind) as DeletedKind, id: String(row.id) }))
    },
  }
}

export async function forgetDeleted(connection: DuckDBConnection, kind: DeletedKind, id: string): Promise<void> {
  await connection.run('DELETE FROM deleted WHERE kind = $1 AND id = $2', [kind, id])
}

/** The condition that the id in a column is not marked. */
export function notDeleted(kind: DeletedKind, column: string): string {
  return `${column} NOT IN (SELECT id FROM deleted WHERE kind = '${kind}')`
}
