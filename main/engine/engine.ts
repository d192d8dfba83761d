import { memoryBytes } from '../compute/devices'
import { contractVersion, type EngineService } from '../contract/calls'
import { fromPlainError, TopnError, toPlainError } from '../contract/errors'
import type { Log } from '../contract/log'
import { recogniseFolder } from '../data/folder'
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
import { purgeDeleted, purgeInbox, purgeProjections, purgeVectors } from './purge'
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
import { describeWorkspace, makeWorkspaceFolders, workspaceFolders } from './workspace'

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
  const { threads, log } = options
  const memoryLimitBytes = options.memoryLimitBytes ?? Math.floor(memoryBytes() * 0.85)
  const folders = workspaceFolders(options.workspace)
  const store = await openStore(folders.path)
  await makeWorkspaceFolders(folders)
  await purgeDeleted(store, folders)
  await purgeInbox(store, folders)
  await purgeVectors(folders)
  await purgeProjections(store, folders)
  await sweepScratchFolders()
  const hub = createHub()
  const files = createFileAccess(options.roots === 'any' ? 'any' : [...options.roots, folders.inbox])
  const machine = { threads, bytes: memoryLimitBytes }
  const jobs = createJobs({ hub, log, concurrentTrainings: options.concurrentTrainings ?? 1, machine })
  const warm = createWarmProcess({ spawnJob: options.spawnJob, memoryLimitBytes, threads })
  const runTask = makingRoom(createTaskRunner(options.spawnJob, memoryLimitBytes), warm, memoryLimitBytes)
  const runShortTask = limitTasks(runTask, shortTasksAtOnce)
  const pseudonymKey = pseudonymKeyFile(folders.pseudonymKey)
  const preparer = createPreparer(store, folders, runTask)
  const shared = { store, jobs, hub, files, folders, preparer, runTask, threads, memoryLimitBytes, log }
  const runs = await createRuns(shared)
  const studies = await createStudies({ ...shared, runs, resume: options.resumeStudies ?? true })
  const preparedOf = createPreparedCache(folders)
  const selections = createSelections({ store, hub, folders, runs, preparedOf })

  const sandbox = { runs, folders, preparedOf, factsOf: createItemFacts(store), warm }
  endWithWhatItReads(warm, hub)

  const comparisons = createNewest('The comparison was given up, or a newer one is asked for.')

  const devices = createDevices(runShortTask)
  const comparison = comparisonHandlers({ store, runs, folders, runTask: runShortTask }, comparisons)

  const handlers: Handlers = {
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
    'splits.preview': splitPreviewer({ store, hub, runs, preparer: createPreparer(store, folders, runShortTask) }),
    'plans.propose': ({ datasetId }) => proposePlan(store, datasetId, { threads, memoryLimitBytes }),
    'models.list': describeModels,
    'jobs.list': () => jobs.list(),
    'jobs.cancel': ({ jobId }) => jobs.cancel(jobId),
    'jobs.retry': ({ jobId }) => jobs.retry(jobId),
    ...estimateHandlers(store, { threads, memoryLimitBytes }),
    ...recipeHandlers(store),
    ...privacyHandlers(store, pseudonymKey),
    ...datasetHandlers({ ...shared, runs, studies, selections, pseudonymKey }),
    ...exploreHandlers(store, folders, hub),
    ...selections.handlers,
    ...perUserHandlers({ store, runs, preparedOf }),
    ...runs.handlers,
    ...studies.handlers,
    ...featureHandlers({ store, hub, folders, files, runTask: runShortTask, startRun: runs.start }),
    ...comparison,
    ...segmentHandlers({ store, runs, folders, runTask: runShortTask, preparedOf }, comparisons),
    ...redefineHandlers({ runs, folders, runTask: runShortTask }, comparisons),
    ...projectionHandlers({ ...shared, runs, selections, preparedOf, warm }),
    ...listHandlers({ ...shared, runs, runShortTask, preparedOf, factsOf: sandbox.factsOf }),
    ...exportHandlers({
      ...shared,
      runs,
      runShortTask,
      preparedOf,
      significance: comparison['comparison.significance'],
    }),
    ...sandboxHandlers(sandbox),
    ...retrainHandlers({ ...shared, ...sandbox }),
    ...itemHandlers({ ...sandbox, store }),
  }

  return {
    async call(name, input) {
      try {
        return await dispatch(handlers, name, input)
      } catch (error) {
        if (error instanceof TopnError) throw error
        // Logged here with the call's name; what leaves is without its details, so the link logs it no second time.
        log.error(`call ${name} failed`, error)
        throw fromPlainError(toPlainError(error))
      }
    },
    subscribe: hub.subscribe,
    async close() {
      studies.leaveOpen()
      warm.close()
      await jobs.close()
      await store.close()
    },
  }
}
