import { create } from 'zustand'
import type { Event } from '../../main/contract/calls'
import { extendCurve, type TrainingCurve } from '../../main/contract/curve'
import type { DeviceRecord } from '../../main/contract/devices'
import type { ModelDescription } from '../../main/contract/parameters'
import type { DatasetRecord, JobRecord, RunRecord, WorkspaceRecord } from '../../main/contract/records'
import type { SelectionRecord } from '../../main/contract/selections'
import type { StudyRecord, TrialRecord } from '../../main/contract/tuning'
import { assignColours } from './colours'

/** What the window knows of the workspace: the engine's records as last told. */
export interface Workbench {
  workspace: WorkspaceRecord | null
  /** Empty until they were tried. */
  devices: DeviceRecord[]
  models: ModelDescription[]
  datasets: ReadonlyMap<string, DatasetRecord>
  runs: ReadonlyMap<string, RunRecord>
  jobs: ReadonlyMap<string, JobRecord>
  selections: ReadonlyMap<string, SelectionRecord>
  studies: ReadonlyMap<string, StudyRecord>
  /** Of the studies that were looked at or have changed. */
  trials: ReadonlyMap<string, TrialRecord>
  /** The dataset that Train, Compare and Users work on. */
  datasetInForce: string | null
  /** The selection chosen last, whether it still exists or not; `selectionInForce` of `selections.ts` says what counts. */
  selectionInForce: string | null
  /** How many maps were made, deleted or restored: they are listed again. */
  mapChanges: number
  /** Of runs in training, from what their jobs report. */
  curves: ReadonlyMap<string, TrainingCurve>
  /** Each run's place in the palette; kept for as long as the run exists. */
  colours: ReadonlyMap<string, number>
}

export const emptyWorkbench: Workbench = {
  workspace: null,
  devices: [],
  models: [],
  datasets: new Map(),
  runs: new Map(),
  jobs: new Map(),
  selections: new Map(),
  studies: new Map(),
  trials: new Map(),
  datasetInForce: null,
  selectionInForce: null,
  mapChanges: 0,
  curves: new Map(),
  colours: new Map(),
}

export const useWorkbench = create<Workbench>(() => emptyWorkbench)

/** The state after an event. Notices and progress change nothing here, and another workspace is another state altogether. */
export function applyEvent(state: Workbench, event: Event): Workbench {
  switch (event.name) {
    case 'job': {
      const opened = newlyOpened(state, event.value)
      const jobs = changed(state.jobs, event.key, event.value)
      return { ...state, jobs, curves: followed(state, event.value), datasetInForce: opened ?? state.datasetInForce }
    }
    case 'dataset':
      return chooseDataset({ ...state, datasets: changed(state.datasets, event.key, event.value.record) })
    case 'run': {
      const runs = changed(state.runs, event.key, event.value.record)
      // The record holds the curve so far.
      const curves = changed(state.curves, event.key, null)
      return { ...state, runs, curves, colours: assignColours(state.colours, runs.values()) }
    }
    case 'selection':
      return { ...state, selections: changed(state.selections, event.key, event.value.record) }
    case 'study':
      return { ...state, studies: changed(state.studies, event.key, event.value.record) }
    case 'trial':
      return { ...state, trials: changed(state.trials, event.key, event.value) }
    case 'projection':
      return { ...state, mapChanges: state.mapChanges + 1 }
    case 'notice':
    case 'progress':
    case 'workspace':
      return state
  }
}

/** The curves with what a training job reports. */
function followed({ curves, runs }: Workbench, { subject, progress }: JobRecord): Workbench['curves'] {
  const run = runs.get(subject ?? '')
  if (!run) return curves
  const before = curves.get(run.id) ?? run.curve
  const curve = extendCurve(before, progress)
  return curve === before ? curves : changed(curves, run.id, curve)
}

/** The dataset that a job has just made: it is what the user wants to look at. */
function newlyOpened({ jobs }: Workbench, job: JobRecord): string | null {
  const isNew = job.kind === 'load' && job.state === 'done' && jobs.get(job.id)?.state !== 'done'
  return isNew ? job.subject : null
}

/** Keeps the dataset in force where it still exists; otherwise takes the newest. */
export function chooseDataset(state: Workbench): Workbench {
  if (state.datasetInForce !== null && state.datasets.has(state.datasetInForce)) return state
  const newest = newestFirst(state.datasets.values())[0]
  return { ...state, datasetInForce: newest?.id ?? null }
}

export function newestFirst<T extends { createdAt: string; id: string }>(records: Iterable<T>): T[] {
  const collator = new Intl.Collator('en', { numeric: true })
  return [...records].sort((a, b) => b.createdAt.localeCompare(a.createdAt) || collator.compare(b.id, a.id))
}

function changed<T>(map: ReadonlyMap<string, T>, key: string, record: T | null): ReadonlyMap<string, T> {
  const copy = new Map(map)
  if (record === null) copy.delete(key)
  else copy.set(key, record)
  return copy
}

/** Records by their id, in the order given. */
export function byId<T extends { id: string }>(records: T[]): ReadonlyMap<string, T> {
  return new Map(records.map((record) => [record.id, record]))
}
