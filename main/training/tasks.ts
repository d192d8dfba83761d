import type { ListOverlap, SignificanceSettings } from '../contract/comparison'
import type { DeviceChoice, DeviceId, DeviceRecord } from '../contract/devices'
import type { ElsewhereFiles, ElsewhereFound, MovedProblem } from '../contract/elsewhere'
import type { Candidates, Evaluation, Split } from '../contract/experiment'
import type { CompressionPreview, ExportProof } from '../contract/exports'
import type { Feature, FeaturesPreview, ImageGaps } from '../contract/features'
import type { ParameterValue } from '../contract/parameters'
import type { ProfileId, RedefinedRun } from '../contract/profiles'
import type { Progress, RunRecord } from '../contract/records'
import type { SplitInspection } from '../contract/split-preview'
import type { Rung } from '../contract/tuning'
import type { History } from '../data/with-history'
import type { Compared } from '../evaluation/significance/compare'
import type { MemberEntry } from './artifact'
import type { CheckpointRequest } from './checkpoints'
import type { ExportTask, PreviewCompressionTask, ProveTask } from './export-tasks'
import type { Answer } from './questions'
import type { AskTask, ProjectionFound, ProjectionTask, SegmentsFound, SegmentsTask } from './screen-tasks'

/** What a job process can be asked for, and what it answers: a line for each kind of task. */
export interface TaskKinds {
  split: { task: SplitTask; result: Omit<SplitInspection, 'clean' | 'contentHash'> }
  'encode-features': { task: EncodeFeaturesTask; result: { gaps: FeatureGaps[] } }
  'preview-features': { task: PreviewFeaturesTask; result: Omit<FeaturesPreview, 'defaults'> }
  train: { task: TrainTask; result: TrainResult }
  trial: { task: TrialTask; result: TrialResult }
  lists: { task: ListsTask; result: null }
  compare: { task: CompareTask; result: Compared }
  segments: { task: SegmentsTask; result: SegmentsFound }
  redefine: { task: RedefineTask; result: RedefinedRun[] }
  overlap: { task: OverlapTask; result: ListOverlap }
  export: { task: ExportTask; result: null }
  prove: { task: ProveTask; result: ExportProof }
  'preview-compression': { task: PreviewCompressionTask; result: CompressionPreview }
  ask: { task: AskTask; result: Answer }
  'probe-device': { task: ProbeDeviceTask; result: DeviceRecord }
  projection: { task: ProjectionTask; result: ProjectionFound }
}
export type TaskKind = keyof TaskKinds

/** Work for a job process. Paths are absolute; arrays travel in files, so that a task is always small. */
export type Task = TaskKinds[TaskKind]['task']
export type TaskResults = { [Kind in TaskKind]: TaskKinds[Kind]['result'] }
export type TaskResult<T extends Task> = TaskResults[T['kind']]

/** Cuts encoded interactions into parts; writes them as prepared data where `output` names a folder. */
export interface SplitTask {
  kind: 'split'
  encoded: string
  split: Split
  seed: number
  candidatesFile: string | null
  hash: string
  output: string | null
  /** What is written has the validation part in the place of the test part, and nothing of the test part. */
  forTuning: boolean
}

/** Encodes features of prepared data from a file of attributes, `images` of pictures filled in; `output` is the name of a file beside the data. */
export interface EncodeFeaturesTask {
  kind: 'encode-features'
  attributes: string
  prepared: string
  features: Feature[]
  /** Where vectors of texts and pictures are kept. */
  vectors: string
  output: string
}

/** Pictures of a feature that have no vector. */
export type FeatureGaps = ImageGaps & { column: string }

/** Says what features of a file of attributes would give. */
export interface PreviewFeaturesTask {
  kind: 'preview-features'
  attributes: string
  features: Feature[]
}

/** Trains one model on prepared data and evaluates it, or lists for everyone after training on all parts. */
export interface TrainTask {
  kind: 'train'
  prepared: string
  /** The file of encoded features in the folder of prepared data, for a model that takes them. */
  features: string | null
  artifact: string
  runId: string
  model: string
  params: Record<string, ParameterValue>
  seed: number
  threads: number
  /** What a network computes on, the processor where it is left out; every other model computes there. */
  device?: DeviceChoice
  memoryLimitBytes: number
  goal: EvaluateGoal | { kind: 'list-everyone'; k: number; excludeSeen: boolean } | ListOneGoal
  /** The runs that the model is made of; left out for other models. */
  members?: TaskMember[]
  /** What other programs made, which is read instead of training; left out for other models. */
  elsewhere?: ElsewhereFiles
  /** A model that was trained on other data, which is moved instead of training; left out for other models. */
  moved?: MovedTask
  /** For a model that has `checkpoint`. */
  checkpoints?: Pick<CheckpointRequest, 'folder' | 'from' | 'intervalMilliseconds'>
}

/**
 * All items for one user, by a model of the training part in which what this user has is `history`; null: a user whom the
 * data has not. Seen ones are not left out.
 */
export interface ListOneGoal {
  kind: 'list-one'
  user: number | null
  history: History
}

/** A trained model for other data. */
export interface MovedTask {
  artifact: string
  /** What its run and its dataset are called. */
  run: string
  dataset: string
  /** The file of its features, and that of those that this data has; null where it has none. */
  learned: string
  own: string | null
  /** Its features in their order. */
  features: { name: string; problem: MovedProblem | null }[]
}

export interface TaskMember extends MemberEntry {
  /** Where it lies trained; null: it is trained again. */
  artifact: string | null
}

export interface EvaluateGoal {
  kind: 'evaluate'
  evaluation: Evaluation
  /** The file of an encoded attribute of items in the folder of prepared data, for metrics that ask for one. */
  itemAttribute?: ItemAttribute | null
}

export interface ItemAttribute {
  file: string
  /** Its columns are categories, not components of a vector. */
  areCategories: boolean
}

/** Trains one model on data prepared for tuning and judges it. */
export interface TrialTask
  extends Pick<
    TrainTask,
    'prepared' | 'features' | 'model' | 'params' | 'seed' | 'threads' | 'device' | 'memoryLimitBytes'
  > {
  kind: 'trial'
  goal: EvaluateGoal
  /** Share of the training users, 0 to 1. */
  userShare: number
}

/** Lists of single users, from a trained artifact; they are written to `output`. */
export interface ListsTask {
  kind: 'lists'
  prepared: string
  artifact: string
  users: number[]
  k: number
  excludeSeen: boolean
  threads: number
  output: string
}

/** Compares runs by the values of users in the file `values`: see `valueTensors`. */
export interface CompareTask extends SignificanceSettings {
  kind: 'compare'
  values: string
  /** The place of the run that the others are compared with. */
  reference: number
  direction: 'higher' | 'lower'
}

/** Judges stored lists of runs on the same prepared data and candidates under other definitions. */
export interface RedefineTask {
  kind: 'redefine'
  prepared: string
  candidates: Candidates
  profile: ProfileId
  runs: { runId: string; artifact: string; cutoffs: number[] }[]
}

/** How alike the stored lists of two runs on the same prepared data and candidates are; `first` and `second`: artifacts. */
export interface OverlapTask {
  kind: 'overlap'
  first: string
  second: string
  k: number
}

/** Tries whether a device computes. */
interface ProbeDeviceTask {
  kind: 'probe-device'
  device: DeviceId
}

type TrainResult = Pick<
  RunRecord,
  | 'fitSeconds'
  | 'evaluateSeconds'
  | 'judgedUsers'
  | 'peakBytes'
  | 'metrics'
  | 'leftOut'
  | 'curve'
  | 'device'
  | 'deviceName'
  | 'learned'
> & {
  /** What became of the runs that the model is made of, in their order; null for other models. */
  members: Pick<MemberEntry, 'weight' | 'learned'>[] | null
  /** How what was made elsewhere fits the data; left out for other models. */
  found?: ElsewhereFound
  /** What reads what was made elsewhere, and its parameters; left out for other models. */
  model?: string
  params?: Record<string, ParameterValue>
}

type TrialResult = Pick<Rung, 'fitSeconds' | 'evaluateSeconds' | 'peakBytes'> & {
  metrics: Record<string, number>
}

export interface TaskContext {
  report(progress: Progress): void
  signal: AbortSignal
  /** Once aborted, training ends with its reason at the next checkpoint, which is saved at once. */
  pause?: AbortSignal
}
