import { mkdir } from 'node:fs/promises'
import type { EngineService } from '../contract/calls'
import { TopnError } from '../contract/errors'
import type { Log } from '../contract/log'
import type { JobRecord, WorkspaceRecord } from '../contract/records'
import { createEngine, type Engine, type EngineOptions } from './engine'
import { createFileAccess } from './files'
import { createHub } from './hub'
import { openLog } from './log'
import { createRecentWorkspaces } from './recent'
import { dispatch, type HostHandlers } from './service'
import { describeWorkspace, type WorkspaceFolders, workspaceFolders } from './workspace'

export interface HostOptions extends Omit<EngineOptions, 'log'> {
  /** Where the recent workspaces are remembered; `~/.config/topn` unless it is given. */
  configFolder?: string
}

/** An engine that can be exchanged for another one on another workspace while clients stay connected. */
export interface EngineHost extends EngineService {
  /** The folders of the workspace that is open now. */
  readonly folders: WorkspaceFolders
  /** Writes to the log of the workspace that is open now. */
  readonly log: Log
  close(): Promise<void>
}

interface Opened {
  engine: Engine
  folders: WorkspaceFolders
  log: Log
}

/** Opens a workspace as `createEngine` does, and answers the calls that open others. */
export async function createEngineHost(options: HostOptions): Promise<EngineHost> {
  const hub = createHub()
  const { roots, workspace } = options
  const files = createFileAccess(roots === 'any' ? 'any' : [...roots, workspace])
  const recent = createRecentWorkspaces(options.configFolder)
  const calls = new Set<Promise<unknown>>()
  let opened = await open(workspace)
  let change: Promise<WorkspaceRecord> | null = null

  async function open(workspace: string): Promise<Opened> {
    const folders = workspaceFolders(workspace)
    // Where the folder cannot be made, the store says so.
    await mkdir(folders.logs, { recursive: true }).catch(() => {})
    const log = openLog(folders.logs)
    const engine = await createEngine({ ...options, workspace, log })
    engine.subscribe(hub.pass)
    await recent.add(folders.path).catch((error) => log.error('the recent workspaces were not written', error))
    return { engine, folders, log }
  }

  /** Waits for calls under way, so that none of them meets a closed workspace. */
  async function exchange(path: string): Promise<WorkspaceRecord> {
    const old = opened
    if (path === old.folders.path) return describeWorkspace(old.folders)
    await Promise.allSettled(calls)
    await refuseWhileBusy(old.engine)
    await old.engine.close()
    try {
      opened = await open(path)
    } catch (error) {
      opened = await open(old.folders.path)
      throw error
    } finally {
      hub.emit('workspace', 'workspace', describeWorkspace(opened.folders))
    }
    return describeWorkspace(opened.folders)
  }

  const handlers: HostHandlers = {
    'workspace.recent': async () => (await recent.list()).map((path) => describeWorkspace(workspaceFolders(path))),
    'workspace.open'({ path }) {
      if (change) throw new TopnError('BAD_REQUEST', 'Another workspace is being opened. Wait until it is open.')
      change = files
        .checkFolder(path)
        .then(exchange)
        .finally(() => {
          change = null
        })
      return change
    },
  }

  async function callEngine(name: string, input: unknown): Promise<unknown> {
    while (change) await change.catch(() => {})
    const call = opened.engine.call(name, input)
    calls.add(call)
    return call.finally(() => calls.delete(call))
  }

  return {
    get folders() {
      return opened.folders
    },
    log: {
      info: (message, data) => opened.log.info(message, data),
      error: (message, error) => opened.log.error(message, error),
    },
    call: (name, input) => (Object.hasOwn(handlers, name) ? dispatch(handlers, name, input) : callEngine(name, input)),
    subscribe: hub.subscribe,
    async close() {
      await change?.catch(() => {})
      await opened.engine.close()
    },
  }
}

async function refuseWhileBusy(engine: Engine): Promise<void> {
  const jobs = (await engine.call('jobs.list', {})) as JobRecord[]
  const titles = jobs.filter(({ endedAt }) => endedAt === null).map(({ title }) => title)
  if (titles.length === 0) return
  const message = `Work is under way: ${titles.join(', ')}. Wait until it is done, or cancel it.`
  throw new TopnError('BAD_REQUEST', message, { jobs: titles })
}
