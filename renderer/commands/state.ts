import i18next from 'i18next'
import { create } from 'zustand'
import { say } from '../locales/say'
import { readExperiment } from '../state/draft'
import { forgetFilters } from '../state/filters'
import { useImport } from '../state/import'
import { useListJobs } from '../state/list-jobs'
import { keepNotice } from '../state/notify'
import { useWorkbench } from '../state/workbench'
import type { CommandState, Shown } from './command'
import { useDeleted } from './deleted'
import { emptyHistory, useHistory } from './history'

/** The window over the screen, if any. */
export const useShown = create<{ shown: Shown | null }>(() => ({ shown: null }))

export function show(shown: Shown): void {
  useShown.setState({ shown })
}

export function hide(): void {
  useShown.setState({ shown: null })
}

/** What the commands decide upon, as it stands now; what only the engine knows is added by who has asked it. */
export function readState(asked: Partial<Pick<CommandState, 'workspaces' | 'users'>> = {}): CommandState {
  const workbench = useWorkbench.getState()
  const dataset = workbench.datasets.get(workbench.datasetInForce ?? '') ?? null
  return {
    workbench,
    dataset,
    experiment: dataset && readExperiment(dataset),
    deleted: useDeleted.getState(),
    history: useHistory.getState(),
    workspaces: asked.workspaces ?? [],
    users: asked.users ?? [],
  }
}

/** Another workspace: what was done and drafted in the one before means nothing there. */
useWorkbench.subscribe((now, before) => {
  if (before.workspace === null || now.workspace?.path === before.workspace.path) return
  useHistory.setState(emptyHistory, true)
  forgetFilters()
  useImport.setState({ draft: null })
  useListJobs.setState({ jobs: new Map() })
})

/** A job that fails shows why where it was started; the reason is kept for who looks elsewhere. */
useWorkbench.subscribe((now, before) => {
  if (before.workspace === null || now.jobs === before.jobs) return
  for (const job of now.jobs.values()) {
    const isNews = job.state === 'failed' && before.jobs.has(job.id) && before.jobs.get(job.id)?.state !== 'failed'
    if (isNews)
      keepNotice('error', i18next.t('notices.jobFailed', { title: job.title, reason: say(job.error?.message ?? '') }))
  }
})
