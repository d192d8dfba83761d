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

/** Chooses a run, or frees it. */
export function toggleChosen(id: string): void {
  const ids = new Set(useChosenRuns.getState().ids)
  if (!ids.delete(id)) ids.add(id)
  useChosenRuns.setState({ ids, anchor: id })
}

/** Chooses, of runs in the order shown, all from the one chosen last to this one. */
export function chooseUpTo(order: readonly string[], id: string): void {
  const { ids, anchor } = useChosenRuns.getState()
  const [from, to] = [order.indexOf(anchor ?? id), order.indexOf(id)].sort((a, b) => a - b)
  const range = from < 0 ? [id] : order.slice(from, to + 1)
  useChosenRuns.setState({ ids: new Set([...ids, ...range]), anchor: anchor ?? id })
}

/** Of the runs shown those that are chosen; all of them where none is. */
export function chosenOf(runs: RunRecord[], ids: ReadonlySet<string>): RunRecord[] {
  const chosen = runs.filter(({ id }) => ids.has(id))
  return chosen.length > 0 ? chosen : runs
}
