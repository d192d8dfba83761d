import { create } from 'zustand'
import type { CallInput } from '../../main/contract/calls'

export type Retraining = CallInput<'sandbox.retrain'>

/** The jobs that trained copies of runs with histories put together by hand. */
export const useRetrainings = create<{ jobs: ReadonlyMap<string, string> }>(() => ({ jobs: new Map() }))

/** The same run, user and history in the same order are the same training. */
export function retrainingKey({ runId, user = null, history }: Retraining): string {
  return JSON.stringify([runId, user, history.map(({ item, value = 1 }) => [item, value])])
}

export function rememberRetraining(asked: Retraining, jobId: string): void {
  useRetrainings.setState(({ jobs }) => ({ jobs: new Map(jobs).set(retrainingKey(asked), jobId) }))
}
