import { createHash } from 'node:crypto'
import { rm } from 'node:fs/promises'
import type { DuckDBConnection } from '@duckdb/node-api'
import { TopnError } from '../contract/errors'
import { type Columns, type DatasetSpec, type FileFormat, pathsOf, type TimeFormat } from '../contract/experiment'
import type { DatasetRecord, Profile, ReadCounts, RejectedRow } from '../contract/records'
import { locateColumn, proposeColumns } from '../data/columns'
import { filesIn } from '../data/folder'
import { proposeTime } from '../data/time'
import { makeScratchFolder } from '../files/scratch'
import { type LoadedAttributes, loadAttributes } from './attributes'
import { profileColumns } from './column-profile'
import { literal } from './database'
import type { DatasetTables } from './dataset-tables'
import { createInteractions, finishInteractions, interpret } from './interpret'
import { type FileLook, lookAtFile } from './look'
import { profileInteractions } from './profile'
import { type Pseudonyms, setPseudonymKey } from './pseudonyms'
import { stageFile } from './stage-file'
import type { Staging, StagingContext } from './staging'
import { withTallies } from './tallies'

export interface LoadRequest {
  source: DatasetSpec
  parts?: NonNullable<DatasetRecord['parts']>
  pseudonyms?: Pseudonyms | undefined
  report(progress: { phase: string; fraction: number | null }): void
  signal: AbortSignal
}

/** What was read into a dataset's tables. */
export interface Loaded {
  items: Pick<LoadedAttributes, 'hasTitles' | 'attributes'> | null
  users: Pick<LoadedAttributes, 'attributes'> | null
  rejects: RejectedRow[]
  profile: Profile
  hash: string
}

interface SourceFile {
  path: string
  part: number | null
}

/** The files of a source, each with its part number; without parts there are only files, and no numbers. */
async function filesOf({ source, parts }: Pick<LoadRequest, 'source' | 'parts'>): Promise<SourceFile[]> {
  if (parts) {
    const validation = parts.validation === undefined ? [] : [{ path: parts.validation, part: 1 }]
    return [{ path: parts.train, part: 0 }, ...validation, { path: parts.test, part: 2 }]
  }
  if (source.interactions === undefined) {
    throw new TopnError('BAD_REQUEST', 'dataset.interactions: name the interactions file.', {
      field: 'dataset.interactions',
    })
  }
  const found = await Promise.all(pathsOf(source.interactions).map(filesIn))
  return found.flat().map((path) => ({ path, part: null }))
}

/**
 * Reads all files of a source into new tables. Bad rows are set aside and counted; a file without a usable row is
 * refused. Columns and times that are not given are those that the first file suggests, for all files.
 */
export async function load(
  connection: DuckDBConnection,
  tables: DatasetTables,
  { source, parts, pseudonyms, report, signal }: LoadRequest,
): Promise<Loaded> {
  const files = await filesOf({ source, ...(parts && { parts }) })
  const temporaryFolder = await makeScratchFolder()
  // Each file is looked at, then read; the profile comes last.
  const reportStep = (step: number) => report({ phase: 'read', fraction: step / (2 * files.length + 1) })
  const quiet = { connection, temporaryFolder, report() {}, signal, file: '', pseudonymised: pseudonyms?.of ?? [] }
  try {
    if (pseudonyms) await setPseudonymKey(connection, pseudonyms.key)
    await createInteractions(connection, tables.interactions)
    const roles = await chooseRoles(source, files[0].path)
    await checkPattern(connection, roles.time)
    const read: FileRead[] = []
    for (const file of files) {
      const reportScan = (fraction: number) => reportStep(2 * read.length + fraction)
      read.push(await readFile(file, source, roles, tables, { ...quiet, file: file.path, report: reportScan }))
      signal.throwIfAborted()
    }
    await finishInteractions(connection, tables.interactions)
    const items = source.items ? await loadAttributes(source.items, 'item', tables.items, quiet) : null
    const users = source.users ? await loadAttributes(source.users, 'user', tables.users, quiet) : null
    reportStep(2 * files.length)
    const rejects = [...read, items, users].flatMap((found) => found?.rejects ?? [])
    const loaded = {
      items,
      users,
      rejects,
      profile: await profileOf(connection, tables, read, roles),
      hash: hashOf(read, roles, [items, users]),
    }
    return pseudonyms ? withoutIds(loaded, roles.columns, pseudonyms) : loaded
  } finally {
    await rm(temporaryFolder, { recursive: true, force: true })
  }
}

/** What is told of data with pseudonyms, without an id of the file in it. */
function withoutIds(loaded: Loaded, columns: Columns, pseudonyms: Pseudonyms): Loaded {
  const hidden = pseudonyms.of.map((of) => (of === 'users' ? columns.user : columns.item))
  const keyHash = createHash('sha256').update(pseudonyms.key).digest('hex')
  const hash = createHash('sha256')
    .update(JSON.stringify([loaded.hash, pseudonyms.of, keyHash]))
    .digest('hex')
  return {
    ...loaded,
    hash,
    rejects: loaded.rejects.map((reject) => ({ ...reject, text: '' })),
    profile: {
      ...loaded.profile,
      columns: loaded.profile.columns.map((column, at) =>
        hidden.includes(column.name) || hidden.includes(at) ? { ...column, minimum: null, maximum: null } : column,
      ),
    },
  }
}

/** Which columns are read, and how their times are written. */
interface Roles {
  columns: Columns
  time: TimeFormat | null
}

async function chooseRoles(source: DatasetSpec, path: string): Promise<Roles> {
  const look = await lookAtFile(path, sniffOptions(source))
  const columns = source.columns ?? askForColumns(look, path)
  if (columns.timestamp === undefined) return { columns, time: null }
  if (source.time) return { columns, time: source.time }
  const at = locateColumn(columns.timestamp, look.header, look.hasHeader, path)
  const time = proposeTime(look.rows.map((row) => row[at] ?? ''))
  if (time) return { columns, time }
  const message = `${path}: the timestamp column holds no times that are understood. Say how they are written, or choose another column, or none.`
  throw new TopnError('BAD_DATA', message, { file: path, field: 'columns.timestamp' })
}

function sniffOptions({ format, columns }: DatasetSpec) {
  return { format, columns: Object.values(columns ?? {}) }
}

function askForColumns(look: FileLook, file: string): Columns {
  const { columns, question } = proposeColumns(look)
  if (question === null && columns.user !== undefined && columns.item !== undefined) return columns as Columns
  const message = `${file}: it is not clear which column is which. ${question}`
  throw new TopnError('BAD_DATA', message, { file, field: 'columns' })
}

interface FileRead extends SourceFile {
  format: FileFormat
  counts: ReadCounts
  staging: Staging
  rejects: RejectedRow[]
}

async function readFile(
  { path, part }: SourceFile,
  source: DatasetSpec,
  { columns, time }: Roles,
  { interactions }: DatasetTables,
  context: StagingContext,
): Promise<FileRead> {
  const look = await lookAtFile(path, sniffOptions(source))
  const staging = await stageFile(path, look, context)
  context.signal.throwIfAborted()
  await setZone(context.connection, time)
  const reading = { ...context, report: (fraction: number) => context.report(1 + fraction) }
  const { counts, rejects } = await interpret(reading, staging, { columns, time }, { table: interactions, part })
  await setZone(context.connection, null)
  return { path, part, staging, format: look.format, counts, rejects }
}

/** Throws BAD_REQUEST for a pattern that DuckDB does not know. */
async function checkPattern(connection: DuckDBConnection, time: TimeFormat | null): Promise<void> {
  if (time?.unit !== 'pattern') return
  await connection.run(`SELECT try_strptime('', ${literal(time.pattern)})`).catch((cause) => {
    const message = `dataset.time.pattern: ${time.pattern} is no pattern of times. Use letters such as %d.%m.%Y %H:%M:%S.`
    throw new TopnError('BAD_REQUEST', message, { field: 'dataset.time.pattern' }, { cause })
  })
}

/** The zone in which DuckDB reads times without an offset. */
async function setZone(connection: DuckDBConnection, time: TimeFormat | null): Promise<void> {
  const zone = (time && 'zone' in time && time.zone) || 'UTC'
  await connection.run(`SET TimeZone = ${literal(zone)}`).catch((cause) => {
    const message = `dataset.time.zone: there is no time zone ${zone}. Give a name such as Europe/Berlin.`
    throw new TopnError('BAD_REQUEST', message, { field: 'dataset.time.zone' }, { cause })
  })
}

async function profileOf(
  connection: DuckDBConnection,
  { interactions }: DatasetTables,
  read: FileRead[],
  roles: Roles,
): Promise<Profile> {
  const files = read.map(({ path, counts }) => ({ path, ...counts }))
  return withTallies(connection, interactions, async () =>
    profileInteractions(connection, interactions, {
      counts: sumCounts(read),
      files,
      columns: await profileColumns(connection, read[0].staging, interactions, roles),
      time: roles.time,
    }),
  )
}

function sumCounts(read: FileRead[]): ReadCounts {
  const sum = (key: keyof ReadCounts) => read.reduce((total, { counts }) => total + counts[key], 0)
  return {
    bytes: sum('bytes'),
    lines: sum('lines'),
    skipped: sum('skipped'),
    kept: sum('kept'),
    rejected: sum('rejected'),
  }
}

function hashOf(read: FileRead[], roles: Roles, attributes: (LoadedAttributes | null)[]): string {
  const files = read.map(({ staging, format, part }) => [staging.sha256, format, part])
  const parts = [files, roles, attributes.map((found) => found && [found.sha256, found.used])]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}
