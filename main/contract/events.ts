import type { ErrorData } from './errors'
import type { ProjectionRecord } from './projection'
import type { DatasetRecord, JobRecord, RunRecord, WorkspaceRecord } from './records'
import type { SelectionRecord } from './selections'
import type { StudyRecord, TrialRecord } from './tuning'

/**
 * What the engine tells without being asked. Every event carries a whole record, the newest wins, so that a slow
 * reader may miss steps between but never the last.
 */
export interface Events {
  /** Another workspace is open: load everything again. Key: always the same. */
  workspace: WorkspaceRecord
  /** Key: job id. */
  job: JobRecord
  /** Key: run id; null when it was deleted. */
  run: { id: string; record: RunRecord | null }
  /** Key: study id; null when it was deleted. */
  study: { id: string; record: StudyRecord | null }
  /** Key: the trial's id. After a study was deleted its trials are gone without a word. */
  trial: TrialRecord
  /** Key: dataset id; null when it was deleted. */
  dataset: { id: string; record: DatasetRecord | null }
  /** Key: selection id; null when it or its dataset was deleted. */
  selection: { id: string; record: SelectionRecord | null }
  /** Key: the map's id; null when it was deleted. Maps of runs that are deleted go without a word. */
  projection: { id: string; record: ProjectionRecord | null }
  /** The share that is done of what a place of a screen waits for. Key: the `view` that was named in the call. */
  progress: { view: string; fraction: number }
  /** A sentence for the user that no call answers, such as a process that had to be restarted. */
  notice: { id: string; level: 'info' | 'warning' | 'error'; message: string; data: ErrorData }
}
export type EventName = keyof Events
export type Event = { [N in EventName]: { name: N; key: string; value: Events[N] } }[EventName]
