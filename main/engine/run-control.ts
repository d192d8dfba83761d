import { existsSync } from 'node:fs'
import type { CheckedInput } from '../contract/calls'
import { TopnError } from '../contract/errors'
import type { RunRecord } from '../contract/records'
import { checkParameters, findModel } from '../models/registry'
import { checkpointFile } from '../training/checkpoints'
import type { Jobs } from './jobs'
import { continuedParams } from './learning'
import type { RunLog } from './run-log'
import type { RunRecords } from './run-records'
import type { Handlers } from './service'
import type { WorkspaceFolders } from './workspace'

interface RunControlOptions {
  records: RunRecords
  jobs: Jobs
  runLog: RunLog
  folders: WorkspaceFolders
  /** Settles once the job of a run that is being queued has started; undefined for any other run. */
  entered(runId: string): Promise<unknown> | undefined
  /** Queues the training of a run. */
  enqueue(id: string, record: () => Promise<RunRecord>): Promise<RunRecord>
  /** Makes a run that gave no model what it was before it was trained. */
  trainAgain(id: string): Promise<RunRecord>
  /** Adds a run with the settings of another one and what differs, and queues it. */
  startAs(run: RunRecord, changes: Pick<RunRecord, 'params' | 'continues'>): Promise<RunRecord>
}

type ControlCalls = 'runs.pause' | 'runs.resume' | 'runs.continue'

/** Training under control: pause, resume, and more epochs for what is trained. */
export function runControl(options: RunControlOptions): Pick<Handlers, ControlCalls> {
  const { records, jobs, folders } = options

  async function pause({ runId }: CheckedInput<'runs.pause'>): Promise<RunRecord> {
    const { name, state, model } = records.find(runId)
    if (state !== 'queued' && state !== 'running') {
      throw refusal(runId, `${name} is ${state}; only a run that trains or waits is paused.`)
    }
    if (!findModel(model).checkpoint) {
      throw refusal(runId, `${findModel(model).name} saves no checkpoints, so it cannot be paused. Cancel it instead.`)
    }
    await options.entered(runId)
    await jobs.pauseAbout(runId)
    return records.find(runId)
  }

  async function resume({ runId }: CheckedInput<'runs.resume'>): Promise<RunRecord> {
    const { name, state } = records.find(runId)
    if (state === 'paused') return options.enqueue(runId, () => records.change(runId, { state: 'queued', error: null }))
    if (state === 'failed' || state === 'cancelled') return options.enqueue(runId, () => options.trainAgain(runId))
    throw refusal(runId, `${name} is ${state}; only a paused run is resumed, or one that gave no model.`)
  }

  async function continueFor({ runId, epochs }: CheckedInput<'runs.continue'>): Promise<RunRecord> {
    const run = records.find(runId)
    if (run.state !== 'done' || !run.learned || !existsSync(checkpointFile(folders.artifact(runId)))) {
      throw refusal(runId, `${run.name} has no checkpoint to go on from. Train it again with more epochs.`)
    }
    const params = checkParameters(findModel(run.model), continuedParams(run.params, run.learned, epochs))
    return options.startAs(run, { params, continues: { runId, epochs: run.learned.epochs } })
  }

  return { 'runs.pause': pause, 'runs.resume': resume, 'runs.continue': continueFor }
}

function refusal(runId: string, message: string): TopnError {
  return new TopnError('BAD_REQUEST', message, { runId })
}
