import type { DuckDBConnection } from '@duckdb/node-api'
import type { CleanStep } from '../../contract/experiment'
import type { DatasetRecord } from '../../contract/records'
import { clean } from '../clean'
import { sourceOf } from '../clean/source'
import { tablesOf } from '../dataset-tables'
import type { Source } from './base'

/** A dataset after its recipe, as a base is made from it. */
export async function cleanedSource(
  connection: DuckDBConnection,
  dataset: DatasetRecord,
  recipe: CleanStep[],
  signal: AbortSignal,
): Promise<Source> {
  const { stage } = await clean(connection, sourceOf(dataset), recipe, signal)
  const { users, items, table } = stage
  const { hasTitles } = dataset
  return {
    table,
    attributes: { users: users?.attributes ?? [], items: items?.attributes ?? [] },
    attributeTables: {
      users: users?.table ?? null,
      items: hasTitles ? tablesOf(dataset.id).items : (items?.table ?? null),
    },
    hasTitles,
    hasMoments: hasMoments(dataset),
  }
}

/** The end of April 1970: where all times are earlier, they are places in a sequence, as in files of sequences. */
const firstMoment = 1e7

function hasMoments({ profile }: DatasetRecord): boolean {
  const { firstTimestamp, lastTimestamp } = profile
  return Math.max(Math.abs(firstTimestamp ?? 0), Math.abs(lastTimestamp ?? 0)) >= firstMoment
}
