import type { DeviceChoice } from '../contract/devices'
import type { DatasetRecord, RunRecord } from '../contract/records'

type RunSettings = Pick<
  RunRecord,
  'model' | 'params' | 'features' | 'members' | 'clean' | 'evaluation' | 'seed' | 'split' | 'deviceChoice' | 'elsewhere'
>

export function newRun(id: string, dataset: DatasetRecord, settings: RunSettings, threads: number): RunRecord {
  return {
    id,
    name: id,
    tags: [],
    notes: '',
    datasetId: dataset.id,
    dataHash: dataset.hash,
    study: null,
    continues: null,
    createdAt: new Date().toISOString(),
    series: null,
    ...settings,
    ...untrained(threads, settings.deviceChoice),
  }
}

/** What a run is before it is trained. */
export function untrained(threads: number, deviceChoice: DeviceChoice | null) {
  return {
    device: deviceChoice === null || deviceChoice === 'best' ? ('cpu' as const) : deviceChoice,
    deviceName: null,
    threads,
    state: 'queued' as const,
    error: null,
    contentHash: null,
    prepared: null,
    counts: null,
    fitSeconds: null,
    evaluateSeconds: null,
    judgedUsers: null,
    peakBytes: null,
    bytes: 0,
    metrics: {},
    leftOut: {},
    curve: [],
    learned: null,
  }
}

/** What a run with the same settings reads again. */
export function broughtAgain(elsewhere: RunRecord['elsewhere']): Pick<RunRecord, 'elsewhere'> {
  return elsewhere ? { elsewhere: { ...elsewhere, found: null } } : {}
}
