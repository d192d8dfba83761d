import type { DeviceChoice, DeviceId } from './devices'
import type { Elsewhere, ElsewhereFound } from './elsewhere'
import type { PlainError } from './errors'
import type { Attribute, CleanStep, DatasetSpec, Evaluation, LeftOut, Split, TimeFormat } from './experiment'
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

/** `paused`: it ended and can go on; a job that goes on is a new one. */
export type JobState = 'queued' | 'running' | 'paused' | 'done' | 'failed' | 'cancelled'
export type JobKind = 'load' | 'train' | 'lists' | 'tune' | 'project' | 'export' | 'what-if'

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
  /** How a model that learns in steps gets on; null for any other work. */
  pace: TrainingPace | null
}

/** How fast training goes at the moment. */
export interface TrainingPace {
  learningRate: number
  examplesPerSecond: number
  /** What the job's process holds. */
  memoryBytes: number
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
  /** It saves checkpoints, so that it loses nothing by a pause. */
  canPause: boolean
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
  /** How its own training in epochs ended; null until the run is trained, for other models, and of older versions. */
  learned: Learned | null
}

export interface RunRecord extends Remarks {
  id: string
  model: string
  params: Record<string, ParameterValue>
  seed: number
  /** Null for a run that stands for itself. */
  series: Series | null
  /** What was chosen to compute on; null of older versions. */
  deviceChoice: DeviceChoice | null
  /** What computed; before that, what will unless the choice is `best`. */
  device: DeviceId
  /** What its driver calls it; null until it is known, and of older versions. */
  deviceName: string | null
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
  /** The run whose training it goes on with, and the epochs that this one had learned; null for any other, and of older versions. */
  continues: { runId: string; epochs: number } | null
  /** How training in epochs ended; null until then, for other models, and of older versions. */
  learned: Learned | null
  /** For a run that other programs made: its files, and how they fit the data, null until it is judged. */
  elsewhere?: { from: Elsewhere; found: ElsewhereFound | null }
}

export interface Learned {
  /** Epochs that it learned, mostly fewer than asked for where it was stopped early. */
  epochs: number
  /** The epoch whose weights are kept, by the metric that stops training; null where none does, or none was judged. */
  bestEpoch: number | null
  /** Patience ran out, be it at the last epoch. */
  isStoppedEarly: boolean
}

/** Something that happened to a run. */
export interface LogLine {
  /** ISO date and time. */
  time: string
  text: string
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
  part: PartName
  /** Of the attribute that lists are judged by; empty where there is none. */
  categories: string[]
}

export interface UserSummary {
  user: string
  interactions: number
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
