import * as v from 'valibot'
import type { DeviceChoice } from './devices'
import type { PlainError } from './errors'
import type { CleanStep, Evaluation, Split } from './experiment'
import type { Feature } from './features'
import { type ModelDescription, type Parameter, type ParameterValue, parameterValueSchema } from './parameters'
import type { Remarks, SplitCounts } from './records'

const wholeFrom = (minimum: number, maximum: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(minimum), v.maxValue(maximum))

const rangeSchema = v.pipe(
  v.strictObject({
    from: v.number(),
    to: v.number(),
    /** The parameter's own scale where it is left out. */
    scale: v.optional(v.picklist(['linear', 'logarithmic'])),
    /** Values that the sampler `grid` takes of it, 5 where it is left out; other samplers take any. */
    points: v.optional(wholeFrom(2, 100)),
  }),
  v.check(({ from, to }) => from < to, 'from must be less than to.'),
  v.check(({ from, scale }) => scale !== 'logarithmic' || from > 0, 'on a logarithmic scale, from must be above 0.'),
)

/** One value: fixed. A range of numbers. A list: these values only, in their order for the sampler `grid`. */
export const parameterSpaceSchema = v.union([
  parameterValueSchema,
  rangeSchema,
  v.pipe(v.array(parameterValueSchema), v.minLength(1), v.maxLength(100)),
])
export type ParameterSpace = v.InferOutput<typeof parameterSpaceSchema>
export type ParameterRange = v.InferOutput<typeof rangeSchema>

/** What a study tries of one model. A parameter that it leaves out keeps its default. */
export const modelSpaceSchema = v.strictObject({
  model: v.pipe(v.string(), v.minLength(1)),
  /** Left out: `defaultSpace`. */
  space: v.optional(v.record(v.string(), parameterSpaceSchema)),
})
/** With the space of every parameter. */
export interface ModelSpace {
  model: string
  space: Record<string, ParameterSpace>
}

export const samplerIds = ['tpe', 'quasi-random', 'random', 'grid'] as const
export type SamplerId = (typeof samplerIds)[number]

/** A metric's key, such as `ndcg@10` or `rmse`: its value on the validation part. The metric says which way is better. */
export const objectiveSchema = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9-]+(@[1-9][0-9]{0,3})?$/, 'give a metric and its cutoff, such as ndcg@10, or rmse.'),
)

/** A study ends with whichever comes first; minutes count while it runs. */
export const budgetSchema = v.pipe(
  v.strictObject({
    trials: v.optional(wholeFrom(1, 5000)),
    minutes: v.optional(v.pipe(v.number(), v.gtValue(0), v.maxValue(100_000))),
  }),
  v.check(({ trials, minutes }) => trials !== undefined || minutes !== undefined, 'give trials, minutes, or both.'),
)
export type Budget = v.InferOutput<typeof budgetSchema>

/** How a study searches: the same in a call and in the experiment file. */
export const searchEntries = {
  sampler: v.optional(v.picklist(samplerIds), 'tpe'),
  /** Successive halving: trials begin with a small part of the training, and the best third of each rung goes on. */
  halving: v.optional(v.boolean(), true),
  /** One, or two of which neither is given up for the other. */
  objectives: v.optional(v.pipe(v.array(objectiveSchema), v.minLength(1), v.maxLength(2)), ['ndcg@10']),
  budget: v.optional(budgetSchema, { minutes: 5 }),
  /** Trials at the same time, as far as memory and threads allow. */
  parallel: v.optional(wholeFrom(1, 64), 1),
}

/** The block `tuning` of an experiment file. */
export const tuningSchema = v.strictObject({
  ...searchEntries,
  /** By model; a model that is left out has its default space. Parameters given under `models` are fixed. */
  spaces: v.optional(v.record(v.string(), v.record(v.string(), parameterSpaceSchema)), {}),
  /** What is trained on train and validation and judged on test in the end: the best of all, or the best of each model. */
  retrain: v.optional(v.picklist(['best', 'each-model']), 'best'),
})
export type Tuning = v.InferOutput<typeof tuningSchema>

export interface StudySettings {
  clean: CleanStep[]
  /** With a validation part, on which trials are judged. */
  split: Split
  /** Null where no model takes features. */
  features: Feature[] | null
  /** Of the run that `studies.finish` makes. Of it, trials are judged with candidates (never a file's), seen items and cutoffs of the objectives. */
  evaluation: Evaluation
  seed: number
  /** What networks are trained on; left out by older versions. */
  device?: DeviceChoice
  models: ModelSpace[]
  sampler: SamplerId
  halving: boolean
  objectives: string[]
  budget: Budget
  parallel: number
}

/** `paused` goes on where it stopped; `stopped` was ended before its budget was spent, and `done` with it. */
export type StudyState = 'queued' | 'running' | 'paused' | 'done' | 'stopped' | 'failed'

export interface StudyRecord extends Remarks {
  id: string
  datasetId: string
  dataHash: string
  settings: StudySettings
  state: StudyState
  /** What it becomes once the trials that run have ended, where it was asked to wait for them. */
  endsAs: 'paused' | 'stopped' | null
  error: PlainError | null
  createdAt: string
  endedAt: string | null
  /** Time that it has run so far. */
  seconds: number
  /** Hash of what trials read: train and validation part, and no test part. Null until it is prepared. */
  prepared: string | null
  /** Of what trials read: its test part is the validation part. */
  counts: SplitCounts | null
  trials: Record<TrialState, number>
  /** Numbers of the best trial so far, or with two objectives of those that no other one beats, by the first objective. */
  best: number[]
}

/**
 * `waiting`: judged on a rung and not gone on yet, or cut off before it was. `done`: trained whole. `stopped`: ended below the top rung, because
 * others were better or the study ended.
 */
export const trialStates = ['running', 'waiting', 'done', 'stopped', 'failed'] as const
export type TrialState = (typeof trialStates)[number]

/** A trial as it was judged after a part of its training. */
export interface Rung {
  /** From 0; the last one is the whole training. */
  rung: number
  /** Share of the whole training, 0 to 1: of the epochs, or of the training users for a model without epochs. */
  share: number
  /** Epochs at this rung, and null for a model without. */
  epochs: number | null
  /** By objective, on the validation part. */
  values: Record<string, number>
  fitSeconds: number
  evaluateSeconds: number
  peakBytes: number
  startedAt: string
  endedAt: string
}

/** One setting of one model, tried. */
export interface TrialRecord {
  /** `<study>/<number>`. */
  id: string
  studyId: string
  /** From 1, in the order in which they were begun. */
  number: number
  model: string
  /** All parameters; those that do not matter beside the others have their default. */
  params: Record<string, ParameterValue>
  state: TrialState
  error: PlainError | null
  /** In order; without `halving` there is at most one. */
  rungs: Rung[]
  /** Of the last rung; null before the first one. */
  values: Record<string, number> | null
  /** Training and judging of all rungs. */
  seconds: number
  createdAt: string
  /** When the rung was begun that is trained now; null where none is. */
  startedAt: string | null
  endedAt: string | null
}

/** How much of an objective's variance over the space each parameter explains alone; docs/tuning.md has the method. */
export interface Importance {
  model: string
  objective: string
  /** Trials that it rests on, all judged on the same rung; below `fewestForImportance` there are no parameters. */
  trials: number
  /** Searched parameters, the most important first. */
  parameters: { name: string; share: number }[]
  /** Of two parameters together, beyond each alone; the most important first. */
  pairs: { names: [string, string]; share: number }[]
}
export const fewestForImportance = 8

/** A sensible study of a dataset: the settings of `studies.create`, and why. */
export interface StudyProposal extends StudySettings {
  /** About how long one trial of each model takes with its defaults, in seconds. */
  seconds: Record<string, number>
  /** Trials that fit beside one another into memory and threads. */
  mostParallel: number
  reasons: StudyReason[]
}

export interface StudyReason {
  code: StudyReasonCode
  data: Record<string, number | string>
}

export const studyReasonCodes = [
  /** The split has no validation part: it is cut off the training part by `strategy`. */
  'validation-proposed',
  /** The split has a validation part already. */
  'validation-given',
  /** The file of the validation part is what trials are judged on. */
  'validation-file',
  /** `models` models are tuned; each has its defaults as its first trial. */
  'models',
  /** `model` has nothing to tune. */
  'nothing-to-tune',
  /** `model` would need `bytes`, more than the `limit`. */
  'model-too-large',
  /** One trial of `model` would take about `seconds`, too much for `minutes` minutes. */
  'model-too-slow',
  /** The budget is `minutes` minutes: about `trials` whole trainings with defaults. */
  'budget',
  /** Trials begin with a small part of the training. */
  'halving',
  /** There is time for every trial to be trained whole. */
  'no-halving',
] as const
export type StudyReasonCode = (typeof studyReasonCodes)[number]

/** Whether a parameter matters beside the values of the others. */
export function isActive({ when }: Pick<Parameter, 'when'>, params: Readonly<Record<string, ParameterValue>>): boolean {
  return Object.entries(when ?? {}).every(([name, values]) => values.includes(params[name]))
}

/** What a parameter is tried with by default: its `search`, or its default alone. */
export function defaultParameterSpace(parameter: Parameter): ParameterSpace {
  if (parameter.search === undefined) return parameter.default
  if (parameter.type === 'boolean') return [true, false]
  if (parameter.type === 'choice') return [...parameter.search]
  const [from, to] = parameter.search
  return { from, to }
}

/** Narrower than what is allowed: where good values lie on most data. */
export function defaultSpace({ parameters }: Pick<ModelDescription, 'parameters'>): Record<string, ParameterSpace> {
  return Object.fromEntries(parameters.map((parameter) => [parameter.name, defaultParameterSpace(parameter)]))
}

export function isRange(space: ParameterSpace): space is ParameterRange {
  return typeof space === 'object' && !Array.isArray(space)
}
