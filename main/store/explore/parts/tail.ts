import type { DuckDBConnection } from '@duckdb/node-api'
import type { ExplorationParts, LongTail } from '../../../contract/exploration'
import type { Subject } from '../../../contract/filters'
import { longTail } from '../../../data/long-tail'
import { rows } from '../../database'
import type { Left } from '../left'

export async function readTail(connection: DuckDBConnection, left: Left): Promise<ExplorationParts['tail']> {
  return { users: await tailOf(connection, left, 'users'), items: await tailOf(connection, left, 'items') }
}

async function tailOf(connection: DuckDBConnection, { members }: Left, of: Subject): Promise<LongTail> {
  const found = await rows(
    connection,
    `SELECT interactions, count(*) AS members FROM ${members[of]} GROUP BY interactions ORDER BY interactions`,
  )
  return longTail(found.map((row) => ({ interactions: Number(row.interactions), members: Number(row.members) })))
}
