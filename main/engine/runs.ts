import type { CheckedInput } from '../contract/calls'
import { TopnError } from '../contract/errors'
import type { ExperimentFile } from '../contract/experiment'
import type { Log } from '../contract/log'
import type { RunRecord } from '../contract/records'
import { duplicateRun, startAs } from './copy-runs'
import { isSample } from './datasets'
import { createDeletion, type Deletion } from './deletion'
import { experimentOf } from './experiment-of-run'
import type { FileAccess } from './files'
import type { Hub } from './hub'
import { importer } from './import-run'
import type { Jobs } from './jobs'
import { endLeftRuns } from './left-runs'
import { changesOf } from './remarks'
import { runControl } from './run-control'
import { createRunLog } from './run-log'
import { createRunQueue, type RunQueue } from './run-queue'
import { createRunRecords, type RunRecords } from './run-records'
import { writeSampleFiles } from './sample-files'
import type { Handlers } from './service'
import { type FirstRemarks, runStarter } from './start-runs'
import { createTrainer, type TrainerOptions } from './train-run'

interface RunOptions extends Omit<TrainerOptions, 'records' | 'runLog'> {
  jobs: Jobs
  hub: Hub
  files: FileAccess
  threads: number
  log: Log
}

type RunCalls = Exclude<Extract<keyof Handlers, `runs.${string}`>, 'runs.metrics'>

export interface Runs extends Pick<Deletion<RunRecord>, 'deleteOfDataset' | 'restoreOfDataset'> {
  handlers: Pick<Handlers, RunCalls>
  find(id: string): RunRecord
  /** Starts a run of each model; `remarks` instead of what a run is called at first. */
  start(input: CheckedInput<'runs.start'>, remarks?: FirstRemarks): Promise<RunRecord[]>
  list(): RunRecord[]
}

/** Trained models and those in training. */
export async function createRuns(options: RunOptions): Promise<Runs> {
  const runLog = createRunLog(options.folders, options.log)
  const records = await createRunRecords(options)
  await endLeftRuns(records, runLog)
  const train = createTrainer({ ...options, records, runLog })
  const queue = createRunQueue({ ...options, records, runLog, train })
  const shared = { ...options, records, runLog, queue }
  const start = runStarter(shared)
  const { deleteOfDataset, restoreOfDataset, ...deletion } = deletionOf(records, queue, options)
  return {
    find: records.find,
    start,
    list: records.list,
    deleteOfDataset,
    restoreOfDataset,
    handlers: {
      'runs.start': (input) => start(input),
      'runs.again': ({ runId, device }) => startAs(records.find(runId), device ? { deviceChoice: device } : {}, shared),
      'runs.import': importer({ ...shared, enqueue: queue.enqueue }),
      ...runControl({ ...shared, ...queue, startAs: (run, changes) => startAs(run, changes, shared) }),
      'runs.list': () => records.list(),
      'runs.change': async ({ runId, ...remarks }) => records.change(records.find(runId).id, changesOf(remarks)),
      'runs.duplicate': async ({ runId }) => duplicateRun(records.find(runId), shared),
      'runs.delete': ({ runId }) => deletion.delete(runId),
      'runs.restore': ({ runId }) => deletion.restore(runId),
      'runs.log': ({ runId }) => runLog.read(records.find(runId).id),
      'runs.experiment': ({ runId }) => experimentFileOf(records.find(runId), options),
    },
  }
}

function deletionOf(records: RunRecords, queue: RunQueue, { store, jobs }: RunOptions): Deletion<RunRecord> {
  return createDeletion({
    records,
    store,
    async cancel(id) {
      await queue.entered(id)?.catch(() => {})
      jobs.cancelAbout(id)
    },
    // What is made of it waits no longer.
    afterwards: () => jobs.lookAgain(),
    refusal(runId, cause) {
      const message = 'The data of this run is deleted. Restore the dataset first.'
      return new TopnError('NOT_FOUND', message, { runId }, { cause })
    },
  })
}

async function experimentFileOf(run: RunRecord, { store, folders }: RunOptions): Promise<ExperimentFile> {
  const dataset = await store.dataset(run.datasetId)
  return experimentOf(run, isSample(dataset) ? { ...dataset, source: await writeSampleFiles(folders) } : dataset)
}
