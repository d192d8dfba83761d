import { extendCurve } from '../contract/curve'
import { TopnError } from '../contract/errors'
import type { Progress, RunMember, RunRecord } from '../contract/records'
import type { Store } from '../store'
import { createDeletableRecords, type DeletableRecords } from './deletable-records'
import type { Hub } from './hub'

/** The records of a workspace's runs. */
export interface RunRecords extends DeletableRecords<RunRecord> {
  /** Adds to the curve of a run in training. The job's progress tells it; it is saved with the next change. */
  follow(id: string, progress: Partial<Progress>): void
}

/** What records of older versions do not have. */
const memberDefaults: Partial<RunMember> = { learned: null }
const defaults: Partial<RunRecord> = {
  features: null,
  contentHash: null,
  series: null,
  study: null,
  learned: null,
  deviceChoice: null,
  deviceName: null,
}

function completed(record: RunRecord): RunRecord {
  const members = record.members?.map((member) => ({ ...memberDefaults, ...member })) ?? null
  return { ...defaults, ...record, members }
}

export async function createRunRecords({ store, hub }: { store: Store; hub: Hub }): Promise<RunRecords> {
  const records = createDeletableRecords<RunRecord>({
    kind: 'run',
    known: (await store.runs()).map(completed),
    store,
    save: (record) => store.saveRun(record),
    missing: (id) => new TopnError('NOT_FOUND', `There is no run ${id}.`, { runId: id }),
    tell: (id, record) => hub.emit('run', id, { id, record }),
  })
  return {
    ...records,
    follow(id, progress) {
      const record = records.findAny(id)
      records.put({ ...record, curve: extendCurve(record.curve, progress) }, false)
    },
  }
}
