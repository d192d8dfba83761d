import type { DuckDBConnection } from '@duckdb/node-api'
import type { Amounts, ExplorationParts, RatingBins, TimeBins } from '../../contract/exploration'
import type { Subject } from '../../contract/filters'
import { countBins, type Interval, timeBins, valueBins } from '../../data/bins'
import { count, type Row, rows } from '../database'
import type { Filtered } from '../filters'

/** The data of a dataset after its recipe, before any filter. */
export interface Base extends Omit<Filtered, 'selections'> {
  /** user, item (numbers), rating, timestamp, event, first_of_user, first_of_item, repeats. */
  rows: string
  all: Amounts
  activity: Record<Subject, Interval[]>
  ratings: Binned<RatingBins['scale'], 'scale'> | null
  /** More than one rating occurs. */
  ratingsDiffer: boolean
  time: Binned<TimeBins['unit'], 'unit'> | null
  /** Its timestamps are moments, not places in a sequence. */
  hasMoments: boolean
  /** Times are finer than hours, so that a rate can be told. */
  hasMinutes: boolean
  /** Parts of its exploration without filters, from when they were asked for first. */
  parts: Partial<ExplorationParts>
}

type Binned<T, K extends string> = { [key in K]: T } & { bins: Interval[] }

/** What a base is made from: a table of row, user, item, rating, timestamp and event, and what is known of both. */
export type Source = Pick<Base, 'attributes' | 'attributeTables' | 'hasTitles' | 'hasMoments'> & { table: string }

const table = 'explored'
const members: Record<Subject, string> = { users: 'explored_users', items: 'explored_items' }
const mostRatingValues = 50

/** Numbers users and items and marks first and repeated interactions, once for all that is asked of the data. */
export async function buildBase(
  connection: DuckDBConnection,
  source: Source,
  { signal, report = () => {} }: { signal: AbortSignal; report?(fraction: number): void },
): Promise<Base> {
  const statements = [
    numberMembers(source.table, 'users'),
    numberMembers(source.table, 'items'),
    `CREATE TEMP TABLE ${table} AS
     SELECT row, u."user", i.item, rating, timestamp, event,
       row = u.first_row AS first_of_user, row = i.first_row AS first_of_item, false AS repeats
     FROM ${source.table} t JOIN ${members.users} u ON u.id = t."user" JOIN ${members.items} i ON i.id = t.item`,
    `UPDATE ${table} SET repeats = true WHERE row IN (${laterRows})`,
  ]
  for (const [at, statement] of statements.entries()) {
    signal.throwIfAborted()
    report(at / (statements.length + 1))
    await connection.run(statement)
  }
  report(statements.length / (statements.length + 1))
  return describeBase(connection, source)
}

const names: Record<Subject, string> = { users: '"user"', items: 'item' }

function numberMembers(source: string, of: Subject): string {
  const name = names[of]
  return `CREATE TEMP TABLE ${members[of]} AS
    SELECT (row_number() OVER () - 1)::UINTEGER AS ${name}, id, interactions, first_row FROM (
      SELECT ${name} AS id, count(*) AS interactions, arg_min(row, (timestamp, row)) AS first_row
      FROM ${source} GROUP BY ${name})`
}

/** Rows whose user had the same item before; equal times keep the order of the file. */
const laterRows = `
  SELECT row FROM (
    SELECT row, row_number() OVER (PARTITION BY "user", item ORDER BY timestamp, row) AS place
    FROM ${table} SEMI JOIN (SELECT "user", item FROM ${table} GROUP BY "user", item HAVING count(*) > 1)
      USING ("user", item))
  WHERE place > 1`

async function describeBase(connection: DuckDBConnection, source: Source): Promise<Base> {
  const { attributes, attributeTables, hasTitles, hasMoments } = source
  const sizes = { users: await sizeOf(connection, members.users), items: await sizeOf(connection, members.items) }
  const all = await amountsOf(connection, table, sizes, hasMoments)
  const values = await ratingValues(connection)
  const { firstTimestamp: first, lastTimestamp: last } = all
  return {
    rows: table,
    members,
    attributes,
    attributeTables,
    hasTitles,
    hasEvents: (await count(connection, `SELECT count(event) FROM ${table}`)) > 0,
    all,
    activity: {
      users: await activityBins(connection, members.users),
      items: await activityBins(connection, members.items),
    },
    hasMoments,
    parts: {},
    ratings: values && valueBins(values),
    ratingsDiffer: values !== null && values.least < values.most,
    time: first !== null && last !== null ? timeBins(first, last) : null,
    hasMinutes:
      hasMoments &&
      (await count(
        connection,
        `SELECT count(*) FILTER (timestamp - 3600 * floor(timestamp / 3600) <> 0) FROM ${table}`,
      )) > 0,
  }
}

async function sizeOf(connection: DuckDBConnection, members: string): Promise<number> {
  return count(connection, `SELECT count(*) FROM ${members}`)
}

/** The amounts of a table of rows, whose users and items have been counted. */
export async function amountsOf(
  connection: DuckDBConnection,
  rowsTable: string,
  { users, items }: Record<Subject, number>,
  hasMoments: boolean,
): Promise<Amounts> {
  const [row] = await rows(
    connection,
    `SELECT count(*) AS interactions, count(*) FILTER (repeats) AS repeats, min(timestamp) AS first,
       max(timestamp) AS last FROM ${rowsTable}`,
  )
  const interactions = Number(row.interactions)
  return {
    interactions,
    users,
    items,
    density: interactions === 0 ? 0 : interactions / (users * items),
    repeats: Number(row.repeats),
    firstTimestamp: hasMoments ? numberOrNull(row.first) : null,
    lastTimestamp: hasMoments ? numberOrNull(row.last) : null,
  }
}

export function numberOrNull(value: Row[string]): number | null {
  return value === null ? null : Number(value)
}

async function activityBins(connection: DuckDBConnection, membersTable: string): Promise<Interval[]> {
  const [row] = await rows(
    connection,
    `SELECT min(interactions) AS least, max(interactions) AS most FROM ${membersTable}`,
  )
  return row.least === null ? [] : countBins(Number(row.least), Number(row.most))
}

async function ratingValues(connection: DuckDBConnection) {
  const [row] = await rows(
    connection,
    `SELECT min(rating) AS least, max(rating) AS most, count(*) FILTER (rating <> floor(rating)) = 0 AS whole FROM ${table}`,
  )
  if (row.least === null) return null
  const found = await rows(
    connection,
    `SELECT DISTINCT rating FROM ${table} WHERE rating IS NOT NULL LIMIT ${mostRatingValues + 1}`,
  )
  const few = found.length > mostRatingValues ? null : found.map(({ rating }) => Number(rating)).sort((a, b) => a - b)
  return { least: Number(row.least), most: Number(row.most), whole: row.whole === true, few }
}
