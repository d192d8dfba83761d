import { rows, type WorkspaceDatabase } from './database'

/** What screens remember in this workspace: any JSON under a key. */
export interface SettingsStore {
  settings(): Promise<Record<string, unknown>>
  remember(key: string, value: unknown): Promise<void>
}

export function createSettingsStore(database: WorkspaceDatabase): SettingsStore {
  return {
    async settings() {
      const found = await database.use((connection) => rows(connection, 'SELECT key, value FROM settings ORDER BY key'))
      return Object.fromEntries(found.map((row) => [String(row.key), JSON.parse(String(row.value))]))
    },
    async remember(key, value) {
      await database.inTurn((connection) =>
        connection.run('INSERT OR REPLACE INTO settings VALUES ($1, $2)', [key, JSON.stringify(value)]),
      )
    },
  }
}
