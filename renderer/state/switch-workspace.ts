import { create } from 'zustand'
import type { EngineClient } from '../../main/contract/calls'
import { useWorkbench, type Workbench } from './workbench'

/** The workspace that is to be opened once the user agrees that the jobs of this one are cancelled. */
export const useWantedWorkspace = create<{ path: string | null }>(() => ({ path: null }))

/** Opens another workspace, or makes it; asks first where jobs run. */
export async function openWorkspace(engine: EngineClient, path: string): Promise<void> {
  if (countActive(useWorkbench.getState()) > 0) useWantedWorkspace.setState({ path })
  else await engine.call('workspace.open', { path })
}

/** Cancels what runs here, waits until it has ended, and opens the other one. */
export async function cancelJobsAndOpen(engine: EngineClient, path: string): Promise<void> {
  const { jobs } = useWorkbench.getState()
  const active = [...jobs.values()].filter(isUnfinished)
  await Promise.all(active.map(({ id }) => engine.call('jobs.cancel', { jobId: id })))
  await nothingRuns()
  await engine.call('workspace.open', { path })
}

export function countActive({ jobs }: Pick<Workbench, 'jobs'>): number {
  return [...jobs.values()].filter(isUnfinished).length
}

const isUnfinished = ({ endedAt }: { endedAt: string | null }) => endedAt === null

function nothingRuns(): Promise<void> {
  return new Promise((resolve) => {
    const check = (state: Workbench) => countActive(state) === 0
    if (check(useWorkbench.getState())) return resolve()
    const stop = useWorkbench.subscribe((state) => {
      if (!check(state)) return
      stop()
      resolve()
    })
  })
}
