import { create } from 'zustand'
import type { DatasetRecord, RunRecord } from '../../main/contract/records'
import type { SelectionRecord } from '../../main/contract/selections'
import type { StudyRecord } from '../../main/contract/tuning'
import { useWorkbench, type Workbench } from '../state/workbench'

/** What was deleted while this window was open and can be restored, the latest last. */
export interface Deleted {
  datasets: readonly DatasetRecord[]
  runs: readonly RunRecord[]
  selections: readonly SelectionRecord[]
  studies: readonly StudyRecord[]
}

const nothing: Deleted = { datasets: [], runs: [], selections: [], studies: [] }

export const useDeleted = create<Deleted>(() => nothing)

/** Follows the workbench: what has gone is remembered, what has come back is forgotten, and so is another workspace. */
export function followDeleted(deleted: Deleted, before: Workbench, now: Workbench): Deleted {
  if (before.workspace?.path !== now.workspace?.path) return nothing
  return {
    datasets: gone(deleted.datasets, before.datasets, now.datasets),
    runs: gone(deleted.runs, before.runs, now.runs),
    selections: gone(deleted.selections, before.selections, now.selections),
    studies: gone(deleted.studies, before.studies, now.studies),
  }
}

function gone<T extends { id: string }>(
  known: readonly T[],
  before: ReadonlyMap<string, T>,
  now: ReadonlyMap<string, T>,
): readonly T[] {
  if (before === now) return known
  const lost = [...before.values()].filter(({ id }) => !now.has(id))
  return [...known.filter(({ id }) => !now.has(id)), ...lost]
}

useWorkbench.subscribe((now, before) => {
  useDeleted.setState((deleted) => followDeleted(deleted, before, now), true)
})
