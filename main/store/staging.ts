import { randomUUID } from 'node:crypto'
import type { DuckDBConnection } from '@duckdb/node-api'
import type { Subject } from '../contract/filters'
import type { RejectedRow } from '../contract/records'
import { literal } from './database'

/** A file that DuckDB can be asked for, row by row in file order, all cells as text. */
export interface Staging {
  /** What to select the cells `c0, c1, ...` from; empty cells are NULL. */
  source: string
  header: string[]
  hasHeader: boolean
  decimal: '.' | ','
  /** SQL for why a row of the source cannot be used whatever its cells mean; NULL for a good one. */
  broken: string
  /** SQL for a row's text as the file has it. */
  text: string
  bytes: number
  sha256: string
  /** To be called once, after all of the source's rows were selected; `read` is their number. Throws where rows got lost. */
  settle(read: number): Promise<Settled>
}

/** What became of the rows of a file that its source did not give, and where the others stand. */
export interface Settled {
  /** `lines = skipped + read + rejectedCount`. */
  lines: number
  skipped: number
  rejectedCount: number
  /** The first of the rows that could not be read. */
  rejected: RejectedRow[]
  /** The line of each of these rows of the source (0-based, ascending). */
  linesOf(rows: readonly number[]): Promise<number[]>
}

export interface StagingContext {
  /** The file as the user knows it, for errors; it may be read from an unpacked copy. */
  file: string
  connection: DuckDBConnection
  /** For plain copies; it outlasts the staging's use. */
  temporaryFolder: string
  /** Called with the share of this work that is done, 0..1. */
  report(fraction: number): void
  signal: AbortSignal
  /** Whose ids become pseudonyms; rejected rows are then kept without their text. */
  pseudonymised: readonly Subject[]
}

/** Rejected rows that are kept with line and text; beyond them only the number is known. */
export const keptRejects = 10_000
/** Characters that are kept of a rejected row. */
export const keptText = 10_000

/** A name that no other temporary table has. */
export function newTable(): string {
  return `staging_${randomUUID().replaceAll('-', '')}`
}

/** SQL for a row's cells as one text, quoted where the delimiter would be lost otherwise. */
export function joinedCells(width: number, delimiter: string, quote: '"' | ''): string {
  const cells = Array.from({ length: width }, (_, at) => `coalesce(c${at}, '')`).join(', ')
  const special = [delimiter, '"', '\n'].map((text) => `contains(cell, ${literal(text)})`).join(' OR ')
  const quoted = `list_transform([${cells}], lambda cell: CASE WHEN ${special}
    THEN '"' || replace(cell, '"', '""') || '"' ELSE cell END)`
  return `array_to_string(${quote === '' ? `[${cells}]` : quoted}, ${literal(delimiter)})`
}

/** The settlement of a source that rejects nothing by itself and has its rows in a line each. */
export function settleAll(read: number): Settled {
  const linesOf = async (rows: readonly number[]) => rows.map((row) => row + 1)
  return { lines: read, skipped: 0, rejectedCount: 0, rejected: [], linesOf }
}
