import * as v from 'valibot'
import { comparedSchema, levelSchema, type Significance } from './comparison'
import type { ErrorData } from './errors'
import { type Estimate, trainCountsSchema } from './estimates'
import {
  cleanStepSchema,
  columnsSchema,
  type ExperimentFile,
  evaluationSchema,
  formatSchema,
  interactionsSchema,
  itemsFileSchema,
  modelEntrySchema,
  pseudonymiseSchema,
  seedSchema,
  splitSchema,
  timeSchema,
  usersFileSchema,
} from './experiment'
import { type AttributeValues, type Exploration, explorationParts } from './exploration'
import { type FeaturesPreview, featuresSchema } from './features'
import { filtersSchema, type Subject, subjectSchema } from './filters'
import type { ModelDescription } from './parameters'
import type { ValuePairs, ValueSpread } from './per-user'
import { type Redefinition, redefineSchema } from './profiles'
import type { Anonymity, PseudonymKey, RecipePreview } from './recipes'
import type {
  DatasetRecord,
  DeviceRecord,
  FileEntry,
  FilePreview,
  FolderPreview,
  HistoryItem,
  JobRecord,
  ListedItem,
  LogLine,
  Plan,
  RejectedRow,
  RunRecord,
  UserSummary,
  WorkspaceRecord,
} from './records'
import { repeatSchema } from './repeat'
import { type SegmentMap, type SegmentUsers, segmentationSchema } from './segments'
import type { SelectionMember, SelectionMetrics, SelectionRecord } from './selections'
import type { SplitPreview } from './split-preview'
import {
  budgetSchema,
  type Importance,
  modelSpaceSchema,
  objectiveSchema,
  type StudyProposal,
  type StudyRecord,
  searchEntries,
  type TrialRecord,
} from './tuning'

/** Both ends say it in `workspace.hello`; different versions refuse each other. */
export const contractVersion = 1

/** A message larger than this closes the link. */
export const maximumFrameBytes = 16 * 1024 * 1024

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(200))
const path = v.pipe(v.string(), v.minLength(1), v.maxLength(4096))
const nothing = v.strictObject({})
const limit = v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)), 50)
/** Rows before the first one that is answered. */
const offset = v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 0)
const name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200))

/** What a user may write about a dataset or a run; what is left out stays as it is. */
const remarks = {
  name: v.optional(name),
  tags: v.optional(v.pipe(v.array(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(50))), v.maxLength(20))),
  notes: v.optional(v.pipe(v.string(), v.maxLength(10_000))),
}

/** A setting as JSON may not be longer. */
const maximumSettingLength = 65_536
const setting = v.pipe(
  v.unknown(),
  v.check(
    (value) => (JSON.stringify(value)?.length ?? Number.POSITIVE_INFINITY) <= maximumSettingLength,
    `JSON of up to ${maximumSettingLength} characters`,
  ),
)

/** As in a run's record: `id@k`, or `id` where there is no k. */
const metricKey = v.pipe(v.string(), v.minLength(1), v.maxLength(100))

const twoRuns = { first: id, second: id, key: metricKey }

const dataAndSplit = {
  datasetId: id,
  clean: v.optional(v.array(cleanStepSchema), []),
  /** Null: leave-last-out where there are timestamps, random 80/20 otherwise. */
  split: v.optional(v.nullable(splitSchema), null),
}

/** What filters leave of a dataset after a recipe. */
const filtered = {
  datasetId: id,
  clean: v.optional(v.array(cleanStepSchema), []),
  filters: v.optional(filtersSchema, []),
}

/** The place that shows the answer, the dataset's own by default: a newer question of the same place ends an older one. */
const view = v.optional(id)

/** A segment of a segmentation, by its place in the answer of `comparison.segments`. */
const segmentOf = { segmentation: segmentationSchema, segment: v.pipe(v.number(), v.integer(), v.minValue(0)) }

/** Null: what the types of the attributes propose. */
const features = v.optional(v.nullable(featuresSchema), null)

/** All settings of a run but the model. */
const experiment = {
  ...dataAndSplit,
  features,
  evaluation: v.optional(evaluationSchema, {}),
  seed: v.optional(seedSchema, 42),
}

/** What becomes of the trials that run when a study is paused or stopped. */
const ending = {
  /** `cancel`: within a second; when the study goes on they start again. `finish`: the study waits for them. */
  running: v.optional(v.picklist(['cancel', 'finish']), 'cancel'),
}

/** The input that each call takes; the engine checks it before anything else. */
export const callSchemas = {
  'workspace.hello': v.strictObject({ version: v.number() }),
  'workspace.devices': nothing,
  'workspace.settings': nothing,
  'workspace.remember': v.strictObject({ key: id, value: setting }),
  'workspace.recent': nothing,
  'workspace.open': v.strictObject({ path }),
  'files.list': v.strictObject({ path: v.optional(v.nullable(path), null) }),
  'files.preview': v.strictObject({ path, format: v.optional(formatSchema) }),
  'files.previewFolder': v.strictObject({ path }),
  'datasets.open': v.strictObject({
    /** May be left out where `parts` are given: the dataset is their union. */
    path: v.optional(interactionsSchema),
    /** Files that hold a split which was made elsewhere. */
    parts: v.optional(v.strictObject({ train: path, validation: v.optional(path), test: path })),
    name: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(200))),
    columns: v.optional(columnsSchema),
    format: v.optional(formatSchema),
    time: v.optional(timeSchema),
    items: v.optional(itemsFileSchema),
    users: v.optional(usersFileSchema),
    pseudonymise: v.optional(pseudonymiseSchema),
  }),
  'datasets.sample': nothing,
  'datasets.list': nothing,
  'datasets.change': v.strictObject({ datasetId: id, ...remarks }),
  'datasets.duplicate': v.strictObject({ datasetId: id }),
  'datasets.delete': v.strictObject({ datasetId: id }),
  'datasets.restore': v.strictObject({ datasetId: id }),
  'datasets.exportRejects': v.strictObject({ datasetId: id }),
  'datasets.rejects': v.strictObject({ datasetId: id, limit, offset }),
  'recipes.preview': v.strictObject({
    datasetId: id,
    clean: v.array(cleanStepSchema),
    /** Takes about as long as a step. */
    contentHash: v.optional(v.boolean(), true),
    view,
  }),
  'recipes.stop': v.strictObject({ datasetId: id, view }),
  'datasets.explore': v.strictObject({
    ...filtered,
    /** All of them where it is left out. */
    parts: v.optional(v.array(v.picklist(explorationParts))),
    /** The place that shows the answer: a newer request of the same place ends an older one with CANCELLED. */
    view: v.optional(id),
  }),
  'datasets.values': v.strictObject({
    datasetId: id,
    of: subjectSchema,
    name: v.string(),
    /** A part of the value, in small or capital letters. */
    contains: v.optional(v.string(), ''),
    limit,
  }),
  'datasets.report': v.strictObject({ ...filtered, language: v.picklist(['en', 'zh']) }),
  'selections.list': nothing,
  'selections.create': v.pipe(
    v.strictObject({
      datasetId: id,
      of: subjectSchema,
      name,
      clean: v.optional(v.array(cleanStepSchema), []),
      filters: v.optional(filtersSchema),
      ids: v.optional(v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(1_000_000))),
    }),
    v.check(({ filters, ids }) => (filters === undefined) !== (ids === undefined), 'give either filters or ids.'),
  ),
  'selections.change': v.strictObject({ selectionId: id, name }),
  'selections.delete': v.strictObject({ selectionId: id }),
  'selections.restore': v.strictObject({ selectionId: id }),
  'selections.members': v.strictObject({
    selectionId: id,
    query: v.optional(v.pipe(v.string(), v.maxLength(10_000)), ''),
    limit,
    offset,
  }),
  'selections.export': v.strictObject({ selectionId: id }),
  'privacy.key': nothing,
  'privacy.destroyKey': nothing,
  'privacy.anonymity': v.strictObject({
    datasetId: id,
    /** Of users: what others may know of a person. */
    attributes: v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(50)),
  }),
  'splits.preview': v.strictObject({
    ...dataAndSplit,
    evaluation: v.optional(evaluationSchema, {}),
    seed: v.optional(seedSchema, 42),
    view,
  }),
  'plans.propose': v.strictObject({ datasetId: id }),
  'models.list': nothing,
  'models.estimate': v.strictObject({
    datasetId: id,
    clean: v.optional(v.array(cleanStepSchema), []),
    features,
    /** Of the training part; null: those of the whole dataset. */
    counts: v.optional(v.nullable(trainCountsSchema), null),
    /** The split holds out users wholly, so that what is offered must make lists for them. */
    needsFoldIn: v.optional(v.boolean(), false),
    models: v.array(modelEntrySchema),
  }),
  'features.preview': v.strictObject({
    datasetId: id,
    clean: v.optional(v.array(cleanStepSchema), []),
    features,
    view,
  }),
  'features.ablate': v.strictObject({ ...experiment, model: modelEntrySchema }),
  'runs.start': v.strictObject({
    ...experiment,
    models: v.pipe(v.array(modelEntrySchema), v.minLength(1)),
    repeat: v.optional(v.nullable(repeatSchema), null),
  }),
  'runs.list': nothing,
  'runs.change': v.strictObject({ runId: id, ...remarks }),
  'runs.duplicate': v.strictObject({ runId: id }),
  'runs.delete': v.strictObject({ runId: id }),
  'runs.restore': v.strictObject({ runId: id }),
  'runs.again': v.strictObject({ runId: id }),
  'runs.log': v.strictObject({ runId: id }),
  'runs.experiment': v.strictObject({ runId: id }),
  'runs.metrics': v.strictObject({ runId: id, selectionId: id }),
  'studies.propose': v.strictObject({
    datasetId: id,
    clean: v.optional(v.nullable(v.array(cleanStepSchema)), null),
    split: v.optional(v.nullable(splitSchema), null),
    /** Ids; those that suit the dataset where it is left out. */
    models: v.optional(v.pipe(v.array(id), v.minLength(1))),
    minutes: v.optional(v.pipe(v.number(), v.gtValue(0), v.maxValue(100_000)), 5),
  }),
  'studies.create': v.strictObject({
    ...experiment,
    ...searchEntries,
    models: v.pipe(v.array(modelSpaceSchema), v.minLength(1), v.maxLength(50)),
    name: v.optional(name),
    /** A study of the same data and settings that is paused, or done and not retrained, goes on in place of a new one. */
    continue: v.optional(v.boolean(), false),
  }),
  'studies.list': nothing,
  'studies.trials': v.strictObject({ studyId: id }),
  'studies.pause': v.strictObject({ studyId: id, ...ending }),
  'studies.resume': v.strictObject({
    studyId: id,
    /** A larger one lets a study that is done go on. */
    budget: v.optional(budgetSchema),
  }),
  'studies.stop': v.strictObject({ studyId: id, ...ending }),
  'studies.change': v.strictObject({ studyId: id, ...remarks }),
  'studies.delete': v.strictObject({ studyId: id }),
  'studies.restore': v.strictObject({ studyId: id }),
  'studies.importance': v.strictObject({
    studyId: id,
    /** The only one of the study, where it is left out. */
    model: v.optional(id),
    /** The study's first, where it is left out. */
    objective: v.optional(objectiveSchema),
  }),
  'studies.finish': v.strictObject({
    studyId: id,
    /** Its number; the study's best where it is left out. */
    trial: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  }),
  'comparison.significance': v.strictObject({ ...comparedSchema, reference: id, level: levelSchema, view }),
  'comparison.segments': v.strictObject({
    ...comparedSchema,
    segmentations: v.pipe(v.array(segmentationSchema), v.minLength(1), v.maxLength(20)),
    view,
  }),
  'comparison.stop': v.strictObject({ view: id }),
  'comparison.segmentUsers': v.strictObject({ ...comparedSchema, ...segmentOf, limit }),
  'comparison.segmentMembers': v.strictObject({
    runIds: comparedSchema.runIds,
    metric: comparedSchema.metric,
    ...segmentOf,
  }),
  'comparison.redefine': v.strictObject({ ...redefineSchema, view }),
  'perUser.spread': v.strictObject({
    runIds: v.pipe(v.array(id), v.minLength(1), v.maxLength(32)),
    key: metricKey,
  }),
  'perUser.pairs': v.strictObject(twoRuns),
  'perUser.ids': v.strictObject({
    ...twoRuns,
    /** What names a dot of `perUser.pairs`: the cell in the first run, in the second one, and the sign. */
    dots: v.pipe(v.array(v.tuple([v.number(), v.number(), v.picklist([-1, 0, 1])])), v.maxLength(100_000)),
  }),
  'jobs.list': nothing,
  'jobs.cancel': v.strictObject({ jobId: id }),
  'jobs.retry': v.strictObject({ jobId: id }),
  'users.search': v.strictObject({ datasetId: id, query: v.pipe(v.string(), v.maxLength(10_000)), limit, offset }),
  'users.history': v.strictObject({ runId: id, user: v.string() }),
  'lists.forUser': v.strictObject({ runId: id, user: v.string(), limit }),
  'lists.forEveryone': v.strictObject({
    runId: id,
    k: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)), 10),
  }),
} as const

export type CallName = keyof typeof callSchemas
export type CallInput<N extends CallName> = v.InferInput<(typeof callSchemas)[N]>
/** The input after the schema has filled in its defaults. */
export type CheckedInput<N extends CallName> = v.InferOutput<(typeof callSchemas)[N]>

/** What each call answers. Calls that take long answer with the job that does the work. */
export interface CallOutputs {
  'workspace.hello': WorkspaceRecord
  'workspace.devices': DeviceRecord[]
  /** What screens remember in this workspace. */
  'workspace.settings': Record<string, unknown>
  'workspace.remember': null
  /** Workspaces opened before, the latest first; those whose folder is gone are left out. */
  'workspace.recent': WorkspaceRecord[]
  /**
   * Closes this workspace and opens another one, or makes it. Every client is told by the event `workspace`. Refused
   * with BAD_REQUEST while jobs run; where the other one cannot be opened, this one stays.
   */
  'workspace.open': WorkspaceRecord
  /** The folders that files may be opened from, or one folder's entries: folders first, by name. */
  'files.list': { path: string | null; parent: string | null; entries: FileEntry[] }
  'files.preview': FilePreview
  /** What a folder holds as one dataset, for the caller to confirm. */
  'files.previewFolder': FolderPreview
  /** The dataset's id is the job's `subject` once the job is done. */
  'datasets.open': JobRecord
  'datasets.sample': JobRecord
  'datasets.list': DatasetRecord[]
  'datasets.change': DatasetRecord
  /** A copy of its own, without the runs. */
  'datasets.duplicate': DatasetRecord
  /** With its runs. All of it can be restored until the workspace is opened again. */
  'datasets.delete': null
  /** With the runs that went with it. */
  'datasets.restore': DatasetRecord
  'datasets.rejects': RejectedRow[]
  /** Writes the rejected rows as CSV into the workspace's exports and answers the file's path. */
  'datasets.exportRejects': { path: string }
  /** What each step leaves; a newer preview of the same place ends an older one with CANCELLED. */
  'recipes.preview': RecipePreview
  /** Ends the preview of a place, and gives back what is kept for the next one. */
  'recipes.stop': null
  'privacy.key': PseudonymKey
  /** Pseudonyms that were made with it can no longer be made again, nor checked. */
  'privacy.destroyKey': PseudonymKey
  'privacy.anonymity': Anonymity
  'datasets.explore': Exploration
  /** The values of an attribute in the files of users or items, the most frequent first. */
  'datasets.values': AttributeValues
  /** Writes an exploration as one HTML file into the workspace's exports and answers its path. */
  'datasets.report': { path: string }
  'selections.list': SelectionRecord[]
  /** Refused with BAD_REQUEST where nobody is left, or an id is not in the data. */
  'selections.create': SelectionRecord
  'selections.change': SelectionRecord
  /** It can be restored until the workspace is opened again. */
  'selections.delete': null
  'selections.restore': SelectionRecord
  /** Those with the most interactions first. */
  'selections.members': SelectionMember[]
  /** Writes the members as CSV into the workspace's exports and answers the file's path. */
  'selections.export': { path: string }
  /** The split as it would be made, and what speaks against it. A newer one of the same place ends an older one with CANCELLED. */
  'splits.preview': SplitPreview
  /** Good defaults for the dataset, and what they cost on this machine. */
  'plans.propose': Plan
  'models.list': ModelDescription[]
  /** One for each entry of `models`, in that order; answered at once, from counts alone. */
  'models.estimate': Estimate[]
  /** The attributes of the dataset, and what features of them give; of all rows that the files of attributes have. A newer one of the same place ends an older one with CANCELLED. */
  'features.preview': FeaturesPreview
  /** A run with all features, then one without each group of them; their tag is `ablation`. */
  'features.ablate': RunRecord[]
  /** One run for each entry of `models`, in that order; with `repeat` all repetitions of the first one first. */
  'runs.start': RunRecord[]
  'runs.list': RunRecord[]
  'runs.change': RunRecord
  /** A copy with the trained model and its lists; only of a run that is done. */
  'runs.duplicate': RunRecord
  /** It can be restored until the workspace is opened again. */
  'runs.delete': null
  'runs.restore': RunRecord
  /** A new run with the same settings. */
  'runs.again': RunRecord
  /** What happened to the run, in order. */
  'runs.log': LogLine[]
  /** The file that repeats the run to the same numbers; paths are absolute. */
  'runs.experiment': ExperimentFile
  /** The run's metrics over the users of a selection, which must be one of users. */
  'runs.metrics': SelectionMetrics
  /**
   * A study that finds good settings in a few minutes: of the given models, or of those that suit the dataset. Where the
   * split has no validation part, one is proposed within the training part.
   */
  'studies.propose': StudyProposal
  /** Starts at once, as a job of kind `tune` whose subject is the study. A split without a validation part is refused. */
  'studies.create': StudyRecord
  'studies.list': StudyRecord[]
  'studies.trials': TrialRecord[]
  'studies.pause': StudyRecord
  /** Of a paused, stopped or failed study, and with a larger budget of one that is done. */
  'studies.resume': StudyRecord
  'studies.stop': StudyRecord
  'studies.change': StudyRecord
  /** Its runs stay. It can be restored until the workspace is opened again. */
  'studies.delete': null
  'studies.restore': StudyRecord
  'studies.importance': Importance
  /**
   * Retrains a trial on train and validation part and evaluates it on the test part, which nothing of a study has read
   * before: a run like any other, which names its study. Refused with BAD_REQUEST where the trial has such a run already.
   */
  'studies.finish': RunRecord
  /**
   * How sure it is that runs differ from one of them. Refused with BAD_REQUEST where they were not judged on the same
   * users, or the metric has no values of single users. A newer one of the same place ends an older one with CANCELLED.
   */
  'comparison.significance': Significance
  /** Which run wins for whom. Refused as above, and where a metric or candidates do not allow segments of items. */
  'comparison.segments': SegmentMap
  /** Ends the comparison, or the map of segments, of a place. */
  'comparison.stop': null
  /** The users of a segment with their values in the runs, those that the first run serves worst beside the second. */
  'comparison.segmentUsers': SegmentUsers
  /** All ids of a segment, those without test items too. */
  'comparison.segmentMembers': { of: Subject; ids: string[] }
  /**
   * Metrics of stored lists under the definitions of another library. Refused with BAD_REQUEST for runs that were not
   * judged on the same data and candidates. A newer one of the same place ends an older one with CANCELLED.
   */
  'comparison.redefine': Redefinition
  /** How the users' values of a metric of single lists are spread; refused where none of the runs has such values. */
  'perUser.spread': ValueSpread
  /** Users by their values in two runs on the same prepared data. */
  'perUser.pairs': ValuePairs
  /** The ids of the users of some dots; refused with BAD_REQUEST where they are too many for one selection. */
  'perUser.ids': string[]
  'jobs.list': JobRecord[]
  'jobs.cancel': JobRecord
  /** Starts the work of a failed or cancelled job again, as a new job; a run keeps its id. */
  'jobs.retry': JobRecord
  /** Users whose id contains the query, an exact match first; all users, the most active first, for an empty one. */
  'users.search': UserSummary[]
  /** In time order. */
  'users.history': HistoryItem[]
  'lists.forUser': ListedItem[]
  /** Trains the run's model once more on all interactions; the job's `subject` is the Parquet file's path. */
  'lists.forEveryone': JobRecord
}

export type Calls = { [N in CallName]: (input: CallInput<N>) => Promise<CallOutputs[N]> }

/**
 * What the engine tells without being asked. Every event carries a whole record, the newest wins, so that a slow
 * reader may miss steps between but never the last.
 */
export interface Events {
  /** Another workspace is open: load everything again. Key: always the same. */
  workspace: WorkspaceRecord
  /** Key: job id. */
  job: JobRecord
  /** Key: run id; null when it was deleted. */
  run: { id: string; record: RunRecord | null }
  /** Key: study id; null when it was deleted. */
  study: { id: string; record: StudyRecord | null }
  /** Key: the trial's id. After a study was deleted its trials are gone without a word. */
  trial: TrialRecord
  /** Key: dataset id; null when it was deleted. */
  dataset: { id: string; record: DatasetRecord | null }
  /** Key: selection id; null when it or its dataset was deleted. */
  selection: { id: string; record: SelectionRecord | null }
  /** The share that is done of what a place of a screen waits for. Key: the `view` that was named in the call. */
  progress: { view: string; fraction: number }
  /** A sentence for the user that no call answers, such as a process that had to be restarted. */
  notice: { id: string; level: 'info' | 'warning' | 'error'; message: string; data: ErrorData }
}
export type EventName = keyof Events
export type Event = { [N in EventName]: { name: N; key: string; value: Events[N] } }[EventName]

/** The engine as any door or screen sees it, over whichever link. */
export interface EngineClient {
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutputs[N]>
  /** Returns the function that ends the subscription. */
  subscribe(listener: (event: Event) => void): () => void
  /** Settles when the link is gone, with the reason. */
  readonly closed: Promise<string>
  close(): void
}

/** What the engine gives a link to serve. `call` has checked nothing yet: name and input come from outside. */
export interface EngineService {
  call(name: string, input: unknown): Promise<unknown>
  subscribe(listener: (event: Event) => void): () => void
}
