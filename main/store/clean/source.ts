import type { DuckDBConnection } from '@duckdb/node-api'
import type { DatasetRecord, PartCounts } from '../../contract/records'
import { tablesOf } from '../dataset-tables'
import { countFilled } from './apply'
import type { AttributeTable, Stage } from './step'

/** What a recipe starts from: a dataset's own tables. */
export interface RecipeSource {
  interactions: string
  counts: PartCounts
  users: AttributeTable | null
  items: AttributeTable | null
}

export function sourceOf({ id, profile, itemAttributes, userAttributes }: DatasetRecord): RecipeSource {
  const { interactions, users, items } = tablesOf(id)
  return {
    interactions,
    counts: { interactions: profile.interactions, users: profile.users, items: profile.items },
    users: userAttributes.length > 0 ? { table: users, attributes: userAttributes } : null,
    items: itemAttributes.length > 0 ? { table: items, attributes: itemAttributes } : null,
  }
}

/** The name under which a recipe's first step reads the interactions. */
const sourceView = 'interactions'

/** A view of a dataset's interactions, for the life of the connection, with each row's place in the file. */
export async function openSource(connection: DuckDBConnection, source: RecipeSource): Promise<Stage> {
  const probe = await connection.run(`SELECT * FROM ${source.interactions} LIMIT 0`)
  const event = probe.columnNames().includes('event') ? 'event' : 'NULL::VARCHAR AS event'
  await connection.run(
    `CREATE OR REPLACE TEMP VIEW ${sourceView} AS
     SELECT rowid AS row, "user", item, rating, timestamp, part, ${event} FROM ${source.interactions}`,
  )
  return {
    table: sourceView,
    counts: source.counts,
    filled: await countFilled(connection, sourceView),
    users: source.users,
    items: source.items,
  }
}
