import { TopnError } from '../contract/errors'
import type { JobRecord, RunRecord } from '../contract/records'
import { broughtSize } from '../import/brought-size'
import type { DataSize } from '../models/model'
import { findModel } from '../models/registry'
import type { Store } from '../store'
import { needsOf } from './costs'
import type { JobContext, Jobs } from './jobs'
import { untrained } from './new-run'
import type { RunLog } from './run-log'
import type { RunRecords } from './run-records'

interface RunQueueOptions {
  store: Store
  jobs: Jobs
  records: RunRecords
  runLog: RunLog
  threads: number
  /** The work of a run's job. */
  train(runId: string, context: JobContext): Promise<string>
}

export interface RunQueue {
  /** Queues the training of a run; `record` writes it down as queued, and from then on others know of it. */
  enqueue(id: string, record: () => Promise<RunRecord>): Promise<RunRecord>
  /** Settles once the job of a run that is being queued has started; undefined for any other run. */
  entered(id: string): Promise<unknown> | undefined
  /** Makes a run that gave no model what it was before it was trained; anything else is a new run. */
  trainAgain(id: string): Promise<RunRecord>
}

/** The way of runs into the jobs. */
export function createRunQueue(options: RunQueueOptions): RunQueue {
  const { store, jobs, records, runLog, threads } = options
  /** Runs whose jobs are about to start: what is asked of them meanwhile waits for these. */
  const entering = new Map<string, Promise<unknown>>()

  /** Does what ends in the start of a run's job, after anything else that does so. */
  function enter<T>(id: string, work: () => Promise<T>): Promise<T> {
    const before = entering.get(id) ?? Promise.resolve()
    const entered = before
      .catch(() => {})
      .then(work)
      .finally(() => {
        if (entering.get(id) === entered) entering.delete(id)
      })
    entering.set(id, entered)
    return entered
  }

  async function startJob(run: RunRecord): Promise<JobRecord> {
    await runLog.append(run.id, 'Queued.')
    const model = findModel(run.model)
    const { profile } = await store.dataset(run.datasetId)
    const needs = needsOf(model, profile, run.params, threads)
    const bytes = needs.bytes + (await bytesOfBrought(run, profile))
    // It may have been deleted meanwhile.
    records.find(run.id)
    return jobs.start({
      kind: 'train',
      title: run.name,
      subject: run.id,
      about: [run.id, run.datasetId],
      canPause: model.checkpoint ?? false,
      needs: { ...needs, bytes },
      work: (context) => options.train(run.id, context),
      isReady: () => !run.members?.some(({ runId }) => isPending(records, runId)),
      retry: () => enter(run.id, async () => startJob(await trainAgain(run.id))),
    })
  }

  async function trainAgain(id: string): Promise<RunRecord> {
    const { state, name, curve, deviceChoice } = records.find(id)
    if (state !== 'failed' && state !== 'cancelled') {
      throw new TopnError('BAD_REQUEST', `${name} is ${state}; only a failed or cancelled run is trained again.`)
    }
    const run = await records.change(id, { ...untrained(threads, deviceChoice), curve })
    await runLog.append(id, 'Queued again.')
    return run
  }

  return {
    enqueue: (id, record) =>
      enter(id, async () => {
        const run = await record()
        await startJob(run)
        return run
      }),
    entered: (id) => entering.get(id),
    trainAgain,
  }
}

/** Whether it is not trained yet and may still be. */
function isPending(records: RunRecords, runId: string): boolean {
  const run = records.list().find(({ id }) => id === runId)
  return run?.state === 'queued' || run?.state === 'running' || run?.state === 'paused'
}

/** What reading files of other programs takes; none where a run has its model from here. */
async function bytesOfBrought({ elsewhere }: RunRecord, size: Pick<DataSize, 'users' | 'items'>): Promise<number> {
  return !elsewhere || elsewhere.from.kind === 'run' ? 0 : (await broughtSize(elsewhere.from, size)).bytes
}
