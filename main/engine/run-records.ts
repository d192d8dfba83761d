import { extendCurve } from '../contract/curve'
import { TopnError } from '../contract/errors'
import type { Progress, RunRecord } from '../contract/records'
import type { Store } from '../store'
import type { Hub } from './hub'

/** The records of a workspace's runs. Every change is saved before it is told. */
export interface RunRecords {
  /** In the order of their creation, without the deleted ones. */
  list(): RunRecord[]
  /** Throws NOT_FOUND, also for a deleted run. */
  find(id: string): RunRecord
  /** Changes a run, also a deleted one: what was under way when it was deleted still ends. */
  change(id: string, changes: Partial<RunRecord>): Promise<RunRecord>
  /** Adds to the curve of a run in training. The job's progress tells it; it is saved with the next change. */
  follow(id: string, progress: Partial<Progress>): void
  add(record: RunRecord): Promise<RunRecord>
  /** `ials-3`: readable, unique within the workspace, and given once, though its run come later or never. */
  nextId(model: string): string
  /** Hides a run until it is restored; `withDataset` where it goes with its dataset. */
  delete(id: string, withDataset: boolean): Promise<void>
  restore(id: string): Promise<RunRecord>
  deletedWith(datasetId: string): RunRecord[]
  /** The record of a deleted run; throws NOT_FOUND. */
  findDeleted(id: string): RunRecord
}

/** What records of older versions do not have. */
const defaults: Partial<RunRecord> = { features: null, members: null, contentHash: null, series: null, study: null }

export async function createRunRecords({ store, hub }: { store: Store; hub: Hub }): Promise<RunRecords> {
  const records = new Map<string, RunRecord>()
  for (const record of await store.runs()) records.set(record.id, { ...defaults, ...record })
  const deleted = new Map<string, { withDataset: boolean }>()
  const given = new Set<string>()

  async function save(record: RunRecord): Promise<RunRecord> {
    const before = records.get(record.id)
    records.set(record.id, record)
    try {
      await store.saveRun(record)
    } catch (error) {
      if (before) records.set(record.id, before)
      else records.delete(record.id)
      throw error
    }
    if (!deleted.has(record.id)) hub.emit('run', record.id, { id: record.id, record })
    return record
  }

  function get(id: string, isWanted: boolean): RunRecord {
    const record = records.get(id)
    if (record && isWanted) return record
    throw new TopnError('NOT_FOUND', `There is no run ${id}.`, { runId: id })
  }

  const findDeleted = (id: string) => get(id, deleted.has(id))

  return {
    list: () => [...records.values()].filter(({ id }) => !deleted.has(id)),
    find: (id) => get(id, !deleted.has(id)),
    findDeleted,
    change: (id, changes) => save({ ...get(id, true), ...changes }),
    follow(id, progress) {
      const record = get(id, true)
      records.set(id, { ...record, curve: extendCurve(record.curve, progress) })
    },
    add: save,
    nextId(model) {
      let number = 1
      while (records.has(`${model}-${number}`) || given.has(`${model}-${number}`)) number++
      const id = `${model}-${number}`
      given.add(id)
      return id
    },
    async delete(id, withDataset) {
      await store.markDeleted('run', id)
      deleted.set(id, { withDataset })
      hub.emit('run', id, { id, record: null })
    },
    async restore(id) {
      const record = findDeleted(id)
      await store.unmarkDeleted('run', id)
      deleted.delete(id)
      hub.emit('run', id, { id, record })
      return record
    },
    deletedWith: (datasetId) =>
      [...records.values()].filter((run) => run.datasetId === datasetId && deleted.get(run.id)?.withDataset),
  }
}
