import * as v from 'valibot'
import { deviceChoiceSchema, deviceIds } from '../devices'
import { elsewhereSchema } from '../elsewhere'
import { type Estimate, trainCountsSchema } from '../estimates'
import { cleanStepSchema, type ExperimentFile, evaluationSchema, modelEntrySchema, seedSchema } from '../experiment'
import type { ModelDescription } from '../parameters'
import type { JobRecord, LogLine, RunRecord } from '../records'
import { repeatSchema } from '../repeat'
import type { SelectionMetrics } from '../selections'
import { dataAndSplit, experiment, features, id, name, nothing, remarks } from './fields'

/** Models, their training, and the jobs that do it. */
export const runsCalls = {
  'models.list': nothing,
  'models.estimate': v.strictObject({
    datasetId: id,
    clean: v.optional(v.array(cleanStepSchema), []),
    features,
    /** Of the training part; null: those of the whole dataset. */
    counts: v.optional(v.nullable(trainCountsSchema), null),
    /** The split holds out users wholly, so that what is offered must make lists for them. */
    needsFoldIn: v.optional(v.boolean(), false),
    /** What networks would be computed on; left out where that is not known yet. */
    device: v.optional(v.picklist(deviceIds)),
    models: v.array(modelEntrySchema),
  }),
  'runs.start': v.strictObject({
    ...experiment,
    models: v.pipe(v.array(modelEntrySchema), v.minLength(1)),
    repeat: v.optional(v.nullable(repeatSchema), null),
  }),
  'runs.import': v.strictObject({
    ...dataAndSplit,
    evaluation: v.optional(evaluationSchema, {}),
    seed: v.optional(seedSchema, 42),
    name: v.optional(name),
    from: elsewhereSchema,
  }),
  'runs.list': nothing,
  'runs.change': v.strictObject({ runId: id, ...remarks }),
  'runs.duplicate': v.strictObject({ runId: id }),
  'runs.delete': v.strictObject({ runId: id }),
  'runs.restore': v.strictObject({ runId: id }),
  /** `device`: another one than before. */
  'runs.again': v.strictObject({ runId: id, device: v.optional(deviceChoiceSchema) }),
  'runs.pause': v.strictObject({ runId: id }),
  'runs.resume': v.strictObject({ runId: id }),
  'runs.continue': v.strictObject({
    runId: id,
    epochs: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)),
  }),
  'runs.log': v.strictObject({ runId: id }),
  'runs.experiment': v.strictObject({ runId: id }),
  'runs.metrics': v.strictObject({ runId: id, selectionId: id }),
  'jobs.list': nothing,
  'jobs.cancel': v.strictObject({ jobId: id }),
  'jobs.retry': v.strictObject({ jobId: id }),
} as const

export interface RunsOutputs {
  'models.list': ModelDescription[]
  /** One for each entry of `models`, in that order; answered at once, from counts alone. */
  'models.estimate': Estimate[]
  /** One run for each entry of `models`, in that order; with `repeat` all repetitions of the first one first. */
  'runs.start': RunRecord[]
  /** What other programs made, judged like any run; `seed` draws sampled candidates. */
  'runs.import': RunRecord
  'runs.list': RunRecord[]
  'runs.change': RunRecord
  /** A copy with the trained model and its lists; only of a run that is done. */
  'runs.duplicate': RunRecord
  /** It can be restored until the workspace is opened again. */
  'runs.delete': null
  'runs.restore': RunRecord
  /** A new run with the same settings. */
  'runs.again': RunRecord
  /** Answered once the run is paused, within a second. Only of a run whose model saves checkpoints. */
  'runs.pause': RunRecord
  /** The paused run, queued again; it ends as if it had never been paused. */
  'runs.resume': RunRecord
  /** A new run, which goes on where a trained one ended, for so many epochs more. */
  'runs.continue': RunRecord
  /** What happened to the run, in order. */
  'runs.log': LogLine[]
  /** The file that repeats the run to the same numbers; paths are absolute. */
  'runs.experiment': ExperimentFile
  /** The run's metrics over the users of a selection, which must be one of users. */
  'runs.metrics': SelectionMetrics
  'jobs.list': JobRecord[]
  'jobs.cancel': JobRecord
  /** Starts the work of a failed or cancelled job again, as a new job; a run keeps its id. */
  'jobs.retry': JobRecord
}
