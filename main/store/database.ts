import { mkdir, realpath } from 'node:fs/promises'
import { tmpdir } from 'node:os'
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

/** A connection that lasts, with its temporary tables, until it is closed; it takes one piece of work at a time. */
export type LastingConnection = Pick<Database, 'use' | 'close'>

export interface WorkspaceDatabase extends Database {
  connect(): Promise<LastingConnection>
  /** As `use`, one piece of work after the other: for rows that several calls may write at the same moment. */
  inTurn<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T>
}

export interface DatabaseOptions {
  /** What DuckDB may hold before it moves data to the disk; four fifths of the machine's memory if not given. */
  memoryLimitBytes?: number
}

/** Nothing of it stays; what does not fit into memory goes to the system's temporary folder meanwhile. */
export async function openMemoryDatabase(): Promise<Database> {
  const instance = await DuckDBInstance.create(':memory:', {
    ...settings,
    temp_directory: join(tmpdir(), 'topn-duckdb'),
  })
  const connect = connector(instance, (error) => error)
  return { use: briefly(connect), close: () => instance.closeSync() }
}

/** The files that this process has open: DuckDB's lock keeps other processes out, but not another instance of ours. */
const openPaths = new Set<string>()

/** Opens a workspace's database, or makes it. Throws WORKSPACE_IN_USE where another process has it open. */
export async function openWorkspaceDatabase(
  folder: string,
  { memoryLimitBytes }: DatabaseOptions = {},
): Promise<WorkspaceDatabase> {
  await mkdir(folder, { recursive: true }).catch((cause) => {
    throw new TopnError(
      'BAD_DATA',
      `The workspace ${folder} cannot be made. Choose another folder.`,
      { file: folder },
      { cause },
    )
  })
  const path = join(await realpath(folder), databaseName)
  if (openPaths.has(path)) throw inUse(folder, process.pid)
  openPaths.add(path)
  let instance: DuckDBInstance | null = null
  const close = () => {
    instance?.closeSync()
    openPaths.delete(path)
  }
  try {
    instance = await DuckDBInstance.create(path, {
      ...settings,
      ...(memoryLimitBytes !== undefined && { memory_limit: `${Math.floor(memoryLimitBytes / 2 ** 20)}MiB` }),
    })
    const connect = connector(instance, (error) => explain(error, folder, path))
    const use = briefly(connect)
    await use((connection) => migrate(connection, path))
    return { use, connect, inTurn: oneAfterTheOther(use), close }
  } catch (error) {
    close()
    const explained = explain(error, folder, path)
    if (explained instanceof TopnError) throw explained
    const message = `${path} cannot be opened. Check its permissions and the space on the disk.`
    throw new TopnError('BAD_DATA', message, { file: path }, { cause: error })
  }
}

function connector(instance: DuckDBInstance, explained: (error: unknown) => unknown): WorkspaceDatabase['connect'] {
  return async () => {
    const connection = await instance.connect()
    await connection.run("SET TimeZone = 'UTC'")
    return {
      async use(work, signal) {
        signal?.throwIfAborted()
        const interrupt = () => connection.interrupt()
        signal?.addEventListener('abort', interrupt)
        try {
          return await work(connection)
        } catch (error) {
          signal?.throwIfAborted()
          throw isOutOfMemory(error) ? outOfMemory(error) : explained(error)
        } finally {
          signal?.removeEventListener('abort', interrupt)
        }
      },
      close: () => connection.closeSync(),
    }
  }
}

/** Each piece of work on a connection of its own. */
function briefly(connect: WorkspaceDatabase['connect']): Database['use'] {
  return async (work, signal) => {
    signal?.throwIfAborted()
    const connection = await connect()
    try {
      return await connection.use(work, signal)
    } finally {
      connection.close()
    }
  }
}

/** Work that fails does not keep the next from its turn. */
function oneAfterTheOther(use: Database['use']): WorkspaceDatabase['inTurn'] {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const own = last.then(() => use(work))
    last = own.catch(() => {})
    return own
  }
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('Out of Memory Error')
}

function outOfMemory(cause: unknown): TopnError {
  const message = 'The data needs more memory than the database may use. Close other programs, or use less data.'
  return new TopnError('OUT_OF_MEMORY', message, {}, { cause })
}

/** What DuckDB says of the database's file itself, in words for the user; any other error as it is. */
function explain(error: unknown, folder: string, path: string): unknown {
  if (!(error instanceof Error) || error instanceof TopnError) return error
  if (/conflicting lock|already open in|used by another process/i.test(error.message)) {
    return inUse(folder, Number(/PID (\d+)/.exec(error.message)?.[1] ?? 0), error)
  }
  if (!/corrupt database|not a valid DuckDB|could not read enough bytes/i.test(error.message)) return error
  const message = `${path} is damaged or not a workspace of TopN. Restore it from a copy, or choose another workspace.`
  return new TopnError('BAD_DATA', message, { file: path }, { cause: error })
}

function inUse(folder: string, owner: number, cause?: unknown): TopnError {
  const who = owner ? `process ${owner}` : 'another process'
  const message = `The workspace ${folder} is open in ${who}. Close it there, or choose another workspace.`
  return new TopnError('WORKSPACE_IN_USE', message, { owner, file: folder }, { cause })
}

async function migrate(connection: DuckDBConnection, path: string): Promise<void> {
  await connection.run(`
    CREATE TABLE IF NOT EXISTS workspace (schema_version INTEGER NOT NULL);
    CREATE TABLE IF NOT EXISTS datasets (id VARCHAR PRIMARY KEY, record VARCHAR NOT NULL);
    CREATE TABLE IF NOT EXISTS runs (id VARCHAR PRIMARY KEY, record VARCHAR NOT NULL);
    CREATE TABLE IF NOT EXISTS studies (id VARCHAR PRIMARY KEY, record VARCHAR NOT NULL);
    CREATE TABLE IF NOT EXISTS trials (study VARCHAR, number INTEGER, record VARCHAR NOT NULL, PRIMARY KEY (study, number));
    CREATE TABLE IF NOT EXISTS deleted (kind VARCHAR, id VARCHAR, PRIMARY KEY (kind, id));
    CREATE TABLE IF NOT EXISTS settings (key VARCHAR PRIMARY KEY, value VARCHAR NOT NULL);
    CREATE TABLE IF NOT EXISTS user_metrics (run VARCHAR, user_index UINTEGER, key VARCHAR, value DOUBLE);
    CREATE TABLE IF NOT EXISTS selections (id VARCHAR PRIMARY KEY, dataset VARCHAR NOT NULL, record VARCHAR NOT NULL);
    CREATE TABLE IF NOT EXISTS selection_members (selection VARCHAR, member VARCHAR);
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
