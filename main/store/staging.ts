import { randomUUID } from 'node:crypto'
import type { ReadCounts, RejectedRow } from '../contract/records'

/** A file as text cells `c0, c1, ...` in a temporary table, rows in file order, with what could not be read. */
export interface Staging {
  table: string
  header: string[]
  hasHeader: boolean
  sha256: string
  counts: ReadCounts
  /** The first of the rows that could not be read. */
  rejected: RejectedRow[]
  /** The line of each of these rows of the table (0-based, ascending). */
  linesOf(stagedRows: readonly number[]): Promise<number[]>
}

export interface StagingContext {
  /** For plain copies; it outlasts the staging's use. */
  temporaryFolder: string
  /** Called with the share of the file that has been looked at, 0..1. */
  report(fraction: number): void
  signal: AbortSignal
}

/** Rejected rows that are kept with line and text; beyond them only the number is known. */
export const keptRejects = 10_000
/** Characters that are kept of a rejected row. */
export const keptText = 500

/** A name that no other temporary table has. */
export function newTable(): string {
  return `staging_${randomUUID().replaceAll('-', '')}`
}
