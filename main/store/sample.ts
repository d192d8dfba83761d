import { createHash } from 'node:crypto'
import { DOUBLE, type DuckDBConnection, type DuckDBValue, UTINYINT, VARCHAR } from '@duckdb/node-api'
import type { SampleData } from '../data/sample'
import type { DatasetTables } from './dataset-tables'
import { createInteractions, finishInteractions } from './interpret'
import type { Loaded } from './load'
import { profileInteractions } from './profile'
import { appendRows } from './results'
import { withTallies } from './tallies'

/** The built-in sample in a dataset's tables. */
export async function loadSample(
  connection: DuckDBConnection,
  tables: DatasetTables,
  data: SampleData,
): Promise<Loaded> {
  const rowCount = data.users.length
  await createInteractions(connection, tables.interactions)
  await finishInteractions(connection, tables.interactions)
  const interactions = data.users.map((user, at): DuckDBValue[] => {
    return [user, data.items[at], data.ratings[at], data.timestamps[at], null, null]
  })
  const types = [VARCHAR, VARCHAR, DOUBLE, DOUBLE, VARCHAR, UTINYINT]
  await appendRows(connection, tables.interactions, types, interactions)
  await connection.run(`CREATE TABLE ${tables.items} (item VARCHAR, title VARCHAR, feature_0 VARCHAR)`)
  const catalogue = data.catalogue.map(({ id, title, genres }): DuckDBValue[] => [id, title, genres.join('|')])
  await appendRows(connection, tables.items, [VARCHAR, VARCHAR, VARCHAR], catalogue)
  const genres = { name: 'genres', type: 'multi-valued', separator: '|', column: 'feature_0' } as const
  const counts = { bytes: 0, lines: rowCount, skipped: 0, kept: rowCount, rejected: 0 }
  const about = { counts, files: [], columns: [], time: { unit: 'seconds' } as const }
  return {
    items: { hasTitles: true, attributes: [genres] },
    users: null,
    rejects: [],
    profile: await withTallies(connection, tables.interactions, () =>
      profileInteractions(connection, tables.interactions, about),
    ),
    hash: createHash('sha256').update(JSON.stringify(data)).digest('hex'),
  }
}
