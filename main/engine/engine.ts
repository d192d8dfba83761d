import { memoryBytes } from '../compute/devices'
import type { EngineService } from '../contract/calls'
import { fromPlainError, TopnError, toPlainError } from '../contract/errors'
import type { Log } from '../contract/log'
import { sweepScratchFolders } from '../files/scratch'
import type { SpawnJob } from '../link/process'
import { describeModels } from '../models/registry'
import { openStore } from '../store'
import { createDevices } from '../training/devices'
import { createTaskRunner, limitTasks } from '../training/processes'
import { createWarmProcess } from '../training/warm'
import { comparisonHandlers } from './comparison'
import { datasetHandlers } from './datasets'
import { estimateHandlers } from './estimates'
import { exploreHandlers } from './explore'
import { exportHandlers } from './exports'
import { featureHandlers } from './features'
import { createFileAccess, type Roots } from './files'
import { createHub } from './hub'
import { createItemFacts } from './item-facts'
import { itemHandlers } from './item-pages'
import { createJobs } from './jobs'
import { listHandlers } from './lists'
import { createNewest } from './newest'
import { perUserHandlers } from './per-user'
import { proposePlan } from './plan'
import { createPreparer } from './prepare'
import { createPreparedCache } from './prepared-cache'
import { privacyHandlers } from './privacy'
import { projectionHandlers } from './projections'
import { pseudonymKeyFile } from './pseudonym-key'
import { purgeWorkspace } from './purge'
import { recipeHandlers } from './recipes'
import { redefineHandlers } from './redefine'
import { retrainHandlers } from './retrain'
import { createRuns } from './runs'
import { sandboxHandlers } from './sandbox'
import { segmentHandlers } from './segments'
import { createSelections } from './selections'
import { dispatch, type Handlers } from './service'
import { splitPreviewer } from './splits'
import { createStudies } from './studies'
import { endWithWhatItReads, makingRoom } from './warm-ends'
import { makeWorkspaceFolders, workspaceFolders } from './workspace'
import { workspaceHandlers } from './workspace-calls'

export interface EngineOptions {
  /** The workspace's folder; made where it does not exist. */
  workspace: string
  spawnJob: SpawnJob
  roots: Roots
  /** Threads of a training job. */
  threads: number
  log: Log
  /** Memory that one job may hold; 85 % of the machine's by default. */
  memoryLimitBytes?: number
  concurrentTrainings?: number
  /** Whether studies that were under way when the workspace was closed go on at once; they do unless told otherwise. */
  resumeStudies?: boolean
}

/** Processes that answer screens beside the jobs: lists of single users, counts of a split. */
const shortTasksAtOnce = 2

export interface Engine extends EngineService {
  /** Cancels what runs and closes the workspace. */
  close(): Promise<void>
}

/** Opens a workspace and answers the contract's calls on it. Throws WORKSPACE_IN_USE where another process owns it. */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const parts = await createParts(options)
  const { hub, warm, jobs, store, studies } = parts
  endWithWhatItReads(warm, hub)
  return {
    call: answering(handlersOf(parts), options.log),
    subscribe: hub.subscribe,
    async close() {
      studies.leaveOpen()
      warm.close()
      await jobs.close()
      await store.close()
    },
  }
}

/** Everything that holds something of the workspace while it is open. */
async function createParts({ workspace, spawnJob, roots, threads, log, ...options }: EngineOptions) {
  const memoryLimitBytes = options.memoryLimitBytes ?? Math.floor(memoryBytes() * 0.85)
  const folders = workspaceFolders(workspace)
  const store = await openStore(folders.path)
  await makeWorkspaceFolders(folders)
  await purgeWorkspace(store, folders)
  await sweepScratchFolders()
  const hub = createHub()
  const files = createFileAccess(roots === 'any' ? 'any' : [...roots, folders.inbox])
  const machine = { threads, bytes: memoryLimitBytes }
  const jobs = createJobs({ hub, log, concurrentTrainings: options.concurrentTrainings ?? 1, machine })
  const warm = createWarmProcess({ spawnJob, memoryLimitBytes, threads })
  const runTask = makingRoom(createTaskRunner(spawnJob, memoryLimitBytes), warm, memoryLimitBytes)
  const preparer = createPreparer(store, folders, runTask)
  const shared = { store, jobs, hub, files, folders, preparer, runTask, threads, memoryLimitBytes, log }
  const runs = await createRuns(shared)
  const studies = await createStudies({ ...shared, runs, resumeStudies: options.resumeStudies ?? true })
  const preparedOf = createPreparedCache(folders)
  const selections = createSelections({ store, hub, folders, runs, preparedOf })
  return {
    ...shared,
    runs,
    studies,
    selections,
    preparedOf,
    warm,
    runShortTask: limitTasks(runTask, shortTasksAtOnce),
    factsOf: createItemFacts(store),
    pseudonymKey: pseudonymKeyFile(folders.pseudonymKey),
  }
}

type Parts = Awaited<ReturnType<typeof createParts>>

/** A function for each call, from the areas of the engine. */
function handlersOf(parts: Parts): Handlers {
  const { store, hub, folders, runs, studies, selections, runShortTask, pseudonymKey } = parts
  const comparisons = createNewest('The comparison was given up, or a newer one is asked for.')
  const comparison = comparisonHandlers(parts, comparisons)
  return {
    ...workspaceHandlers({ ...parts, devices: createDevices(runShortTask) }),
    'splits.preview': splitPreviewer({ ...parts, preparer: createPreparer(store, folders, runShortTask) }),
    'plans.propose': ({ datasetId }) => proposePlan(store, datasetId, parts),
    'models.list': describeModels,
    ...estimateHandlers(store, parts),
    ...recipeHandlers(store),
    ...privacyHandlers(store, pseudonymKey),
    ...datasetHandlers(parts),
    ...exploreHandlers(store, folders, hub),
    ...selections.handlers,
    ...perUserHandlers(parts),
    ...runs.handlers,
    ...studies.handlers,
    ...featureHandlers({ ...parts, startRun: runs.start }),
    ...comparison,
    ...segmentHandlers(parts, comparisons),
    ...redefineHandlers(parts, comparisons),
    ...projectionHandlers(parts),
    ...listHandlers(parts),
    ...exportHandlers({ ...parts, significance: comparison['comparison.significance'] }),
    ...sandboxHandlers(parts),
    ...retrainHandlers(parts),
    ...itemHandlers(parts),
  }
}

function answering(handlers: Handlers, log: Log): Engine['call'] {
  return async (name, input) => {
    try {
      return await dispatch(handlers, name, input)
    } catch (error) {
      if (error instanceof TopnError) throw error
      // Logged here with the call's name; what leaves is without its details, so the link logs it no second time.
      log.error(`call ${name} failed`, error)
      throw fromPlainError(toPlainError(error))
    }
  }
}
