import { create } from 'zustand'
import type { DatasetRecord } from '../../main/contract/records'
import { record, type Step } from '../commands/history'
import { type ExperimentDraft, newExperiment } from './experiment'
import { firstModels } from './first-models'
import { useWorkbench } from './workbench'

/** The Train screen's form of each dataset, kept while other screens are looked at. */
const useDrafts = create<{ drafts: ReadonlyMap<string, ExperimentDraft> }>(() => ({ drafts: new Map() }))

export function useExperiment(dataset: DatasetRecord) {
  const draft = useDrafts(({ drafts }) => drafts.get(dataset.id))
  return {
    draft: draft ?? untouched(dataset),
    change: (changes: Partial<ExperimentDraft>) => changeExperiment(dataset, changes),
  }
}

export function readExperiment(dataset: DatasetRecord): ExperimentDraft {
  return useDrafts.getState().drafts.get(dataset.id) ?? untouched(dataset)
}

function untouched(dataset: DatasetRecord): ExperimentDraft {
  return newExperiment(dataset, firstModels(useWorkbench.getState().models))
}

/** Changes the form; the change can be undone. */
export function changeExperiment(dataset: DatasetRecord, changes: Partial<ExperimentDraft>): void {
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
    field: { key: `${dataset.id} ${fields}`, at: Date.now() },
  })
}

export function forgetExperiments(): void {
  useDrafts.setState({ drafts: new Map() })
}

const sectionOf: Record<keyof ExperimentDraft, Step['text']> = {
  minimumRating: 'clean',
  duplicates: 'clean',
  userCore: 'clean',
  itemCore: 'clean',
  split: 'split',
  cutoffs: 'evaluation',
  candidates: 'evaluation',
  sampled: 'evaluation',
  candidatesFile: 'evaluation',
  excludeSeen: 'evaluation',
  seed: 'evaluation',
  models: 'models',
  parameters: 'models',
}
