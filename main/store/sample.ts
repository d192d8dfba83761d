import { createHash } from 'node:crypto'
import { DOUBLE, type DuckDBConnection, type DuckDBValue, VARCHAR } from '@duckdb/node-api'
import type { SampleData } from '../data/sample'
import type { Loaded } from './load'
import { profileInteractions } from './profile'
import { appendRows } from './results'

/** The built-in sample as loaded tables. */
export async function loadSample(connection: DuckDBConnection, data: SampleData): Promise<Loaded> {
  const rowCount = data.users.length
  await connection.run(
    `CREATE TEMP TABLE sample (row DOUBLE, "user" VARCHAR, item VARCHAR, rating DOUBLE, timestamp DOUBLE);
     CREATE TEMP TABLE sample_items (item VARCHAR, title VARCHAR, feature_0 VARCHAR)`,
  )
  const interactions = data.users.map((user, at): DuckDBValue[] => [
    at,
    user,
    data.items[at],
    data.ratings[at],
    data.timestamps[at],
  ])
  await appendRows(connection, 'sample', [DOUBLE, VARCHAR, VARCHAR, DOUBLE, DOUBLE], interactions)
  const catalogue = data.catalogue.map(({ id, title, genres }): DuckDBValue[] => [id, title, genres.join('|')])
  await appendRows(connection, 'sample_items', [VARCHAR, VARCHAR, VARCHAR], catalogue)
  await connection.run(
    `CREATE TEMP TABLE loaded AS SELECT row::BIGINT AS row, "user", item, rating, timestamp, NULL::UTINYINT AS part FROM sample`,
  )
  const counts = { bytes: 0, lines: rowCount, skipped: 0, kept: rowCount, rejected: 0 }
  return {
    interactions: 'loaded',
    items: { table: 'sample_items', hasTitles: true, features: ['genres'] },
    rejects: [],
    profile: await profileInteractions(connection, 'loaded', counts, []),
    hash: createHash('sha256').update(JSON.stringify(data)).digest('hex'),
  }
}
