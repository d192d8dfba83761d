import * as v from 'valibot'
import type { HistoryItem, JobRecord, ListedItem, UserSummary } from '../records'
import { id, limit, offset } from './fields'

/** Users, and what is recommended to them. */
export const listsCalls = {
  'users.search': v.strictObject({ datasetId: id, query: v.pipe(v.string(), v.maxLength(10_000)), limit, offset }),
  'users.history': v.strictObject({ runId: id, user: v.string() }),
  'lists.forUser': v.strictObject({ runId: id, user: v.string(), limit }),
  'lists.forEveryone': v.strictObject({
    runId: id,
    k: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)), 10),
  }),
} as const

export interface ListsOutputs {
  /** Users whose id contains the query, an exact match first; all users, the most active first, for an empty one. */
  'users.search': UserSummary[]
  /** In time order. */
  'users.history': HistoryItem[]
  'lists.forUser': ListedItem[]
  /** Trains the run's model once more on all interactions; the job's `subject` is the Parquet file's path. */
  'lists.forEveryone': JobRecord
}
