import { create } from 'zustand'
import type { CallInput } from '../../main/contract/calls'
import type { JobRecord } from '../../main/contract/records'
import { useWorkbench } from './workbench'

export type Retraining = CallInput<'sandbox.retrain'>

/** What trained copies of runs with histories put together by hand, by what was asked. */
const useRetrainings = create<{ ids: ReadonlyMap<string, string> }>(() => ({ ids: new Map() }))

/** The same run, user and history in the same order are the same training. */
function keyOf({ runId, user = null, history }: Retraining): string {
  return JSON.stringify([runId, user, history.map(({ item, value = 1 }) => [item, value])])
}

export function rememberRetraining(asked: Retraining, { subject }: JobRecord): void {
  if (subject) useRetrainings.setState(({ ids }) => ({ ids: new Map(ids).set(keyOf(asked), subject) }))
}

/** The latest job that trains what is asked; undefined where nobody has started it. */
export function useRetraining(asked: Retraining): JobRecord | undefined {
  const id = useRetrainings(({ ids }) => ids.get(keyOf(asked)))
  const jobs = useWorkbench((state) => state.jobs)
  return id === undefined ? undefined : [...jobs.values()].findLast(({ subject }) => subject === id)
}
