import { TopnError } from '../contract/errors'
import type { StudyRecord } from '../contract/tuning'
import type { JobContext, Jobs } from './jobs'
import type { StudyRecords } from './study-records'
import { endStudy, type Wish } from './tune-study'

interface StudyQueueOptions {
  jobs: Jobs
  records: StudyRecords
  /** The work of a study's job. */
  tune(studyId: string, wish: Wish, context: JobContext): Promise<string>
}

export interface StudyQueue {
  enqueue(study: StudyRecord): void
  /** What was cut off or ended is waiting again. That it is queued is known at once, so that nobody queues it twice. */
  makeReady(study: StudyRecord, changes?: Partial<StudyRecord>): Promise<StudyRecord>
  /** Ends a study before its budget is spent; a job that still waits has nothing to wait for. */
  end(studyId: string, endAs: 'paused' | 'stopped', running: 'cancel' | 'finish'): Promise<StudyRecord>
  /** What runs is cut off by the engine's end and goes on when the workspace is opened again. */
  leaveOpen(): void
}

/** The way of studies into the jobs, and out of them before their time. */
export function createStudyQueue({ jobs, records, tune }: StudyQueueOptions): StudyQueue {
  const wishes = new Map<string, Wish>()
  const ends = new Map<string, Promise<unknown>>()

  function work(id: string, context: JobContext): Promise<string> {
    const wish: Wish = wishes.get(id) ?? { endAs: 'paused', isEnding: false }
    wishes.set(id, wish)
    const ended = tune(id, wish, context).finally(() => wishes.delete(id))
    const settled = ended.catch(() => {})
    ends.set(id, settled)
    return ended
  }

  async function makeReady({ id }: StudyRecord, changes: Partial<StudyRecord> = {}): Promise<StudyRecord> {
    const ready = records.change(id, { ...changes, state: 'queued', error: null, endsAs: null, endedAt: null })
    for (const trial of records.trials(id)) {
      if (trial.state !== 'running' && trial.state !== 'stopped') continue
      await records.saveTrial({ ...trial, state: 'waiting', startedAt: null, endedAt: null })
    }
    return ready
  }

  return {
    makeReady,
    enqueue({ id, name, datasetId }) {
      jobs.start({
        kind: 'tune',
        title: name,
        subject: id,
        about: [id, datasetId],
        work: (context) => work(id, context),
        beforeRetry: async () => {
          refuseUnderWay(records.find(id))
          await makeReady(records.find(id))
          // It may have been deleted meanwhile.
          records.find(id)
        },
      })
    },
    async end(studyId, endAs, running) {
      const study = records.find(studyId)
      if (study.state === 'paused' && endAs === 'stopped') return endStudy(records, studyId, 'stopped')
      if (!isUnderWay(study)) throw new TopnError('BAD_REQUEST', `${study.name} is not under way.`, { studyId })
      const wish = wishes.get(studyId) ?? { endAs, isEnding: false }
      wishes.set(studyId, wish)
      wish.endAs = endAs
      if (running === 'finish' && study.state === 'running') {
        wish.isEnding = true
        return records.change(studyId, { endsAs: endAs })
      }
      jobs.cancelAbout(studyId)
      await ends.get(studyId)
      return records.find(studyId)
    },
    leaveOpen() {
      for (const { id } of records.list().filter(isUnderWay)) {
        const wish = wishes.get(id)
        if (wish) wish.endAs = null
        else wishes.set(id, { endAs: null, isEnding: false })
      }
    },
  }
}

export function isUnderWay({ state }: StudyRecord): boolean {
  return state === 'queued' || state === 'running'
}

/** Throws BAD_REQUEST for a study that is queued or runs. */
export function refuseUnderWay(study: StudyRecord): void {
  if (!isUnderWay(study)) return
  const { id, name } = study
  throw new TopnError('BAD_REQUEST', `${name} is under way. Pause or stop it first.`, { studyId: id })
}
