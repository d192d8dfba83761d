import * as v from 'valibot'
import { cleanStepSchema } from './clean'
import { deviceChoiceSchema } from './devices'
import { featuresSchema } from './features'
import { subjectSchema } from './filters'
import {
  columnsSchema,
  formatSchema,
  interactionsSchema,
  itemsFileSchema,
  timeSchema,
  usersFileSchema,
} from './formats'
import { defaultMetricIds, metricIds } from './metrics'
import { parameterValueSchema } from './parameters'
import { repeatSchema } from './repeat'
import { splitSchema } from './split'
import { tuningSchema } from './tuning'

export * from './clean'
export * from './formats'
export * from './metrics'
export * from './split'

/** Users, items, or both, each once. */
export const pseudonymiseSchema = v.pipe(v.array(subjectSchema), v.minLength(1), v.maxLength(2))

export const datasetSchema = v.strictObject({
  interactions: v.optional(interactionsSchema),
  columns: v.optional(columnsSchema),
  format: v.optional(formatSchema),
  /** Proposed from the first times where it is left out. */
  time: v.optional(timeSchema),
  items: v.optional(itemsFileSchema),
  users: v.optional(usersFileSchema),
  /** Whose ids are replaced by pseudonyms, made with a key that stays in the workspace. */
  pseudonymise: v.optional(pseudonymiseSchema),
  clean: v.optional(v.array(cleanStepSchema), []),
})
/** Where the data comes from and how it is cleaned. `interactions` may be left out with a `predefined` split only. */
export type DatasetSpec = v.InferOutput<typeof datasetSchema>

export const candidatesSchema = v.union([
  v.literal('all'),
  v.strictObject({ sampled: v.pipe(v.number(), v.integer(), v.minValue(1)) }),
  v.strictObject({ file: v.pipe(v.string(), v.minLength(1)) }),
])
/** The items that are ranked for a user: all of the training catalogue, a sample, or those given per test case. */
export type Candidates = v.InferOutput<typeof candidatesSchema>

export const evaluationSchema = v.strictObject({
  candidates: v.optional(candidatesSchema, 'all'),
  exclude_seen: v.optional(v.boolean(), true),
  cutoffs: v.optional(
    v.pipe(v.array(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000))), v.minLength(1)),
    [5, 10, 20],
  ),
  metrics: v.optional(v.pipe(v.array(v.picklist(metricIds)), v.minLength(1)), [...defaultMetricIds]),
  /**
   * The attribute by which lists are diverse and calibrated: categories or vectors. Left out: the first of several
   * values, else the first category, else the first vector.
   */
  item_attribute: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(1000))),
})
export type Evaluation = v.InferOutput<typeof evaluationSchema>

const memberSchema = v.union([
  v.pipe(v.number(), v.integer(), v.minValue(0)),
  v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
])
export const modelEntrySchema = v.strictObject({
  model: v.pipe(v.string(), v.minLength(1)),
  /** The name of a set of parameters; the defaults where it is left out. */
  preset: v.optional(v.pipe(v.string(), v.minLength(1))),
  params: v.optional(v.record(v.string(), parameterValueSchema), {}),
  /**
   * Of a model that is made of runs. A number is the place from 0 of an entry before it; a text is the id of a model
   * before it in an experiment file, and of a trained run elsewhere. Left out: all entries before it that are not made of
   * runs themselves.
   */
  members: v.optional(v.array(memberSchema)),
})
/** A model with the parameters that differ from its preset. The registry checks all of it. */
export type ModelEntry = v.InferOutput<typeof modelEntrySchema>

export const seedSchema = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffffff))

export const experimentSchema = v.strictObject({
  dataset: datasetSchema,
  split: v.optional(splitSchema),
  /** Left out: what the types of the attributes propose. An empty list: none. */
  features: v.optional(featuresSchema),
  evaluation: v.optional(evaluationSchema, {}),
  models: v.pipe(v.array(modelEntrySchema), v.minLength(1)),
  /** Left out: each model is trained with the parameters given. */
  tuning: v.optional(tuningSchema),
  seed: v.optional(seedSchema, 42),
  /** What networks are trained on; other models compute on the processor. */
  device: v.optional(deviceChoiceSchema, 'best'),
  repeat: v.optional(repeatSchema),
})
/** The experiment file, after its defaults are filled in. */
export type Experiment = v.InferOutput<typeof experimentSchema>
/** The experiment file as it is written, defaults left out. */
export type ExperimentFile = v.InferInput<typeof experimentSchema>
