import { useCallback } from 'react'
import * as v from 'valibot'
import { create } from 'zustand'
import type { CleanStepId } from '../../main/contract/clean'
import type { DatasetRecord } from '../../main/contract/records'
import { record, type Step } from '../commands/history'
import { type ExperimentDraft, newExperiment } from './experiment'
import { featureLinesSchema } from './features'
import { firstModels } from './first-models'
import { recipeSchema, withStep } from './recipe'
import { splitDraftSchema } from './split-draft'
import { useWorkbench } from './workbench'

type Drafts = ReadonlyMap<string, ExperimentDraft>

/** The experiment in work on each dataset: recipe, split, evaluation, models. The session writes every change down. */
export const useDrafts = create<{ drafts: Drafts }>(() => ({ drafts: new Map() }))

export function useExperiment(dataset: DatasetRecord) {
  const draft = useDrafts(({ drafts }) => drafts.get(dataset.id))
  const change = useCallback((changes: Partial<ExperimentDraft>) => changeExperiment(dataset, changes), [dataset])
  return { draft: draft ?? untouched(dataset), change }
}

export function readExperiment(dataset: DatasetRecord): ExperimentDraft {
  return useDrafts.getState().drafts.get(dataset.id) ?? untouched(dataset)
}

function untouched(dataset: DatasetRecord): ExperimentDraft {
  return newExperiment(dataset, firstModels(useWorkbench.getState().models))
}

/**
 * Changes the form; the change can be undone. Changes of the same `field` soon after one another are undone together;
 * null keeps this one apart.
 */
export function changeExperiment(
  dataset: DatasetRecord,
  changes: Partial<ExperimentDraft>,
  field: string | null = Object.keys(changes).join(),
): void {
  const before = readExperiment(dataset)
  const after = { ...before, ...changes }
  const put = (draft: ExperimentDraft) =>
    useDrafts.setState(({ drafts }) => ({ drafts: new Map(drafts).set(dataset.id, draft) }))
  put(after)
  const fields = Object.keys(changes) as (keyof ExperimentDraft)[]
  record({
    text: fields.length === 1 ? sectionOf[fields[0]] : 'experiment',
    name: dataset.name,
    undo: () => put(before),
    redo: () => put(after),
    ...(field !== null && { field: { key: `${dataset.id} ${field}`, at: Date.now() } }),
  })
}

/** Adds a step to the end of the recipe. */
export function addStep(dataset: DatasetRecord, step: CleanStepId): void {
  changeExperiment(dataset, { clean: withStep(readExperiment(dataset).clean, step, dataset) }, null)
}

const prefix = 'draft.'

/** What has changed of the drafts, as settings of the workspace. */
export function changedDrafts(now: Drafts, before: Drafts): { key: string; value: unknown }[] {
  return [...now]
    .filter(([id, draft]) => draft !== before.get(id))
    .map(([id, draft]) => ({ key: prefix + id, value: draft }))
}

/** The drafts among the settings of a workspace; what cannot be read of one is as in an untouched form. */
export function parseDrafts(settings: Record<string, unknown>, datasets: Iterable<DatasetRecord>): Drafts {
  const drafts = new Map<string, ExperimentDraft>()
  for (const dataset of datasets) {
    const kept = settings[prefix + dataset.id]
    if (kept) drafts.set(dataset.id, readDraft(kept, newExperiment(dataset)))
  }
  return drafts
}

function readDraft(kept: unknown, untouched: ExperimentDraft): ExperimentDraft {
  const entries = Object.entries({ ...(kept as Record<string, unknown>) }).filter(([name, value]) => {
    if (name === 'clean') return v.is(recipeSchema, value)
    if (name === 'split') return v.is(splitDraftSchema, value)
    if (name === 'features') return v.is(featureLinesSchema, value)
    const usual = untouched[name as keyof ExperimentDraft]
    const isNumberField = typeof usual === 'number' && typeof value === 'string'
    return Array.isArray(usual) ? v.is(v.array(v.string()), value) : typeof value === typeof usual || isNumberField
  })
  return { ...untouched, ...Object.fromEntries(entries) }
}

const sectionOf: Record<keyof ExperimentDraft, Step['text']> = {
  clean: 'clean',
  split: 'split',
  features: 'features',
  cutoffs: 'evaluation',
  candidates: 'evaluation',
  sampled: 'evaluation',
  candidatesFile: 'evaluation',
  excludeSeen: 'evaluation',
  metrics: 'evaluation',
  itemAttribute: 'evaluation',
  seed: 'evaluation',
  device: 'evaluation',
  repeat: 'evaluation',
  repeats: 'evaluation',
  models: 'models',
  members: 'models',
  parameters: 'models',
}
