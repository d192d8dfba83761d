import * as v from 'valibot'

/** What can be taken away, in the order in which it is offered. */
export const exportFormats = [
  'safetensors',
  'npz',
  'onnx',
  'tfjs',
  'vectors-parquet',
  'vectors-csv',
  'projector',
  'similar-items',
  'parquet',
  'csv',
  'jsonl',
  'trec',
  'split-parquet',
  'recbole',
  'report',
  'bundle',
] as const
export type ExportFormatId = (typeof exportFormats)[number]

/** Whether a trained model is taken away, what it lists, the data that it learned from, or what is known of it. */
export type ExportKind = 'model' | 'vectors' | 'lists' | 'data' | 'run'

export const precisions = ['float32', 'float16', 'int8'] as const
export type Precision = (typeof precisions)[number]

/** The form of a line of JSON: feedback as Gorse takes it, or a user's list as Amazon Personalize gives it. */
export const listShapes = ['personalize', 'gorse'] as const
export type ListShape = (typeof listShapes)[number]

/** The share of the weights of each array, the smallest ones, that become 0. */
export const pruneSchema = v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(0.99)), 0)

/** How the arrays of a model are made smaller. */
export const compressionSchema = v.strictObject({
  precision: v.optional(v.picklist(precisions), 'float32'),
  prune: pruneSchema,
})
export type Compression = v.InferOutput<typeof compressionSchema>

/** What a model is once it is made smaller. */
export interface CompressionOutcome extends Required<Compression> {
  /** Of its arrays. */
  bytes: number
  /** To score all items for a user, as TopN does it: numbers of every precision are read into 32 bits. */
  millisecondsPerUser: number
  /** NDCG@10 of the sample. */
  ndcg: number
}

export interface CompressionPreview {
  /** Users of the test part who were judged: a sample spread evenly over them. */
  users: number
  /** As it is first. */
  outcomes: CompressionOutcome[]
}

export const exportSettings = {
  format: v.picklist(exportFormats),
  /** Items of a list. */
  k: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)), 10),
  shape: v.optional(v.picklist(listShapes), 'personalize'),
  /** What lists come from: the model as it was judged, or trained once more on all parts. */
  from: v.optional(v.picklist(['run', 'everything'] as const), 'run'),
  compression: v.optional(compressionSchema, {}),
  /** Of a report. */
  language: v.optional(v.picklist(['en', 'zh'] as const), 'en'),
  /** Whether files with the ids that pseudonyms stand for may go along. */
  originalIds: v.optional(v.boolean(), false),
} as const
const settingsSchema = v.strictObject(exportSettings)
export type ExportSettings = v.InferOutput<typeof settingsSchema>

/** A format as it stands for one run. */
export interface ExportOffer {
  format: ExportFormatId
  kind: ExportKind
  /** Of the file; null: it is a folder, or as one file a zip of it. */
  extension: string | null
  /** Why it cannot be written of this run; null: it can. */
  refusal: string | null
}

/** What came out when the files were read back in another process and users scored by them again. */
export interface ExportProof {
  /** How it was read: `onnxruntime`, or by a loader of its own. */
  by: string
  /** Users that were scored again, and histories that nobody was trained on. */
  users: number
  histories: number
  /** Of what is no model: all rows of the files; `users` are those whose rows, or the items or vectors that, were compared. */
  rows?: number
  /** Between any score, or number, and the model's own. */
  largestDifference: number
  /** What it may be. */
  tolerance: number
  /**
   * The share of items that both have in their ten best, items whose scores lie within the tolerance being equal; of what is
   * no model, of the rows that were compared.
   */
  topAgreement: number
}

/** What an export has written. */
export interface ExportResult {
  path: string
  bytes: number
  /** Null for a report. */
  proof: ExportProof | null
}
