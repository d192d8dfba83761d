import { models } from '../models/registry'
import type { RunLog } from './run-log'
import type { RunRecords } from './run-records'

/** Ends what was under way when TopN was killed: what saves checkpoints is paused, anything else has failed. */
export async function endLeftRuns(records: RunRecords, runLog: RunLog): Promise<void> {
  for (const { id, state, model } of records.list()) {
    if (state !== 'queued' && state !== 'running') continue
    const ended = models.some((known) => known.id === model && known.checkpoint) ? leftPaused : interrupted
    await records.change(id, ended)
    await runLog.append(id, ended.error.message)
  }
}

const leftPaused = {
  state: 'paused' as const,
  error: {
    code: 'PAUSED' as const,
    message: 'TopN ended before this run was done. Resume it: it goes on from its last checkpoint.',
    data: {},
  },
}

const interrupted = {
  state: 'failed' as const,
  error: { code: 'PROCESS_ENDED' as const, message: 'TopN ended before this run was done. Run it again.', data: {} },
}
