import type { DatasetRecord } from '../contract/records'
import type { StudyRecord, StudySettings } from '../contract/tuning'

export function newStudy(id: string, dataset: DatasetRecord, settings: StudySettings): StudyRecord {
  return {
    id,
    name: id,
    tags: [],
    notes: '',
    datasetId: dataset.id,
    dataHash: dataset.hash,
    settings,
    state: 'queued',
    endsAs: null,
    error: null,
    createdAt: new Date().toISOString(),
    endedAt: null,
    seconds: 0,
    prepared: null,
    counts: null,
    trials: { running: 0, waiting: 0, done: 0, stopped: 0, failed: 0 },
    best: [],
  }
}
