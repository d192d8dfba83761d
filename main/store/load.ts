import { createHash } from 'node:crypto'
import { rm } from 'node:fs/promises'
import type { DuckDBConnection } from '@duckdb/node-api'
import { TopnError } from '../contract/errors'
import type { Columns, DatasetSpec, FileFormat } from '../contract/experiment'
import type { ColumnProfile, DatasetRecord, Profile, ReadCounts, RejectedRow } from '../contract/records'
import { proposeByHeader, proposeByPosition } from '../data/columns'
import { sniffFile } from '../data/sniff'
import { makeScratchFolder } from '../files/scratch'
import { interpret } from './interpret'
import { type LoadedItems, loadItems } from './items'
import { profileColumns, profileInteractions } from './profile'
import { stageFile } from './stage-file'
import type { Staging, StagingContext } from './staging'

export interface LoadRequest {
  source: DatasetSpec
  parts?: NonNullable<DatasetRecord['parts']>
  report(progress: { phase: string; fraction: number | null }): void
  signal: AbortSignal
}

/** A source as temporary tables of one connection, ready to be kept. */
export interface Loaded {
  /** row, user, item, rating, timestamp, part */
  interactions: string
  items: Pick<LoadedItems, 'table' | 'hasTitles' | 'features'> | null
  rejects: RejectedRow[]
  profile: Profile
  hash: string
}

/** The files of a source, each with its part number; without parts there is one file and no number. */
function filesOf({ source, parts }: Pick<LoadRequest, 'source' | 'parts'>): { path: string; part: number | null }[] {
  if (parts) {
    const validation = parts.validation === undefined ? [] : [{ path: parts.validation, part: 1 }]
    return [{ path: parts.train, part: 0 }, ...validation, { path: parts.test, part: 2 }]
  }
  if (source.interactions === undefined) {
    throw new TopnError('BAD_REQUEST', 'dataset.interactions: name the interactions file.', {
      field: 'dataset.interactions',
    })
  }
  return [{ path: source.interactions, part: null }]
}

/** Reads all files of a source. Bad rows are set aside and counted; a file without a usable row is refused. */
export async function load(connection: DuckDBConnection, request: LoadRequest): Promise<Loaded> {
  const { source, report, signal } = request
  const files = filesOf(request)
  const temporaryFolder = await makeScratchFolder()
  // Each file is looked at, then read; the profile comes last.
  const reportStep = (step: number) => report({ phase: 'read', fraction: step / (2 * files.length + 1) })
  try {
    const table = 'loaded'
    await connection.run(
      `CREATE TEMP TABLE ${table} (row BIGINT, "user" VARCHAR, item VARCHAR, rating DOUBLE, timestamp DOUBLE, part UTINYINT)`,
    )
    const read: FileRead[] = []
    for (const file of files) {
      const reportScan = (fraction: number) => reportStep(2 * read.length + fraction)
      read.push(await readFile(connection, file, source, table, { temporaryFolder, report: reportScan, signal }))
      signal.throwIfAborted()
    }
    const context: StagingContext = { temporaryFolder, report() {}, signal }
    const items = source.items ? await loadItems(connection, source.items, context) : null
    reportStep(2 * files.length)
    const profile = await profileInteractions(connection, table, sumCounts(read), read[0].columns)
    return {
      interactions: table,
      items,
      rejects: [...read.flatMap(({ rejects }) => rejects), ...(items?.rejects ?? [])],
      profile,
      hash: hashOf(read, items),
    }
  } finally {
    await rm(temporaryFolder, { recursive: true, force: true })
  }
}

interface FileRead {
  sha256: string
  format: FileFormat
  used: Columns
  counts: ReadCounts
  columns: ColumnProfile[]
  rejects: RejectedRow[]
}

async function readFile(
  connection: DuckDBConnection,
  { path, part }: { path: string; part: number | null },
  source: DatasetSpec,
  table: string,
  context: StagingContext,
): Promise<FileRead> {
  const { format } = await sniffFile(path, { format: source.format, columns: Object.values(source.columns ?? {}) })
  const staging = await stageFile(connection, path, format, context)
  context.signal.throwIfAborted()
  const used = source.columns ?? (await chooseColumns(connection, staging, path))
  const found = await interpret(connection, staging, used, { table, part }, path)
  const columns = await profileColumns(connection, staging)
  await connection.run(`DROP TABLE ${staging.table}`)
  const counts = { ...staging.counts, kept: found.kept, rejected: found.rejected }
  return { sha256: staging.sha256, format, used, counts, columns, rejects: found.rejects }
}

/** Roles by the header, or by the first rows where there is none. */
async function chooseColumns(connection: DuckDBConnection, staging: Staging, file: string): Promise<Columns> {
  const { columns, question } = staging.hasHeader
    ? proposeByHeader(staging.header)
    : proposeByPosition(await firstRows(connection, staging))
  if (question === null && columns.user !== undefined && columns.item !== undefined) return columns as Columns
  const message = `${file}: it is not clear which column is which. ${question}`
  throw new TopnError('BAD_DATA', message, { file, field: 'columns' })
}

async function firstRows(connection: DuckDBConnection, { table }: Staging): Promise<string[][]> {
  const reader = await connection.runAndReadAll(`SELECT * FROM ${table} LIMIT 200`)
  return reader.getRows().map((row) => row.map((cell) => (cell === null ? '' : String(cell))))
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

function hashOf(read: FileRead[], items: LoadedItems | null): string {
  const files = read.map(({ sha256, format, used }) => [sha256, format, used])
  const parts = [files, items && [items.sha256, items.used]]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}
