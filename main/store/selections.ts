import { randomUUID } from 'node:crypto'
import { type DuckDBConnection, VARCHAR } from '@duckdb/node-api'
import { TopnError } from '../contract/errors'
import type { CleanStep } from '../contract/experiment'
import type { Filter, Subject } from '../contract/filters'
import type { Attribute } from '../contract/formats'
import type { DatasetRecord } from '../contract/records'
import type { SelectionMember, SelectionRecord } from '../contract/selections'
import { identifier, inTransaction, rows, type WorkspaceDatabase } from './database'
import { tablesOf } from './dataset-tables'
import { forgetDeleted, notDeleted } from './deleted'
import type { Explorer } from './explore/explorer'
import { columnOf, type Filtered } from './filters'
import { appendRows } from './results'

/** Who is to be a member: what filters leave after a recipe, or those with these ids. */
export type Chosen = { clean: CleanStep[]; filters: Filter[] } | { ids: string[] }

export interface NewSelection {
  datasetId: string
  of: Subject
  name: string
  chosen: Chosen
  signal: AbortSignal
}

interface RowsRequest {
  id: string
  attributes: readonly Pick<Attribute, 'column'>[]
  limit: number
  offset: number
}

/** Named sets of users or items. Those that are deleted, or whose dataset is, are there for none of these. */
export interface SelectionStore {
  selections(): Promise<SelectionRecord[]>
  selection(id: string): Promise<SelectionRecord>
  createSelection(about: NewSelection): Promise<SelectionRecord>
  renameSelection(id: string, name: string): Promise<SelectionRecord>
  /** For good. */
  deleteSelection(id: string): Promise<void>
  /** Those with the most interactions first, then by id. */
  selectionMembers(request: { id: string; query: string; limit: number; offset: number }): Promise<SelectionMember[]>
  /** The same of all members, with what the file of them has in the columns of attributes; '' where there is nothing. */
  selectionRows(request: RowsRequest): Promise<(SelectionMember & { cells: string[] })[]>
  selectionIds(id: string): Promise<string[]>
}

export function createSelectionStore(
  database: WorkspaceDatabase,
  dataset: (id: string) => Promise<DatasetRecord>,
  explorer: Pick<Explorer, 'withLeft'>,
): SelectionStore {
  async function selection(id: string): Promise<SelectionRecord> {
    const [record] = await findSelections(database, 'id = $1', [id])
    if (record) return record
    throw new TopnError('NOT_FOUND', 'There is no such selection; it may have been deleted.', { selectionId: id })
  }

  /** The members must be in the temporary table `chosen` of the connection. */
  async function keep(connection: DuckDBConnection, { datasetId, of, name, chosen }: NewSelection) {
    const id = newId()
    return inTransaction(connection, async () => {
      await connection.run('INSERT INTO selection_members SELECT $1, member FROM chosen', [id])
      const [{ members }] = await rows(connection, 'SELECT count(*) AS members FROM chosen')
      await connection.run('DROP TABLE chosen')
      if (Number(members) === 0) throw nobody(of)
      const filters = 'filters' in chosen ? chosen.filters : null
      const createdAt = new Date().toISOString()
      const record: SelectionRecord = {
        id,
        name,
        datasetId,
        of,
        count: Number(members),
        filters,
        createdAt,
      }
      await insertRecord(connection, record)
      return record
    })
  }

  async function createFromFilters(about: NewSelection, { clean, filters }: Extract<Chosen, { filters: Filter[] }>) {
    const { datasetId, of, signal } = about
    return explorer.withLeft({ datasetId, clean, filters, signal }, async (connection, { base, members }) => {
      await connection.run(
        `CREATE OR REPLACE TEMP TABLE chosen AS SELECT b.id AS member FROM ${members[of]} JOIN ${base.members[of]} b USING (${columnOf[of]})`,
      )
      return keep(connection, about)
    })
  }

  async function createFromIds(about: NewSelection, ids: string[]): Promise<SelectionRecord> {
    const record = await dataset(about.datasetId)
    return database.use(async (connection) => {
      await connection.run('CREATE TEMP TABLE chosen (member VARCHAR)')
      const unique = [...new Set(ids)].map((id) => [id])
      await appendRows(connection, 'chosen', [VARCHAR], unique)
      await requireKnown(connection, record, about.of)
      return keep(connection, about)
    }, about.signal)
  }

  return {
    selections: () => findSelections(database, 'true'),
    selection,
    createSelection: (about) =>
      'ids' in about.chosen ? createFromIds(about, about.chosen.ids) : createFromFilters(about, about.chosen),
    renameSelection: (id, name) =>
      database.inTurn(async (connection) => {
        const record = { ...(await selection(id)), name }
        await connection.run('UPDATE selections SET record = $2 WHERE id = $1', [id, JSON.stringify(record)])
        return record
      }),
    async deleteSelection(id) {
      await database.use((connection) => inTransaction(connection, () => dropSelection(connection, id)))
    },
    async selectionMembers({ id, query, limit, offset }) {
      const { datasetId, of } = await selection(id)
      const sql = membersQuery(of, await dataset(datasetId))
      const found = await database.use((connection) => rows(connection, sql, [id, query, limit, offset]))
      return found.map(memberOf)
    },
    async selectionRows({ id, attributes, limit, offset }) {
      const { datasetId, of } = await selection(id)
      const columns = attributes.map(({ column }) => column)
      const sql = membersQuery(of, await dataset(datasetId), columns)
      const found = await database.use((connection) => rows(connection, sql, [id, '', limit, offset]))
      const cellsOf = (row: Row) => columns.map((_, at) => String(row[`cell${at}`] ?? ''))
      return found.map((row) => ({ ...memberOf(row), cells: cellsOf(row) }))
    },
    async selectionIds(id) {
      await selection(id)
      const sql = 'SELECT member FROM selection_members WHERE selection = $1 ORDER BY member'
      return (await database.use((connection) => rows(connection, sql, [id]))).map(({ member }) => String(member))
    },
  }
}

/** Those that are not deleted, nor their dataset. */
export async function findSelections(
  database: WorkspaceDatabase,
  condition: string,
  values: string[] = [],
): Promise<SelectionRecord[]> {
  const sql = `SELECT record FROM selections WHERE ${notDeleted('selection', 'id')} AND ${notDeleted('dataset', 'dataset')}
    AND ${condition} ORDER BY rowid`
  const found = await database.use((connection) => rows(connection, sql, values))
  return found.map((row) => JSON.parse(String(row.record)))
}

/** What filters on a dataset may name. */
export async function selectionsOf(database: WorkspaceDatabase, datasetId: string): Promise<Filtered['selections']> {
  const found = await findSelections(database, 'dataset = $1', [datasetId])
  return new Map(found.map(({ id, of }) => [id, of]))
}

/** Deletes the selections of a dataset, with the marks of those that were deleted before. */
export async function dropSelectionsOf(connection: DuckDBConnection, datasetId: string): Promise<void> {
  const found = await rows(connection, 'SELECT id FROM selections WHERE dataset = $1', [datasetId])
  for (const { id } of found) await dropSelection(connection, String(id))
}

/** Gives a dataset copies of these selections of another one. */
export async function copySelections(
  connection: DuckDBConnection,
  originals: readonly SelectionRecord[],
  datasetId: string,
): Promise<void> {
  for (const original of originals) {
    const copy = { ...original, id: newId(), datasetId }
    await connection.run(
      'INSERT INTO selection_members SELECT $1, member FROM selection_members WHERE selection = $2',
      [copy.id, original.id],
    )
    await insertRecord(connection, copy)
  }
}

async function dropSelection(connection: DuckDBConnection, id: string): Promise<void> {
  await connection.run('DELETE FROM selection_members WHERE selection = $1', [id])
  await connection.run('DELETE FROM selections WHERE id = $1', [id])
  await forgetDeleted(connection, 'selection', id)
}

async function insertRecord(connection: DuckDBConnection, record: SelectionRecord): Promise<void> {
  const values = [record.id, record.datasetId, JSON.stringify(record)]
  await connection.run('INSERT INTO selections VALUES ($1, $2, $3)', values)
}

async function requireKnown(connection: DuckDBConnection, dataset: DatasetRecord, of: Subject): Promise<void> {
  const { interactions } = tablesOf(dataset.id)
  const [unknown] = await rows(
    connection,
    `SELECT member FROM chosen ANTI JOIN (SELECT ${columnOf[of]} AS member FROM ${interactions}) USING (member) LIMIT 1`,
  )
  if (!unknown) return
  const id = String(unknown.member)
  const message = `${dataset.name} has no interaction of the ${of === 'users' ? 'user' : 'item'} ${id.slice(0, 200)}.`
  throw new TopnError('BAD_REQUEST', message, { field: 'ids' })
}

type Row = Awaited<ReturnType<typeof rows>>[number]

function memberOf({ member, title, interactions }: Row): SelectionMember {
  return {
    id: String(member),
    title: title === null ? null : String(title),
    interactions: Number(interactions),
  }
}

/** Parameters: the selection, a part of id or title, how many, from which one on. */
function membersQuery(of: Subject, { id, hasTitles }: DatasetRecord, columns: readonly string[] = []): string {
  const { interactions, [of]: about } = tablesOf(id)
  const column = columnOf[of]
  const isTitled = of === 'items' && hasTitles
  const cells = columns.map((name, at) => `, a.${identifier(name)} AS cell${at}`).join('')
  return `SELECT m.member, ${isTitled ? 'a.title' : 'NULL'} AS title, coalesce(c.interactions, 0) AS interactions${cells}
    FROM selection_members m
    LEFT JOIN (SELECT ${column} AS member, count(*) AS interactions FROM ${interactions} GROUP BY ${column}) c USING (member)
    ${isTitled || columns.length > 0 ? `LEFT JOIN ${about} a ON a.${column} = m.member` : ''}
    WHERE selection = $1 AND (contains(lower(m.member), lower($2)) ${isTitled ? 'OR contains(lower(a.title), lower($2))' : ''})
    ORDER BY interactions DESC, m.member LIMIT $3 OFFSET $4`
}

function nobody(of: Subject): TopnError {
  return new TopnError('BAD_REQUEST', `The filters leave no ${of}, so there is nothing to name. Loosen them.`)
}

function newId(): string {
  return randomUUID().replaceAll('-', '').slice(0, 12)
}
