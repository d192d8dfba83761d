import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from '@duckdb/node-api'
import { TopnError } from '../contract/errors'

const databaseName = 'topn.duckdb'
const schemaVersion = 1

const settings = {
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
}

/** A DuckDB database: the file of a workspace, or one in memory for a single file's profile. */
export interface Database {
  /** Runs `work` on a connection of its own; temporary tables and transactions end with it. An abort interrupts it. */
  use<T>(work: (connection: DuckDBConnection) => Promise<T>, signal?: AbortSignal): Promise<T>
  close(): void
}

export async function openMemoryDatabase(): Promise<Database> {
  return wrap(await DuckDBInstance.create(':memory:', settings))
}

/** Opens a workspace's database, or makes it. Throws WORKSPACE_IN_USE where another process has it open. */
export async function openWorkspaceDatabase(folder: string): Promise<Database> {
  await mkdir(folder, { recursive: true }).catch((cause) => {
    throw new TopnError(
      'BAD_DATA',
      `The workspace ${folder} cannot be made. Choose another folder.`,
      { file: folder },
      { cause },
    )
  })
  const path = join(folder, databaseName)
  const instance = await DuckDBInstance.create(path, settings).catch((cause) => {
    throw explainOpening(cause, folder, path)
  })
  const database = wrap(instance)
  await database.use((connection) => migrate(connection, path))
  return database
}

function wrap(instance: DuckDBInstance): Database {
  return {
    async use(work, signal) {
      signal?.throwIfAborted()
      const connection = await instance.connect()
      const interrupt = () => connection.interrupt()
      signal?.addEventListener('abort', interrupt)
      try {
        await connection.run("SET TimeZone = 'UTC'")
        return await work(connection)
      } catch (error) {
        signal?.throwIfAborted()
        throw error
      } finally {
        signal?.removeEventListener('abort', interrupt)
        connection.closeSync()
      }
    },
    close: () => instance.closeSync(),
  }
}

function explainOpening(cause: unknown, folder: string, path: string): TopnError {
  const text = cause instanceof Error ? cause.message : String(cause)
  if (/lock/i.test(text)) {
    const owner = Number(/PID (\d+)/.exec(text)?.[1] ?? 0)
    const who = owner ? `process ${owner}` : 'another process'
    const message = `The workspace ${folder} is open in ${who}. Close it there, or choose another workspace.`
    return new TopnError('WORKSPACE_IN_USE', message, { owner, file: folder }, { cause })
  }
  const message = `${path} is damaged or not a workspace of TopN. Restore it from a copy, or choose another workspace.`
  return new TopnError('BAD_DATA', message, { file: path }, { cause })
}

async function migrate(connection: DuckDBConnection, path: string): Promise<void> {
  await connection.run(`
    CREATE TABLE IF NOT EXISTS workspace (schema_version INTEGER NOT NULL);
    CREATE TABLE IF NOT EXISTS datasets (id VARCHAR PRIMARY KEY, record VARCHAR NOT NULL);
    CREATE TABLE IF NOT EXISTS runs (id VARCHAR PRIMARY KEY, record VARCHAR NOT NULL);
    CREATE TABLE IF NOT EXISTS user_metrics (run VARCHAR, user_index UINTEGER, key VARCHAR, value DOUBLE);
    CREATE TABLE IF NOT EXISTS lists (run VARCHAR, user_index UINTEGER, rank UINTEGER, item_index UINTEGER, score FLOAT);
  `)
  const [row] = await rows(connection, 'SELECT max(schema_version) AS version FROM workspace')
  if (row.version === null) await connection.run('INSERT INTO workspace VALUES ($1)', [schemaVersion])
  else if (Number(row.version) > schemaVersion) {
    const message = `${path} was written by a newer TopN. Open it with that version.`
    throw new TopnError('BAD_DATA', message, { file: path })
  }
}

export type Row = Record<string, DuckDBValue>

/** All rows of a query, for small answers. */
export async function rows(connection: DuckDBConnection, sql: string, values: DuckDBValue[] = []): Promise<Row[]> {
  return (await connection.runAndReadAll(sql, values)).getRowObjects()
}

/** The one number that a query answers. */
export async function count(connection: DuckDBConnection, sql: string, values: DuckDBValue[] = []): Promise<number> {
  const reader = await connection.runAndReadAll(sql, values)
  return Number(reader.value(0, 0))
}

/** Runs `work` in one transaction: all of it is there afterwards, or nothing. */
export async function inTransaction<T>(connection: DuckDBConnection, work: () => Promise<T>): Promise<T> {
  await connection.run('BEGIN')
  try {
    const result = await work()
    await connection.run('COMMIT')
    return result
  } catch (error) {
    await connection.run('ROLLBACK').catch(() => {})
    throw error
  }
}

/** A name as SQL takes it. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** A text as SQL takes it where a parameter is not allowed. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** A path for DuckDB's readers, which would take these characters for a pattern. */
export function fileLiteral(path: string): string {
  return literal(path.replace(/[*?[]/g, (character) => `[${character}]`))
}
