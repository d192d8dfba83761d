import type { PlainError } from './errors'
import type { CleanStep, Columns, DatasetSpec, Evaluation, FileFormat, Split } from './experiment'
import type { ParameterValue } from './parameters'

/** Row identity of a read: `lines = skipped + kept + rejected`. A line break inside quotes ends no line. */
export interface ReadCounts {
  bytes: number
  lines: number
  /** Header and blank lines. */
  skipped: number
  kept: number
  rejected: number
}

/** A row that could not be used. */
export interface RejectedRow {
  file: string
  line: number
  reason: string
  text: string
}

export type ColumnType = 'text' | 'integer' | 'number' | 'date' | 'list'

export interface ColumnProfile {
  name: string
  type: ColumnType
  /** Cells that are empty. */
  missing: number
  distinct: number
  minimum: string | null
  maximum: string | null
}

/** One bar of a histogram: values in [from, to), the last bar closed. */
export interface Bar {
  from: number
  to: number
  count: number
}

export interface Profile {
  interactions: number
  users: number
  items: number
  /** interactions / (users x items); above 1 only with repeated pairs. */
  density: number
  rejected: number
  columns: ColumnProfile[]
  counts: ReadCounts
  /** Pairs of user and item that occur more than once, counted as surplus rows. */
  duplicates: number
  /** Seconds since 1970, or null without a timestamp column. */
  firstTimestamp: number | null
  lastTimestamp: number | null
  /** Number of interactions of each rating value, up to 50 values; empty without ratings. */
  ratings: { value: number; count: number }[]
  /** Users, and items, by their number of interactions. */
  interactionsPerUser: Bar[]
  interactionsPerItem: Bar[]
}

export interface FilePreview {
  path: string
  bytes: number
  format: FileFormat
  /** The first lines of the file as they stand; empty for binary formats. */
  rawLines: string[]
  header: string[]
  rows: (string | null)[][]
  /** The proposed roles; null where the header does not say, with `question` asking the user. */
  columns: Partial<Columns>
  question: string | null
}

export interface DatasetRecord {
  id: string
  name: string
  source: DatasetSpec
  /** The files of a split that was made elsewhere, whose union the dataset is. */
  parts: { train: string; validation?: string; test: string } | null
  /** sha-256 over the source's bytes and how they are read. */
  hash: string
  createdAt: string
  profile: Profile
  hasTitles: boolean
  features: string[]
}

export interface PartCounts {
  interactions: number
  users: number
  items: number
}

export interface SplitCounts {
  train: PartCounts
  validation: PartCounts | null
  test: PartCounts
  /** Users with test interactions and no training ones, and items likewise. */
  coldUsers: number
  coldItems: number
  /** Rows, users and items after each cleaning step. */
  clean: { step: CleanStep; after: PartCounts }[]
}

export type JobState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled'
export type JobKind = 'load' | 'train' | 'lists'

export interface Progress {
  /** What is being done: a word of the model's own, such as `fit`, or `read`, `prepare`, `evaluate`, `write`. */
  phase: string
  /** Work done, 0..1, of the whole job; null where it cannot be known. */
  fraction: number | null
  epoch: number | null
  epochs: number | null
  secondsLeft: number | null
  /** A value of the training objective, or of a metric, at `epoch`. */
  values: Record<string, number>
}

export interface JobRecord {
  id: string
  kind: JobKind
  /** What the user sees: a dataset's or run's name. */
  title: string
  state: JobState
  progress: Progress
  createdAt: string
  startedAt: string | null
  endedAt: string | null
  error: PlainError | null
  /** The dataset or run that the job makes or made. */
  subject: string | null
}

export interface RunRecord {
  id: string
  name: string
  model: string
  params: Record<string, ParameterValue>
  seed: number
  device: string
  threads: number
  state: JobState
  error: PlainError | null
  datasetId: string
  clean: CleanStep[]
  split: Split | null
  evaluation: Evaluation
  /** The prepared data's hash, or null until it is prepared. */
  prepared: string | null
  counts: SplitCounts | null
  createdAt: string
  fitSeconds: number | null
  evaluateSeconds: number | null
  peakBytes: number | null
  /** Keys are `id@k`, or `id` where there is no k. */
  metrics: Record<string, number>
  /** Values per epoch: the training objective and what else the model reports. */
  curve: { epoch: number; values: Record<string, number> }[]
}

export interface ListedItem {
  item: string
  title: string | null
  score: number
  /** From 1. */
  rank: number
  /** The item is among the user's test interactions; null where nothing is held out. */
  hit: boolean | null
}

export interface HistoryItem {
  item: string
  title: string | null
  value: number
  timestamp: number | null
  part: 'train' | 'validation' | 'test'
}

export interface UserSummary {
  user: string
  interactions: number
}

export interface DeviceRecord {
  id: 'cpu' | 'webgpu' | 'cuda'
  name: string
  available: boolean
  threads: number
  memoryBytes: number
  /** Why it is not available, or what computes on it. */
  detail: string
}

export interface WorkspaceRecord {
  path: string
  name: string
  version: string
}

export interface FileEntry {
  name: string
  path: string
  directory: boolean
  bytes: number
}
