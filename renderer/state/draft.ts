import { create } from 'zustand'
import type { DatasetRecord } from '../../main/contract/records'
import { type ExperimentDraft, newExperiment } from './experiment'

/** The Train screen's form of each dataset, kept while other screens are looked at. */
const useDrafts = create<{ drafts: ReadonlyMap<string, ExperimentDraft> }>(() => ({ drafts: new Map() }))

export function useExperiment(dataset: DatasetRecord) {
  const draft = useDrafts(({ drafts }) => drafts.get(dataset.id))
  function change(changes: Partial<ExperimentDraft>) {
    useDrafts.setState(({ drafts }) => {
      const before = drafts.get(dataset.id) ?? newExperiment(dataset)
      return { drafts: new Map(drafts).set(dataset.id, { ...before, ...changes }) }
    })
  }
  return { draft: draft ?? newExperiment(dataset), change }
}
