import { TopnError } from '../../contract/errors'
import type { ExportProof } from '../../contract/exports'
import { differenceOf } from './compare'

/** A row as it stands in a file: texts that say whose it is, the first of them whose group, and numbers. */
export interface TableRow {
  readonly names: readonly string[]
  readonly numbers: readonly (number | null)[]
}

/** The rows of one file, or of one part of what was written. */
export interface TableRows {
  readonly table: string
  visit(see: (row: TableRow) => void): Promise<void>
}

/** Rows that are made one after the other. */
export function rowsOf(table: string, rows: Iterable<TableRow> | AsyncIterable<TableRow>): TableRows {
  return {
    table,
    async visit(see) {
      for await (const row of rows) see(row)
    },
  }
}

/** How many rows a table has, and all rows of some groups, spread evenly. */
export interface TableSample {
  readonly table: string
  readonly rows: number
  readonly sample: TableRow[]
}

/** Groups that are looked at of each table, and so many again while it is not known how many there are. */
const mostGroups = 100

/** Keeps a sample of the rows that it sees; rows of a group stand together. */
export interface Sampler {
  see(row: TableRow): void
  sample(): TableSample
}

export function createSampler(table: string): Sampler {
  let [count, group, stride]: [number, number, number] = [0, -1, 1]
  let last: string | null = null
  let kept: { group: number; row: TableRow }[] = []
  return {
    see(row) {
      count++
      if (row.names[0] !== last) group++
      last = row.names[0]
      if (group % stride !== 0) return
      kept.push({ group, row })
      if (group < 2 * mostGroups * stride) return
      stride *= 2
      kept = kept.filter((each) => each.group % stride === 0)
    },
    sample: () => ({ table, rows: count, sample: kept.map(({ row }) => row) }),
  }
}

export async function sampleOf({ table, visit }: TableRows): Promise<TableSample> {
  const sampler = createSampler(table)
  await visit(sampler.see)
  return sampler.sample()
}

/** What a number may differ by, beyond 1 in proportion: single precision has seven digits. */
const tolerance = 1e-6
/** Single precision has every whole number up to here; larger ones, such as times, are never written by it. */
const largestSingle = 2 ** 24

/** Whole numbers and large ones are the same or wholly others. */
function cellDifference(own: number | null, other: number | null): number {
  const difference = differenceOf(own, other)
  if (own === null || difference === 0 || !Number.isFinite(difference)) return difference
  if (Number.isInteger(own) || Math.abs(own) >= largestSingle) return Number.POSITIVE_INFINITY
  return Math.abs(own - Number(other)) / Math.max(1, Math.abs(own))
}

/** The groups of a sample among rows that were read back. */
async function sampledAgain({ table, sample }: TableSample, found: TableRows | undefined): Promise<TableSample> {
  const wanted = new Set(sample.map(({ names }) => names[0]))
  const again: TableRow[] = []
  let rows = 0
  await found?.visit((row) => {
    rows++
    if (wanted.has(row.names[0])) again.push(row)
  })
  return { table, rows, sample: again }
}

/**
 * How far what was read back is from what was to be written. Throws BAD_DATA where a row is another one, and where there is
 * a table that was not to be written.
 */
export async function compareTables(
  by: string,
  expected: readonly TableSample[],
  found: readonly TableRows[],
): Promise<ExportProof> {
  let [largest, same, count, rows, groups] = [0, 0, 0, 0, 0]
  const names = new Set(expected.map(({ table }) => table))
  if (found.some(({ table }) => !names.has(table))) largest = Number.POSITIVE_INFINITY
  for (const table of expected) {
    const again = await sampledAgain(
      table,
      found.find((each) => each.table === table.table),
    )
    if (again.rows !== table.rows) largest = Number.POSITIVE_INFINITY
    rows += again.rows
    groups += new Set(table.sample.map(({ names }) => names[0])).size
    count += Math.max(table.sample.length, again.sample.length)
    table.sample.forEach((row, at) => {
      const twin = again.sample[at]
      if (!twin || twin.names.join('\n') !== row.names.join('\n')) return
      same++
      row.numbers.forEach((number, place) => {
        largest = Math.max(largest, cellDifference(number, twin.numbers[place] ?? null))
      })
    })
  }
  const topAgreement = count === 0 ? 1 : same / count
  const proof = { by, users: groups, histories: 0, rows, largestDifference: largest, tolerance, topAgreement }
  if (largest <= tolerance && topAgreement === 1) return proof
  const message = `What was written is not what is found when it is read back: ${((1 - topAgreement) * 100).toFixed(1)} % of the rows that were looked at are others, and numbers differ by up to ${largest.toPrecision(3)}. Nothing was exported; please report this.`
  throw new TopnError('BAD_DATA', message, { ...proof })
}
