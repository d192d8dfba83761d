import type { DeviceChoice } from '../../main/contract/devices'
import type { CleanStep, Evaluation, ModelEntry, Split } from '../../main/contract/experiment'
import type { Feature } from '../../main/contract/features'
import type { Plan } from '../../main/contract/plan'
import type { DatasetRecord, RunRecord } from '../../main/contract/records'
import { type ExperimentDraft, newExperiment, splitOf } from './experiment'
import { linesOf } from './features'
import { recipeOf, stepsOf } from './recipe'
import { draftOfSplit } from './split-draft'

/** Settings that the Train screen's form can be filled with. */
export interface Settings {
  clean: CleanStep[]
  split: Split | null
  /** Null: what the attributes propose. */
  features: Feature[] | null
  evaluation: Evaluation
  models: ModelEntry[]
  seed: number
  device: DeviceChoice
}

export function settingsOfRun(run: RunRecord): Settings {
  const { clean, split, features, evaluation, model, params, seed, deviceChoice } = run
  const members = run.members && { members: run.members.map(({ runId }) => runId) }
  const models = [{ model, params, ...members }]
  return { clean, split, features, evaluation, models, seed, device: deviceChoice ?? 'best' }
}

export function settingsOfPlan({ clean, split, evaluation, models }: Plan): Settings {
  return { clean, split, features: null, evaluation, models, seed: 42, device: 'best' }
}

/** The form with these settings in its fields. */
export function draftOf(
  { clean, split, features, evaluation, models, seed, device }: Settings,
  dataset: DatasetRecord,
): ExperimentDraft {
  return {
    ...newExperiment(dataset, []),
    clean: recipeOf(clean, dataset),
    ...(split && { split: draftOfSplit(split, dataset) }),
    features: features && linesOf(features),
    ...evaluationFields(evaluation),
    seed,
    device,
    models: models.map(({ model }) => model),
    members: models.flatMap(({ members = [] }) => members.filter((member) => typeof member === 'string')),
    parameters: Object.fromEntries(models.map(({ model, params }) => [model, params])),
  }
}

/** Whether the form says all of it: a split without a point in time and the like. */
export function holdsAll(draft: ExperimentDraft, { split }: Settings, dataset: DatasetRecord): boolean {
  return split === null || isSame(splitOf(draft, dataset), split)
}

function evaluationFields({
  candidates,
  exclude_seen,
  cutoffs,
  metrics,
  item_attribute,
}: Evaluation): Partial<ExperimentDraft> {
  return {
    ...(candidates === 'all' && { candidates }),
    ...(typeof candidates === 'object' && 'sampled' in candidates && { candidates: 'sampled', ...candidates }),
    ...(typeof candidates === 'object' &&
      'file' in candidates && { candidates: 'file', candidatesFile: candidates.file }),
    excludeSeen: exclude_seen,
    cutoffs: cutoffs.map(String),
    metrics,
    itemAttribute: item_attribute ?? '',
  }
}

/** Runs that were trained on the form's data, recipe and split, of which an ensemble can be made; the engine has the last word. */
export function possibleMembers(
  runs: Iterable<RunRecord>,
  draft: ExperimentDraft,
  dataset: DatasetRecord,
): RunRecord[] {
  const [clean, split] = [stepsOf(draft.clean, dataset), splitOf(draft, dataset)]
  const isOfForm = (run: RunRecord) =>
    run.datasetId === dataset.id && isSame(run.clean, clean) && (split === null || isSame(run.split, split))
  const isTrainable = (run: RunRecord) => run.members === null && !run.elsewhere
  return [...runs].filter((run) => run.state === 'done' && isTrainable(run) && isOfForm(run))
}

/** Equal whatever the order of the fields. */
function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  const [left, right] = [Object.entries(a), b as Record<string, unknown>]
  return left.length === Object.keys(right).length && left.every(([key, value]) => isSame(value, right[key]))
}
