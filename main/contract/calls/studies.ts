import * as v from 'valibot'
import { cleanStepSchema, splitSchema } from '../experiment'
import type { RunRecord } from '../records'
import {
  budgetSchema,
  type Importance,
  modelSpaceSchema,
  objectiveSchema,
  type StudyProposal,
  type StudyRecord,
  searchEntries,
  type TrialRecord,
} from '../tuning'
import { experiment, id, name, nothing, remarks } from './fields'

/** What becomes of the trials that run when a study is paused or stopped. */
const ending = {
  /** `cancel`: within a second; when the study goes on they start again. `finish`: the study waits for them. */
  running: v.optional(v.picklist(['cancel', 'finish']), 'cancel'),
}

/** Studies of settings. */
export const studiesCalls = {
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
} as const

export interface StudiesOutputs {
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
}
