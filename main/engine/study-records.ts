import { TopnError } from '../contract/errors'
import { type StudyRecord, type TrialRecord, type TrialState, trialStates } from '../contract/tuning'
import type { Store } from '../store'
import { bestTrials } from '../tuning/next-step'
import type { Hub } from './hub'

/** The records of a workspace's studies and their trials. Every change is saved before it is told. */
export interface StudyRecords {
  /** In the order of their creation, without the deleted ones. */
  list(): StudyRecord[]
  /** Throws NOT_FOUND, also for a deleted study. */
  find(id: string): StudyRecord
  /** Changes a study, also a deleted one: what was under way when it was deleted still ends. */
  change(id: string, changes: Partial<StudyRecord>): Promise<StudyRecord>
  add(record: StudyRecord): Promise<StudyRecord>
  nextId(): string
  /** By number. */
  trials(id: string): TrialRecord[]
  saveTrial(trial: TrialRecord): Promise<TrialRecord>
  delete(id: string, withDataset: boolean): Promise<void>
  restore(id: string): Promise<StudyRecord>
  deletedWith(datasetId: string): StudyRecord[]
  /** The record of a deleted study; throws NOT_FOUND. */
  findDeleted(id: string): StudyRecord
}

export async function createStudyRecords({ store, hub }: { store: Store; hub: Hub }): Promise<StudyRecords> {
  const records = new Map<string, StudyRecord>()
  const trialsOf = new Map<string, Map<number, TrialRecord>>()
  const deleted = new Map<string, { withDataset: boolean }>()
  for (const record of await store.studies()) {
    const trials = await store.trials(record.id)
    trialsOf.set(record.id, new Map(trials.map((trial) => [trial.number, trial])))
    records.set(record.id, { ...record, ...summaryOf(record, trials) })
  }

  const trials = (id: string) => [...(trialsOf.get(id)?.values() ?? [])].sort((a, b) => a.number - b.number)

  function tell(record: StudyRecord): StudyRecord {
    if (!deleted.has(record.id)) hub.emit('study', record.id, { id: record.id, record })
    return record
  }

  async function save(record: StudyRecord): Promise<StudyRecord> {
    const before = records.get(record.id)
    records.set(record.id, record)
    try {
      await store.saveStudy(record)
    } catch (error) {
      if (before) records.set(record.id, before)
      else records.delete(record.id)
      throw error
    }
    return tell(record)
  }

  function get(id: string, isWanted: boolean): StudyRecord {
    const record = records.get(id)
    if (record && isWanted) return record
    throw new TopnError('NOT_FOUND', `There is no study ${id}.`, { studyId: id })
  }

  const findDeleted = (id: string) => get(id, deleted.has(id))

  return {
    list: () => [...records.values()].filter(({ id }) => !deleted.has(id)),
    find: (id) => get(id, !deleted.has(id)),
    findDeleted,
    change: (id, changes) => save({ ...get(id, true), ...changes }),
    add: save,
    nextId() {
      let number = 1
      while (records.has(`study-${number}`)) number++
      return `study-${number}`
    },
    trials,
    async saveTrial(trial) {
      await store.saveTrial(trial)
      const known = trialsOf.get(trial.studyId) ?? new Map<number, TrialRecord>()
      trialsOf.set(trial.studyId, known.set(trial.number, trial))
      if (!deleted.has(trial.studyId)) hub.emit('trial', trial.id, trial)
      // What is said of the trials together follows from them, so that it need not be saved.
      const study = get(trial.studyId, true)
      const changed = { ...study, ...summaryOf(study, trials(study.id)) }
      records.set(study.id, changed)
      tell(changed)
      return trial
    },
    async delete(id, withDataset) {
      await store.markDeleted('study', id)
      deleted.set(id, { withDataset })
      hub.emit('study', id, { id, record: null })
    },
    async restore(id) {
      const record = findDeleted(id)
      await store.unmarkDeleted('study', id)
      deleted.delete(id)
      return tell(record)
    },
    deletedWith: (datasetId) =>
      [...records.values()].filter((study) => study.datasetId === datasetId && deleted.get(study.id)?.withDataset),
  }
}

function summaryOf({ settings }: StudyRecord, trials: readonly TrialRecord[]): Pick<StudyRecord, 'trials' | 'best'> {
  const counts = Object.fromEntries(trialStates.map((state) => [state, 0])) as Record<TrialState, number>
  for (const { state } of trials) counts[state]++
  return { trials: counts, best: bestTrials(settings.objectives, trials) }
}
