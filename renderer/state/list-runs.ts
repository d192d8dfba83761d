import { create } from 'zustand'
import type { RunRecord } from '../../main/contract/records'
import { newestFirst, useWorkbench, type Workbench } from './workbench'

const shownAtFirst = 4

/** The runs whose lists stand beside one another; null where nobody has chosen any. */
export const useListRuns = create<{ chosen: readonly string[] | null }>(() => ({ chosen: null }))

export function chooseListRuns(chosen: readonly string[] | null): void {
  useListRuns.setState({ chosen })
}

/** Those that are trained on a dataset, the newest first. */
export function runsWithLists({ runs }: Pick<Workbench, 'runs'>, datasetId: string | undefined): RunRecord[] {
  return newestFirst(runs.values()).filter((run) => run.state === 'done' && run.datasetId === datasetId)
}

/** The chosen ones; without a choice the newest, behind one that is wanted before all. */
export function shownRuns(runs: RunRecord[], chosen: readonly string[] | null, wanted?: RunRecord): RunRecord[] {
  if (chosen) return runs.filter(({ id }) => chosen.includes(id))
  return [...new Set([...(wanted ? [wanted] : []), ...runs])].slice(0, shownAtFirst)
}

/** Shows the lists of a run, or takes them away. */
export function toggleListRun(runs: RunRecord[], id: string): void {
  const shown = shownRuns(runs, useListRuns.getState().chosen).map((run) => run.id)
  chooseListRuns(shown.includes(id) ? shown.filter((other) => other !== id) : [...shown, id])
}

useWorkbench.subscribe(({ datasetInForce }, before) => {
  if (datasetInForce !== before.datasetInForce) chooseListRuns(null)
})
