import * as v from 'valibot'
import { type CompressionPreview, type ExportOffer, type ExportResult, exportSettings, pruneSchema } from '../exports'
import type { JobRecord } from '../records'
import { id, path } from './fields'

/** What is taken away of a run. */
export const exportsCalls = {
  'exports.offers': v.strictObject({ runId: id }),
  'exports.start': v.strictObject({
    runId: id,
    ...exportSettings,
    /** The users of lists; null: everyone. */
    selectionId: v.optional(v.nullable(id), null),
    /** Null: a file of the workspace's exports, under a name that says what it is. */
    path: v.optional(v.nullable(path), null),
    /** Whether what is there already may be replaced; EXISTS otherwise. */
    overwrite: v.optional(v.boolean(), false),
  }),
  'exports.results': v.strictObject({ jobId: id }),
  /** What making the model smaller costs, before anything is written. */
  'exports.preview': v.strictObject({ runId: id, prune: pruneSchema }),
  'exports.previewed': v.strictObject({ jobId: id }),
} as const

export interface ExportsOutputs {
  /** Every format, with why it cannot be had where it cannot. */
  'exports.offers': ExportOffer[]
  /** The job's `subject` is the path once it is done. */
  'exports.start': JobRecord
  /** What an export's job has written; null until it is done. */
  'exports.results': ExportResult | null
  'exports.preview': JobRecord
  /** Null until the job is done. */
  'exports.previewed': CompressionPreview | null
}
