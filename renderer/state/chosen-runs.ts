import { create } from 'zustand'
import type { RunRecord } from '../../main/contract/records'

interface Chosen {
  ids: ReadonlySet<string>
  /** The run that was chosen or freed last: where a range begins. */
  anchor: string | null
}

/** The runs that Compare's charts and panels look at; none chosen means all that the leaderboard shows. */
export const useChosenRuns = create<Chosen>(() => ({ ids: new Set(), anchor: null }))

export function chooseRuns(ids: Iterable<string>): void {
  useChosenRuns.setState({ ids: new Set(ids), anchor: null })
}

/** Chooses a run, or all runs of a series; frees them where all are chosen. */
export function toggleChosen(runs: readonly string[]): void {
  const ids = new Set(useChosenRuns.getState().ids)
  const areChosen = runs.every((id) => ids.has(id))
  for (const id of runs) areChosen ? ids.delete(id) : ids.add(id)
  useChosenRuns.setState({ ids, anchor: runs[0] ?? null })
}

/** Chooses, of runs in the order shown, all from the one chosen last to these. */
export function chooseUpTo(order: readonly string[], runs: readonly string[]): void {
  const { ids, anchor } = useChosenRuns.getState()
  const ends = [anchor ?? '', ...runs].map((id) => order.indexOf(id)).filter((at) => at >= 0)
  const range = order.slice(Math.min(...ends), Math.max(...ends) + 1)
  useChosenRuns.setState({ ids: new Set([...ids, ...runs, ...range]), anchor: anchor ?? runs[0] ?? null })
}

/** Of the runs shown those that are chosen; all of them where none is. */
export function chosenOf(runs: RunRecord[], ids: ReadonlySet<string>): RunRecord[] {
  const chosen = runs.filter(({ id }) => ids.has(id))
  return chosen.length > 0 ? chosen : runs
}
