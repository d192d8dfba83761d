import { create } from 'zustand'

/** The job that last made the lists for everyone of each run, so that its file stays at hand. */
export const useListJobs = create<{ jobs: ReadonlyMap<string, string> }>(() => ({ jobs: new Map() }))

export function rememberListJob(runId: string, jobId: string): void {
  useListJobs.setState(({ jobs }) => ({ jobs: new Map(jobs).set(runId, jobId) }))
}
