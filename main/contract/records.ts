import type { PlainError } from './errors'
import type {
  Attribute,
  CleanStep,
  Columns,
  DatasetSpec,
  Evaluation,
  FileFormat,
  ItemsFile,
  LeftOut,
  ModelEntry,
  Split,
  TimeFormat,
  UsersFile,
} from './experiment'
import type { Feature } from './features'
import type { ParameterValue } from './parameters'
import type { Series } from './repeat'
import type { PartName } from './split-preview'

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
  /** The same of each file that was read, in order; empty for the sample. */
  files: (ReadCounts & { path: string })[]
  /** Pairs of user and item that occur more than once, counted as surplus rows. */
  duplicates: number
  /** Seconds since 1970, or null without a timestamp column. */
  firstTimestamp: number | null
  lastTimestamp: number | null
  /** How the timestamps were read; null without a timestamp column. */
  time: TimeFormat | null
  /** Interactions of each event, the most frequent first, up to 100; empty without an event column. */
  events: { event: string; count: number }[]
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
  /** How the timestamps would be read; null where there is no timestamp column, or its times are not understood. */
  time: TimeFormat | null
  /** The sheets of an Excel workbook; empty for other formats. */
  sheets: string[]
}

/** What a folder holds: the input of `datasets.open`, and what it leaves aside. */
export interface FolderPreview {
  /** The known layout that the folder has; `files` where it is one or more files of one layout. */
  layout: FolderLayout
  open: {
    path?: string[]
    parts?: { train: string; validation?: string; test: string }
    name: string
    columns?: Columns
    format?: FileFormat
    items?: ItemsFile
    users?: UsersFile
  }
  /** Names of files in the folder that would not be read. */
  unused: string[]
}

export const folderLayouts = [
  'movielens-100k',
  'movielens-1m',
  'movielens',
  'lastfm-hetrec',
  'recbole',
  'lightgcn',
  'train-test',
  'files',
] as const
export type FolderLayout = (typeof folderLayouts)[number]

/** What a user writes about a dataset or a run. */
export interface Remarks {
  name: string
  tags: string[]
  notes: string
}

export interface DatasetRecord extends Remarks {
  id: string
  source: DatasetSpec
  /** The files of a split that was made elsewhere, whose union the dataset is. */
  parts: { train: string; validation?: string; test: string } | null
  /** sha-256 over the source's bytes and how they are read. */
  hash: string
  createdAt: string
  profile: Profile
  hasTitles: boolean
  itemAttributes: Attribute[]
  userAttributes: Attribute[]
  /** Size of its tables on disk, estimated from their content; 0 where an older version did not note it. */
  bytes: number
}

export interface PartCounts {
  interactions: number
  users: number
  items: number
}

export interface SplitCounts {
  train: PartCounts
  /** Known histories of held-out users; null where no user is held out. */
  foldIn: PartCounts | null
  validation: PartCounts | null
  test: PartCounts
  /** Users with test interactions and no known history, and items with test interactions and no training ones. */
  coldUsers: number
  coldItems: number
  /** Rows, users and items after each cleaning step. */
  clean: { step: CleanStep; after: PartCounts }[]
}

export type JobState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled'
export type JobKind = 'load' | 'train' | 'lists' | 'tune'

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

/** A run that another one is made of, with everything that trains it again once it is gone. */
export interface RunMember {
  runId: string
  /** What it was called when it became a member. */
  name: string
  model: string
  params: Record<string, ParameterValue>
  seed: number
  features: Feature[] | null
  /** Its share, all shares together 1; null until the run is trained. */
  weight: number | null
}

export interface RunRecord extends Remarks {
  id: string
  model: string
  params: Record<string, ParameterValue>
  seed: number
  /** Null for a run that stands for itself. */
  series: Series | null
  device: string
  threads: number
  state: JobState
  error: PlainError | null
  datasetId: string
  /** The dataset's hash; '' where an older version did not note it. */
  dataHash: string
  clean: CleanStep[]
  split: Split | null
  /** What it learns from beside interactions; null for a model that takes no features, and of older versions. */
  features: Feature[] | null
  /** What it is made of; null for a model that is not made of runs, and of older versions. */
  members: RunMember[] | null
  evaluation: Evaluation
  /** Of the rows that the recipe leaves: the same rows, the same hash. Null until they are prepared, and of older versions. */
  contentHash: string | null
  /** The prepared data's hash, or null until it is prepared. */
  prepared: string | null
  counts: SplitCounts | null
  /** The trial of a study whose settings it has; null for any other run, and of older versions. */
  study: { id: string; trial: number } | null
  createdAt: string
  fitSeconds: number | null
  evaluateSeconds: number | null
  /** Users that were judged; fewer than have test items where a candidates file has no line for some. Null until then. */
  judgedUsers: number | null
  peakBytes: number | null
  /** Size of its artifact on disk; 0 until it is trained. */
  bytes: number
  /** Keys are `id@k`, or `id` where there is no k. */
  metrics: Record<string, number>
  /** Metrics that were asked for and could not be computed. */
  leftOut: LeftOut
  /** Values per epoch: the training objective and what else the model reports. */
  curve: { epoch: number; values: Record<string, number> }[]
}

/** Something that happened to a run. */
export interface LogLine {
  /** ISO date and time. */
  time: string
  text: string
}

/** Good defaults for a dataset: the input of `runs.start`, and what is expected of it. */
export interface Plan {
  clean: CleanStep[]
  split: Split
  evaluation: Evaluation
  models: ModelEntry[]
  /** Expected time of all models together. */
  seconds: number
  /** Expected memory of the largest one. */
  bytes: number
  /** One for each choice, in the order of the choices. */
  reasons: PlanReason[]
}

/** Why a plan is as it is; the screens have a sentence for each code, with the data in it. */
export interface PlanReason {
  code: PlanReasonCode
  data: Record<string, number | string>
}

export const planReasonCodes = [
  /** `duplicates` rows repeat a pair of user and item; the last rating counts. */
  'duplicates',
  /** Ratings reach from `lowest` to `highest`; those from `min` up count as liked. */
  'rating-filter',
  /** There are no ratings, or counts: every interaction counts. */
  'no-rating-filter',
  /** Users and items with fewer than `user` and `item` interactions say little; `interactions` of `before` are left. */
  'k-core',
  /** The k-core would leave only `interactions` of `before`, so it is left out. */
  'no-k-core',
  /** The files are a split that was made elsewhere; nothing is cleaned. */
  'split-predefined',
  /** There are timestamps: the last interaction of each user is the test. */
  'split-leave-last-out',
  /** There are no timestamps: a share `ratio` of each user's interactions, taken at random, is the test. */
  'split-random',
  /** All `items` items are ranked for each user, none sampled. */
  'candidates-all',
  /** `models` models fit into `seconds` and `bytes`. */
  'models',
  /** `model` would need `bytes`, more than the `limit`. */
  'model-too-large',
  /** `model` would take about `seconds`, more than is left of the `limit`. */
  'model-too-slow',
] as const
export type PlanReasonCode = (typeof planReasonCodes)[number]

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
  part: PartName
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
