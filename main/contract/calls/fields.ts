import * as v from 'valibot'
import { deviceChoiceSchema } from '../devices'
import { cleanStepSchema, evaluationSchema, seedSchema, splitSchema } from '../experiment'
import { featuresSchema } from '../features'

// What inputs of several areas are made of.

export const id = v.pipe(v.string(), v.minLength(1), v.maxLength(200))
export const path = v.pipe(v.string(), v.minLength(1), v.maxLength(4096))
export const nothing = v.strictObject({})
export const limit = v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)), 50)
/** Rows before the first one that is answered. */
export const offset = v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 0)
export const name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200))

/** What a user may write about a dataset or a run; what is left out stays as it is. */
export const remarks = {
  name: v.optional(name),
  tags: v.optional(v.pipe(v.array(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(50))), v.maxLength(20))),
  notes: v.optional(v.pipe(v.string(), v.maxLength(10_000))),
}

export const dataAndSplit = {
  datasetId: id,
  clean: v.optional(v.array(cleanStepSchema), []),
  /** Null: leave-last-out where there are timestamps, random 80/20 otherwise. */
  split: v.optional(v.nullable(splitSchema), null),
}

/** The place that shows the answer, the dataset's own by default: a newer question of the same place ends an older one. */
export const view = v.optional(id)

/** Null: what the types of the attributes propose. */
export const features = v.optional(v.nullable(featuresSchema), null)

/** All settings of a run but the model. */
export const experiment = {
  ...dataAndSplit,
  features,
  evaluation: v.optional(evaluationSchema, {}),
  seed: v.optional(seedSchema, 42),
  device: v.optional(deviceChoiceSchema, 'best'),
}
