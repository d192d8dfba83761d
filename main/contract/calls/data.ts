import * as v from 'valibot'
import {
  cleanStepSchema,
  columnsSchema,
  evaluationSchema,
  formatSchema,
  interactionsSchema,
  itemsFileSchema,
  modelEntrySchema,
  pseudonymiseSchema,
  seedSchema,
  timeSchema,
  usersFileSchema,
} from '../experiment'
import { type AttributeValues, type Exploration, explorationParts } from '../exploration'
import type { FeaturesPreview } from '../features'
import { filtersSchema, subjectSchema } from '../filters'
import type { Plan } from '../plan'
import type { Anonymity, PseudonymKey, RecipePreview } from '../recipes'
import type { DatasetRecord, JobRecord, RejectedRow, RunRecord } from '../records'
import type { SplitPreview } from '../split-preview'
import { dataAndSplit, experiment, features, id, limit, nothing, offset, path, remarks, view } from './fields'

/** What filters leave of a dataset after a recipe. */
const filtered = {
  datasetId: id,
  clean: v.optional(v.array(cleanStepSchema), []),
  filters: v.optional(filtersSchema, []),
}

/** Datasets: read, cleaned, explored, split, made into features. */
export const dataCalls = {
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
  'features.preview': v.strictObject({
    datasetId: id,
    clean: v.optional(v.array(cleanStepSchema), []),
    features,
    view,
  }),
  'features.ablate': v.strictObject({ ...experiment, model: modelEntrySchema }),
} as const

export interface DataOutputs {
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
  /** The split as it would be made, and what speaks against it. A newer one of the same place ends an older one with CANCELLED. */
  'splits.preview': SplitPreview
  /** Good defaults for the dataset, and what they cost on this machine. */
  'plans.propose': Plan
  /** The attributes of the dataset, and what features of them give; of all rows that the files of attributes have. A newer one of the same place ends an older one with CANCELLED. */
  'features.preview': FeaturesPreview
  /** A run with all features, then one without each group of them; their tag is `ablation`. */
  'features.ablate': RunRecord[]
}
