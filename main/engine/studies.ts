import { isDeepStrictEqual } from 'node:util'
import type { CheckedInput } from '../contract/calls'
import { TopnError } from '../contract/errors'
import type { StudyRecord } from '../contract/tuning'
import type { Store } from '../store'
import { importanceOf } from '../tuning/importance'
import { createDeletion, type Deletion } from './deletion'
import type { FileAccess } from './files'
import type { Hub } from './hub'
import type { Jobs } from './jobs'
import { newStudy } from './new-study'
import { changesOf } from './remarks'
import { runsOfStudy, trialRetrainer } from './retrain-trial'
import type { Runs } from './runs'
import type { Handlers } from './service'
import { proposeStudy } from './study-proposal'
import { createStudyQueue, isUnderWay, refuseUnderWay, type StudyQueue } from './study-queue'
import { createStudyRecords, type StudyRecords } from './study-records'
import { settingsOf } from './study-settings'
import { createTuner, type TunerOptions } from './tune-study'

interface StudyOptions extends Omit<TunerOptions, 'records'> {
  store: Store
  jobs: Jobs
  hub: Hub
  files: FileAccess
  runs: Pick<Runs, 'start' | 'list'>
  /** Whether studies that were under way when the workspace was closed, or TopN killed, go on at once. */
  resumeStudies: boolean
}

export interface Studies
  extends Pick<Deletion<StudyRecord>, 'deleteOfDataset' | 'restoreOfDataset'>,
    Pick<StudyQueue, 'leaveOpen'> {
  handlers: Pick<Handlers, Extract<keyof Handlers, `studies.${string}`>>
}

/** Studies: searches for good settings of models, judged on the validation part alone. */
export async function createStudies(options: StudyOptions): Promise<Studies> {
  const records = await createStudyRecords(options)
  const queue = createStudyQueue({ ...options, records, tune: createTuner({ ...options, records }) })
  const shared = { ...options, records, queue }
  await goOn(shared)
  const { deleteOfDataset, restoreOfDataset, ...deletion } = deletionOf(shared)
  return {
    leaveOpen: queue.leaveOpen,
    deleteOfDataset,
    restoreOfDataset,
    handlers: {
      'studies.propose': (input) => proposeStudy(options.store, input, options),
      'studies.create': (input) => create(input, shared),
      'studies.list': () => records.list(),
      'studies.trials': ({ studyId }) => records.trials(records.find(studyId).id),
      'studies.pause': ({ studyId, running }) => queue.end(studyId, 'paused', running),
      'studies.stop': ({ studyId, running }) => queue.end(studyId, 'stopped', running),
      'studies.resume': (input) => resume(input, shared),
      'studies.change': async ({ studyId, ...remarks }) => records.change(records.find(studyId).id, changesOf(remarks)),
      'studies.delete': ({ studyId }) => deletion.delete(studyId),
      'studies.restore': ({ studyId }) => deletion.restore(studyId),
      'studies.importance': ({ studyId, model, objective }) => {
        const { settings } = records.find(studyId)
        return importanceOf(settings, records.trials(studyId), model, objective)
      },
      'studies.finish': trialRetrainer(shared),
    },
  }
}

interface SharedOptions extends StudyOptions {
  records: StudyRecords
  queue: StudyQueue
}

/** With what was under way when the workspace was closed. */
async function goOn({ records, queue, resumeStudies }: SharedOptions): Promise<void> {
  for (const study of records.list().filter(isUnderWay)) {
    const ready = await queue.makeReady(study)
    if (resumeStudies) queue.enqueue(ready)
    else await records.change(study.id, { state: 'paused' })
  }
}

async function create(input: CheckedInput<'studies.create'>, options: SharedOptions): Promise<StudyRecord> {
  const { store, records, runs, queue } = options
  const dataset = await store.dataset(input.datasetId)
  const settings = await settingsOf(input, options)
  const same = records
    .list()
    .findLast((other) => other.dataHash === dataset.hash && isDeepStrictEqual(other.settings, settings))
  if (input.continue && same?.state === 'paused') return resume({ studyId: same.id, budget: undefined }, options)
  if (input.continue && same?.state === 'done' && runsOfStudy(runs, same.id).length === 0) return same
  const study = newStudy(records.nextId('study'), dataset, settings)
  queue.enqueue(await records.add({ ...study, name: input.name ?? study.id }))
  return records.find(study.id)
}

async function resume(
  { studyId, budget }: CheckedInput<'studies.resume'>,
  { records, queue }: SharedOptions,
): Promise<StudyRecord> {
  const study = records.find(studyId)
  refuseUnderWay(study)
  if (study.state === 'done' && !budget) {
    const message = `${study.name} has spent its budget. Give it more trials or minutes.`
    throw new TopnError('BAD_REQUEST', message, { field: 'budget' })
  }
  queue.enqueue(await queue.makeReady(study, budget && { settings: { ...study.settings, budget } }))
  return records.find(studyId)
}

function deletionOf({ records, store, jobs }: SharedOptions): Deletion<StudyRecord> {
  return createDeletion({
    records,
    store,
    cancel: async (id) => jobs.cancelAbout(id),
    refusal(studyId, cause) {
      const message = 'The data of this study is deleted. Restore the dataset first.'
      return new TopnError('NOT_FOUND', message, { studyId }, { cause })
    },
  })
}
