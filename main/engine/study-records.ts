import { TopnError } from '../contract/errors'
import { type StudyRecord, type TrialRecord, type TrialState, trialStates } from '../contract/tuning'
import type { Store } from '../store'
import { bestTrials } from '../tuning/next-step'
import { createDeletableRecords, type DeletableRecords } from './deletable-records'
import type { Hub } from './hub'

/** The records of a workspace's studies and their trials. */
export interface StudyRecords extends DeletableRecords<StudyRecord> {
  /** By number. */
  trials(id: string): TrialRecord[]
  saveTrial(trial: TrialRecord): Promise<TrialRecord>
}

export async function createStudyRecords({ store, hub }: { store: Store; hub: Hub }): Promise<StudyRecords> {
  const trialsOf = new Map<string, Map<number, TrialRecord>>()
  const known: StudyRecord[] = []
  for (const record of await store.studies()) {
    const trials = await store.trials(record.id)
    trialsOf.set(record.id, new Map(trials.map((trial) => [trial.number, trial])))
    known.push({ ...record, ...summaryOf(record, trials) })
  }
  const records = createDeletableRecords<StudyRecord>({
    kind: 'study',
    known,
    store,
    save: (record) => store.saveStudy(record),
    missing: (id) => new TopnError('NOT_FOUND', `There is no study ${id}.`, { studyId: id }),
    tell: (id, record) => hub.emit('study', id, { id, record }),
  })
  const trials = (id: string) => [...(trialsOf.get(id)?.values() ?? [])].sort((a, b) => a.number - b.number)

  return {
    ...records,
    trials,
    async saveTrial(trial) {
      const { studyId } = trial
      await store.saveTrial(trial)
      const known = trialsOf.get(studyId) ?? new Map<number, TrialRecord>()
      trialsOf.set(studyId, known.set(trial.number, trial))
      if (!records.isDeleted(studyId)) hub.emit('trial', trial.id, trial)
      // What is said of the trials together follows from them, so that it need not be saved.
      const study = records.findAny(studyId)
      records.put({ ...study, ...summaryOf(study, trials(studyId)) }, true)
      return trial
    },
  }
}

function summaryOf({ settings }: StudyRecord, trials: readonly TrialRecord[]): Pick<StudyRecord, 'trials' | 'best'> {
  const counts = Object.fromEntries(trialStates.map((state) => [state, 0])) as Record<TrialState, number>
  for (const { state } of trials) counts[state]++
  return { trials: counts, best: bestTrials(settings.objectives, trials) }
}
