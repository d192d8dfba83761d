import { contractVersion } from '../contract/calls'
import { TopnError } from '../contract/errors'
import { recogniseFolder } from '../data/folder'
import type { Store } from '../store'
import type { createDevices } from '../training/devices'
import type { FileAccess } from './files'
import type { Jobs } from './jobs'
import type { Handlers } from './service'
import { describeWorkspace, type WorkspaceFolders } from './workspace'

interface WorkspaceOptions {
  store: Store
  folders: WorkspaceFolders
  files: FileAccess
  jobs: Jobs
  devices: ReturnType<typeof createDevices>
}

type WorkspaceCalls = Extract<keyof Handlers, `${'workspace' | 'files' | 'jobs'}.${string}`>

/** What a workspace is and remembers, the files that it may be given, and its jobs. */
export function workspaceHandlers(options: WorkspaceOptions): Pick<Handlers, WorkspaceCalls> {
  const { store, folders, files, jobs, devices } = options
  return {
    'workspace.hello'({ version }) {
      if (version === contractVersion) return describeWorkspace(folders)
      throw new TopnError('BAD_REQUEST', 'This window belongs to another version of TopN. Reload it.', { version })
    },
    'workspace.devices': () => devices.list(),
    'workspace.settings': () => store.settings(),
    async 'workspace.remember'({ key, value }) {
      await store.remember(key, value)
      return null
    },
    'files.list': ({ path }) => files.list(path),
    'files.preview': async ({ path, format }) => store.previewFile(await files.check(path), format),
    'files.previewFolder': async ({ path }) => recogniseFolder(await files.check(path)),
    'jobs.list': () => jobs.list(),
    'jobs.cancel': ({ jobId }) => jobs.cancel(jobId),
    'jobs.retry': ({ jobId }) => jobs.retry(jobId),
  }
}
