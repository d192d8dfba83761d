import { isDeepStrictEqual } from 'node:util'
import type { CheckedInput } from '../contract/calls'
import { TopnError } from '../contract/errors'
import type { DatasetRecord, RunRecord } from '../contract/records'
import type { StudyRecord, StudySettings } from '../contract/tuning'
import { findModel } from '../models/registry'
import type { Store } from '../store'
import { importanceOf } from '../tuning/importance'
import type { FileAccess } from './files'
import type { Hub } from './hub'
import type { Jobs } from './jobs'
import { withoutValidation } from './members'
import { changesOf } from './remarks'
import type { Runs } from './runs'
import type { Handlers } from './service'
import { proposeStudy } from './study-proposal'
import { createStudyRecords } from './study-records'
import { settingsOf } from './study-settings'
import { joinValidation } from './study-split'
import { createTuner, endStudy, type TunerOptions, type Wish } from './tune-study'

export interface StudyOptions extends Omit<TunerOptions, 'records'> {
  store: Store
  jobs: Jobs
  hub: Hub
  files: FileAccess
  runs: Pick<Runs, 'start' | 'list'>
  /** Whether studies that were under way when the workspace was closed, or TopN killed, go on at once. */
  resume: boolean
}

export interface Studies {
  handlers: Pick<Handlers, Extract<keyof Handlers, `studies.${string}`>>
  deleteOfDataset(datasetId: string): Promise<void>
  restoreOfDataset(datasetId: string): Promise<void>
  /** What runs is cut off by the engine's end and goes on when the workspace is opened again. */
  leaveOpen(): void
}

/** Studies: searches for good settings of models, judged on the validation part alone. */
export async function createStudies(options: StudyOptions): Promise<Studies> {
  const { store, jobs, runs } = options
  const records = await createStudyRecords(options)
  const tune = createTuner({ ...options, records })
  const wishes = new Map<string, Wish>()
  const ends = new Map<string, Promise<unknown>>()
  let lastFinish: Promise<unknown> = Promise.resolve()

  function enqueue({ id, name, datasetId }: StudyRecord): void {
    jobs.start({
      kind: 'tune',
      title: name,
      subject: id,
      about: [id, datasetId],
      work(context) {
        const wish: Wish = wishes.get(id) ?? { endAs: 'paused', isEnding: false }
        wishes.set(id, wish)
        const ended = tune(id, wish, context).finally(() => wishes.delete(id))
        const settled = ended.catch(() => {})
        ends.set(id, settled)
        return ended
      },
      beforeRetry: async () => {
        refuseUnderWay(records.find(id))
        await makeReady(records.find(id))
      },
    })
  }

  /** What was cut off or ended is waiting again. That it is queued is known at once, so that nobody queues it twice. */
  async function makeReady({ id }: StudyRecord, changes: Partial<StudyRecord> = {}): Promise<StudyRecord> {
    const ready = records.change(id, { ...changes, state: 'queued', error: null, endsAs: null, endedAt: null })
    for (const trial of records.trials(id)) {
      if (trial.state !== 'running' && trial.state !== 'stopped') continue
      await records.saveTrial({ ...trial, state: 'waiting', startedAt: null, endedAt: null })
    }
    return ready
  }

  async function create(input: CheckedInput<'studies.create'>): Promise<StudyRecord> {
    const dataset = await store.dataset(input.datasetId)
    const settings = await settingsOf(input, options)
    const same = records
      .list()
      .findLast((other) => other.dataHash === dataset.hash && isDeepStrictEqual(other.settings, settings))
    if (input.continue && same?.state === 'paused') return resume({ studyId: same.id, budget: undefined })
    if (input.continue && same?.state === 'done' && runsOf(same.id).length === 0) return same
    const study = newStudy(records.nextId('study'), dataset, settings)
    enqueue(await records.add({ ...study, name: input.name ?? study.id }))
    return records.find(study.id)
  }

  /** Runs of its trials that are trained, or will be. */
  function runsOf(studyId: string): RunRecord[] {
    return runs
      .list()
      .filter(({ study, state }) => study?.id === studyId && state !== 'failed' && state !== 'cancelled')
  }

  async function resume({ studyId, budget }: CheckedInput<'studies.resume'>): Promise<StudyRecord> {
    const study = records.find(studyId)
    refuseUnderWay(study)
    if (study.state === 'done' && !budget) {
      const message = `${study.name} has spent its budget. Give it more trials or minutes.`
      throw new TopnError('BAD_REQUEST', message, { field: 'budget' })
    }
    enqueue(await makeReady(study, budget && { settings: { ...study.settings, budget } }))
    return records.find(studyId)
  }

  /** Ends a study before its budget is spent; a job that still waits has nothing to wait for. */
  async function end(studyId: string, endAs: 'paused' | 'stopped', running: 'cancel' | 'finish'): Promise<StudyRecord> {
    const study = records.find(studyId)
    if (study.state === 'paused' && endAs === 'stopped') return endStudy(records, studyId, 'stopped')
    if (study.state !== 'queued' && study.state !== 'running') {
      throw new TopnError('BAD_REQUEST', `${study.name} is not under way.`, { studyId })
    }
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
  }

  async function retrain({ studyId, trial: number }: CheckedInput<'studies.finish'>) {
    refuseUnderWay(records.find(studyId))
    const { settings, best, name, datasetId } = records.find(studyId)
    const wanted = number ?? best[0]
    const trial = records.trials(studyId).find((one) => one.number === wanted)
    if (!trial || trial.values === null) {
      const message = `${name} has no trial ${wanted ?? ''} that was judged.`
      throw new TopnError('BAD_REQUEST', message, { field: 'trial' })
    }
    const earlier = runsOf(studyId).find((run) => run.study?.trial === wanted)
    if (earlier) {
      const message = `Trial ${wanted} of ${name} is retrained already: ${earlier.name}.`
      throw new TopnError('BAD_REQUEST', message, { field: 'trial', runId: earlier.id })
    }
    const { clean, split, evaluation, seed, device = 'best', features } = settings
    const model = findModel(trial.model)
    const input = {
      datasetId,
      clean,
      split: joinValidation(split),
      features: model.features ? features : null,
      evaluation,
      seed,
      device,
      models: [{ model: trial.model, params: withoutValidation(model, trial.params) }],
      repeat: null,
    }
    const [run] = await runs.start(input, { study: { id: studyId, trial: trial.number } })
    return run
  }

  /** One after the other, so that asking twice gives one run. */
  function finish(input: CheckedInput<'studies.finish'>): Promise<RunRecord> {
    const own = lastFinish.then(() => retrain(input))
    lastFinish = own.catch(() => {})
    return own
  }

  async function remove(id: string, withDataset: boolean): Promise<void> {
    records.find(id)
    jobs.cancelAbout(id)
    await records.delete(id, withDataset)
  }

  for (const study of records.list()) {
    if (study.state !== 'queued' && study.state !== 'running') continue
    const ready = await makeReady(study)
    if (options.resume) enqueue(ready)
    else await records.change(study.id, { state: 'paused' })
  }

  return {
    leaveOpen() {
      for (const { id, state } of records.list()) {
        if (state !== 'queued' && state !== 'running') continue
        const wish = wishes.get(id)
        if (wish) wish.endAs = null
        else wishes.set(id, { endAs: null, isEnding: false })
      }
    },
    async deleteOfDataset(datasetId) {
      for (const study of records.list()) if (study.datasetId === datasetId) await remove(study.id, true)
    },
    async restoreOfDataset(datasetId) {
      for (const { id } of records.deletedWith(datasetId)) await records.restore(id)
    },
    handlers: {
      'studies.propose': (input) => proposeStudy(store, input, options),
      'studies.create': create,
      'studies.list': () => records.list(),
      'studies.trials': ({ studyId }) => records.trials(records.find(studyId).id),
      'studies.pause': ({ studyId, running }) => end(studyId, 'paused', running),
      'studies.stop': ({ studyId, running }) => end(studyId, 'stopped', running),
      'studies.resume': resume,
      'studies.change': async ({ studyId, ...remarks }) => records.change(records.find(studyId).id, changesOf(remarks)),
      async 'studies.delete'({ studyId }) {
        await remove(studyId, false)
        return null
      },
      async 'studies.restore'({ studyId }) {
        await store.dataset(records.findDeleted(studyId).datasetId).catch((cause) => {
          const message = 'The data of this study is deleted. Restore the dataset first.'
          throw new TopnError('NOT_FOUND', message, { studyId }, { cause })
        })
        return records.restore(studyId)
      },
      'studies.importance': ({ studyId, model, objective }) => {
        const { settings } = records.find(studyId)
        return importanceOf(settings, records.trials(studyId), model, objective)
      },
      'studies.finish': finish,
    },
  }
}

function newStudy(id: string, dataset: DatasetRecord, settings: StudySettings): StudyRecord {
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

function refuseUnderWay({ id, name, state }: StudyRecord): void {
  if (state !== 'queued' && state !== 'running') return
  throw new TopnError('BAD_REQUEST', `${name} is under way. Pause or stop it first.`, { studyId: id })
}
