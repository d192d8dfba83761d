import type { CallInput } from '../../main/contract/calls'
import type { DeviceChoice } from '../../main/contract/devices'
import type { Elsewhere } from '../../main/contract/elsewhere'
import { type Candidates, defaultMetricIds, metricIds, type Split } from '../../main/contract/experiment'
import { type ModelDescription, needsValidation } from '../../main/contract/parameters'
import type { DatasetRecord } from '../../main/contract/records'
import type { Repeat } from '../../main/contract/repeat'
import { type FeatureLines, featuresOf } from './features'
import {
  changedParameters,
  type FieldProblem,
  type FieldValue,
  numberProblem,
  parameterProblem,
  parameterValue,
} from './parameters'
import { type LineProblem, lineProblem, type Recipe, stepsOf } from './recipe'
import { holdsOutUsers, type NumberField, newSplit, ruleProblems, type SplitDraft, splitOfDraft } from './split-draft'

/** What the Train screen's form holds; number fields may hold unfinished text. */
export interface ExperimentDraft {
  clean: Recipe
  split: SplitDraft
  /** Null: what the attributes propose. */
  features: FeatureLines | null
  cutoffs: string[]
  candidates: 'all' | 'sampled' | 'file'
  sampled: NumberField
  candidatesFile: string
  excludeSeen: boolean
  metrics: readonly string[]
  /** '': the one that the engine chooses. */
  itemAttribute: string
  seed: NumberField
  device: DeviceChoice
  /** Over what each model is trained several times. */
  repeat: 'none' | Repeat['kind']
  repeats: NumberField
  models: readonly string[]
  /** Runs that a chosen ensemble is made of; none: the other chosen models. */
  members: readonly string[]
  parameters: Readonly<Record<string, Readonly<Record<string, FieldValue>>>>
}

/** The form as it stands before anything is changed: the engine's own defaults, with these models chosen. */
export function newExperiment(dataset: DatasetRecord, models: readonly string[] = []): ExperimentDraft {
  return {
    clean: [],
    split: newSplit(dataset),
    features: null,
    cutoffs: ['5', '10', '20'],
    candidates: 'all',
    sampled: 99,
    candidatesFile: '',
    excludeSeen: true,
    metrics: defaultMetricIds,
    itemAttribute: '',
    seed: 42,
    device: 'best',
    repeat: 'none',
    repeats: 5,
    models,
    members: [],
    parameters: {},
  }
}

/** A field's name in the form, and what is wrong with its value; of a cleaning step the step's name. */
export interface FormProblem {
  field: string
  /** The model whose parameter it is. */
  model?: string
  problem:
    | FieldProblem
    | LineProblem['problem']
    | {
        kind: 'noModel' | 'cutoffs' | 'noMetric' | 'file' | 'foldIn' | 'noFolds' | 'members' | ValidationProblem
      }
}

export type ValidationProblem = 'validation' | 'stopping' | 'heldOut'

export const maximumSeed = 0xffffffff

/** What is wrong with cleaning and split, on which the live counts depend. */
export function dataProblems(draft: ExperimentDraft, dataset: DatasetRecord): FormProblem[] {
  return [
    ...cleanProblems(draft.clean, dataset),
    ...(draft.split.predefined ? [] : ruleProblems(draft.split.test)),
    ...(draft.split.validation ? ruleProblems(draft.split.validation) : []),
  ]
}

function cleanProblems(recipe: Recipe, dataset: DatasetRecord): FormProblem[] {
  return recipe.flatMap((line) => {
    const found = line.on ? lineProblem(line, dataset) : null
    return found ? [{ field: line.step, problem: found.problem }] : []
  })
}

export function evaluationProblems(draft: ExperimentDraft): FormProblem[] {
  const problems: FormProblem[] = []
  if (readCutoffs(draft.cutoffs) === null) problems.push({ field: 'cutoffs', problem: { kind: 'cutoffs' } })
  if (metricsOf(draft).length === 0) problems.push({ field: 'metrics', problem: { kind: 'noMetric' } })
  if (draft.candidates === 'sampled') {
    const problem = numberProblem(draft.sampled, { integer: true, minimum: 1, maximum: Number.MAX_SAFE_INTEGER })
    if (problem) problems.push({ field: 'sampled', problem })
  }
  if (draft.candidates === 'file' && !draft.candidatesFile) problems.push({ field: 'file', problem: { kind: 'file' } })
  return problems
}

/** Everything that keeps the experiment from being started. */
export function experimentProblems(
  draft: ExperimentDraft,
  dataset: DatasetRecord,
  models: readonly ModelDescription[],
): FormProblem[] {
  const problems = [...dataProblems(draft, dataset), ...evaluationProblems(draft)]
  const seed = numberProblem(draft.seed, { integer: true, minimum: 0, maximum: maximumSeed })
  if (seed) problems.push({ field: 'seed', problem: seed })
  problems.push(...repeatProblems(draft))
  const chosen = models.filter(({ id }) => draft.models.includes(id))
  if (chosen.length === 0) problems.push({ field: 'models', problem: { kind: 'noModel' } })
  for (const model of chosen) {
    if (holdsOutUsers(draft.split) && !model.capabilities.includes('foldIn')) {
      problems.push({ field: model.name, problem: { kind: 'foldIn' } })
    }
    if (isMadeOfRuns(model) && numberOfMembers(draft, models) < 2) {
      problems.push({ field: model.name, problem: { kind: 'members' } })
    }
    const kind = validationProblem(model, draft, dataset)
    if (kind) problems.push({ field: model.name, problem: { kind } })
    for (const parameter of model.parameters) {
      const problem = parameterProblem(parameter, parameterValue(parameter, draft.parameters[model.id] ?? {}))
      if (problem) problems.push({ field: parameter.name, model: model.id, problem })
    }
  }
  return problems
}

/** What a model's parameters ask of the validation part that the split does not have; null where they ask for nothing. */
export function validationProblem(
  model: ModelDescription,
  draft: ExperimentDraft,
  dataset: DatasetRecord,
): ValidationProblem | null {
  if (!needsValidation(model, valuesOf(model, draft))) return null
  const validation = splitOf(draft, dataset)?.validation
  if (validation === undefined) return isMadeOfRuns(model) ? 'validation' : 'stopping'
  const isHeldOut = typeof validation === 'object' && validation.strategy === 'user-holdout'
  return isMadeOfRuns(model) && isHeldOut ? 'heldOut' : null
}

function valuesOf({ id, parameters }: ModelDescription, draft: ExperimentDraft) {
  const values = draft.parameters[id] ?? {}
  return Object.fromEntries(parameters.map((each) => [each.name, parameterValue(each, values)]))
}

export function isMadeOfRuns({ capabilities }: ModelDescription): boolean {
  return capabilities.includes('memberWeights')
}

/** What a chosen ensemble is made of: the named runs, or the models that are chosen with it. */
function numberOfMembers(draft: ExperimentDraft, models: readonly ModelDescription[]): number {
  return draft.members.length || chosenWithIt(draft, models).length
}

export function chosenWithIt(draft: ExperimentDraft, models: readonly ModelDescription[]): ModelDescription[] {
  return models.filter((model) => draft.models.includes(model.id) && !isMadeOfRuns(model))
}

export const maximumRepeats = 100

function repeatProblems(draft: ExperimentDraft): FormProblem[] {
  if (draft.repeat === 'folds' && !hasFolds(draft)) return [{ field: 'repeat', problem: { kind: 'noFolds' } }]
  if (draft.repeat !== 'seeds') return []
  const problem = numberProblem(draft.repeats, { integer: true, minimum: 2, maximum: maximumRepeats })
  return problem ? [{ field: 'repeats', problem }] : []
}

/** How many runs the experiment starts; only for a draft without problems. */
export function numberOfRuns(draft: ExperimentDraft): number {
  const { repeat, repeats, split } = draft
  const each = repeat === 'none' ? 1 : Number(repeat === 'seeds' ? repeats : split.test.folds)
  return draft.models.length * each
}

export function hasFolds({ split }: ExperimentDraft): boolean {
  return !split.predefined && split.test.strategy === 'k-fold'
}

function repeatOf({ repeat, repeats }: ExperimentDraft): Repeat | null {
  if (repeat === 'none') return null
  return repeat === 'seeds' ? { kind: repeat, count: Number(repeats) } : { kind: repeat }
}

/** Whole numbers from 1 to 1,000, ascending and each once; null where any text is something else, or there is none. */
export function readCutoffs(texts: readonly string[]): number[] | null {
  const values = texts.map((text) => (/^\d+$/.test(text.trim()) ? Number(text) : Number.NaN))
  if (values.length === 0 || !values.every((value) => value >= 1 && value <= 1000)) return null
  return [...new Set(values)].sort((a, b) => a - b)
}

export function splitOf(draft: ExperimentDraft, dataset: DatasetRecord): Split | null {
  return splitOfDraft(draft.split, dataset)
}

function candidatesOf(draft: ExperimentDraft): Candidates {
  if (draft.candidates === 'sampled') return { sampled: Number(draft.sampled) }
  return draft.candidates === 'file' ? { file: draft.candidatesFile } : 'all'
}

function metricsOf({ metrics }: ExperimentDraft) {
  return metricIds.filter((id) => metrics.includes(id))
}

/** Only for a draft without problems. */
export function evaluationOf(draft: ExperimentDraft) {
  return {
    candidates: candidatesOf(draft),
    exclude_seen: draft.excludeSeen,
    cutoffs: readCutoffs(draft.cutoffs) ?? [],
    metrics: metricsOf(draft),
    ...(draft.itemAttribute !== '' && { item_attribute: draft.itemAttribute }),
  }
}

/** The request that starts the experiment; only for a draft without problems. */
export function startRequest(
  draft: ExperimentDraft,
  dataset: DatasetRecord,
  models: readonly ModelDescription[],
): CallInput<'runs.start'> {
  return {
    datasetId: dataset.id,
    clean: stepsOf(draft.clean, dataset),
    split: splitOf(draft, dataset),
    features: featuresOf(draft.features),
    evaluation: evaluationOf(draft),
    models: models
      .filter(({ id }) => draft.models.includes(id))
      .map((model) => ({
        model: model.id,
        params: changedParameters(model.parameters, draft.parameters[model.id] ?? {}),
        ...(isMadeOfRuns(model) && draft.members.length > 0 && { members: [...draft.members] }),
      })),
    seed: Number(draft.seed),
    device: draft.device,
    repeat: repeatOf(draft),
  }
}

/** What keeps what was made elsewhere from being judged as the form says. */
export function importProblems(draft: ExperimentDraft, dataset: DatasetRecord, models: readonly ModelDescription[]) {
  const problems = experimentProblems({ ...draft, models: [], repeat: 'none' }, dataset, models)
  return problems.filter(({ field }) => field !== 'models')
}

/** The request that brings it in; only for a draft without such problems. */
export function importRequest(
  draft: ExperimentDraft,
  dataset: DatasetRecord,
  models: readonly ModelDescription[],
  from: Elsewhere,
): CallInput<'runs.import'> {
  const { datasetId, clean, split, evaluation, seed } = startRequest({ ...draft, models: [] }, dataset, models)
  return { datasetId, clean, split, evaluation, seed, from }
}

/** The request that trains a model with all features, and without each group of them. */
export function ablationRequest(
  draft: ExperimentDraft,
  dataset: DatasetRecord,
  models: readonly ModelDescription[],
  model: string,
): CallInput<'features.ablate'> {
  const {
    models: [entry],
    repeat: _,
    ...settings
  } = startRequest({ ...draft, models: [model] }, dataset, models)
  return { ...settings, model: entry }
}
