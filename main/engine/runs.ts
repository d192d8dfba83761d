import type { CheckedInput } from '../contract/calls'
import { TopnError } from '../contract/errors'
import type { Log } from '../contract/log'
import type { DatasetRecord, Remarks, RunRecord } from '../contract/records'
import { broughtSize } from '../import/brought-size'
import { findModel, models, parametersOf } from '../models/registry'
import { copyArtifact } from '../training/artifact'
import { needsOf } from './costs'
import { isSample } from './datasets'
import { experimentOf } from './experiment-of-run'
import { checkEncoders, chooseFeatures } from './features'
import type { FileAccess } from './files'
import type { Hub } from './hub'
import { importer } from './import-run'
import { chooseItemAttribute } from './item-attribute'
import type { Jobs } from './jobs'
import { chooseMembers, memberOf, refuseOtherData, requireValidation } from './members'
import { broughtAgain, newRun, untrained } from './new-run'
import { chooseSplit } from './prepare'
import { changesOf, copyName } from './remarks'
import { type Repetition, repetitionsOf } from './repeats'
import { runControl } from './run-control'
import { createRunLog } from './run-log'
import { createRunRecords } from './run-records'
import { writeSampleFiles } from './sample-files'
import type { Handlers } from './service'
import { holdsOutUsers, requireFoldIn } from './splits'
import { candidatesFileOf, createTrainer, type TrainerOptions } from './train-run'

export interface RunOptions extends Omit<TrainerOptions, 'records' | 'runLog'> {
  jobs: Jobs
  hub: Hub
  files: FileAccess
  threads: number
  log: Log
}

type RunCalls = Exclude<Extract<keyof Handlers, `runs.${string}`>, 'runs.metrics'>

export interface Runs {
  handlers: Pick<Handlers, RunCalls>
  find(id: string): RunRecord
  /** Starts a run of each model; `remarks` instead of what a run is called at first. */
  start(input: CheckedInput<'runs.start'>, remarks?: Partial<Remarks & Pick<RunRecord, 'study'>>): Promise<RunRecord[]>
  list(): RunRecord[]
  deleteOfDataset(datasetId: string): Promise<void>
  /** Brings back the runs that went with their dataset. */
  restoreOfDataset(datasetId: string): Promise<void>
}

/** Trained models and those in training. */
export async function createRuns(options: RunOptions): Promise<Runs> {
  const { store, jobs, folders, threads } = options
  const runLog = createRunLog(folders, options.log)
  const records = await createRunRecords(options)
  const train = createTrainer({ ...options, records, runLog })
  for (const { id, state, model } of records.list()) {
    if (state !== 'queued' && state !== 'running') continue
    const ended = models.some((known) => known.id === model && known.checkpoint) ? leftPaused : interrupted
    await records.change(id, ended)
    await runLog.append(id, ended.error.message)
  }

  /** Runs whose jobs are about to start: what is asked of them meanwhile waits for these. */
  const entering = new Map<string, Promise<RunRecord>>()

  /** `record` writes the run down as queued; from then on others know of it. */
  function enqueue(id: string, record: () => Promise<RunRecord>): Promise<RunRecord> {
    const entered = Promise.resolve()
      .then(record)
      .then(startJob)
      .finally(() => entering.delete(id))
    entering.set(id, entered)
    return entered
  }

  async function startJob(run: RunRecord): Promise<RunRecord> {
    await runLog.append(run.id, 'Queued.')
    const model = findModel(run.model)
    const { profile } = await store.dataset(run.datasetId)
    const needs = needsOf(model, profile, run.params, threads)
    const bytes = needs.bytes + (await bytesOfBrought(run))
    jobs.start({
      kind: 'train',
      title: run.name,
      subject: run.id,
      about: [run.id, run.datasetId],
      canPause: model.checkpoint ?? false,
      needs: { ...needs, bytes },
      work: (context) => train(run.id, context),
      isReady: () => !run.members?.some(({ runId }) => isPending(runId)),
      beforeRetry: async () => void (await trainAgain(run.id)),
    })
    return run
  }

  /** Whether it is not trained yet and may still be. */
  function isPending(runId: string): boolean {
    const run = records.list().find(({ id }) => id === runId)
    return run?.state === 'queued' || run?.state === 'running' || run?.state === 'paused'
  }

  /** A run is trained again under its own id only where it gave no model; anything else is a new run. */
  async function trainAgain(id: string): Promise<RunRecord> {
    const { state, name } = records.find(id)
    if (state !== 'failed' && state !== 'cancelled') {
      throw new TopnError('BAD_REQUEST', `${name} is ${state}; only a failed or cancelled run is trained again.`)
    }
    const { curve, deviceChoice } = records.find(id)
    const run = await records.change(id, { ...untrained(threads, deviceChoice), curve })
    await runLog.append(id, 'Queued again.')
    return run
  }

  async function start(
    input: CheckedInput<'runs.start'>,
    remarks: Partial<Remarks & Pick<RunRecord, 'study'>> = {},
  ): Promise<RunRecord[]> {
    const dataset = await store.dataset(input.datasetId)
    const split = chooseSplit(dataset, input.clean, input.split)
    const candidatesFile = candidatesFileOf(input)
    if (candidatesFile !== null) await options.files.check(candidatesFile)
    await checkEncoders(input.features ?? [], dataset, options.files)
    chooseItemAttribute(dataset, input.clean, input.evaluation)
    const models = input.models.map(({ model, ...entry }, index) => ({
      model,
      params: parametersOf(findModel(model), entry, `models[${index}]`),
      features: chooseFeatures(findModel(model), dataset, input.clean, input.features),
    }))
    const repetitions = repetitionsOf(input.repeat, { seed: input.seed, split })
    for (const [index, { model, params }] of models.entries()) {
      if (holdsOutUsers(split)) requireFoldIn(findModel(model), `models[${index}].model`)
      requireValidation(findModel(model), params, split, `models[${index}]`)
    }
    const choices = await membersOf(input, dataset, repetitions)
    const { clean, evaluation, repeat, device } = input
    const started: RunRecord[][] = []
    for (const [place, entry] of models.entries()) {
      const ids = repetitions.map(() => records.nextId(entry.model))
      const runs: RunRecord[] = []
      for (const [index, repetition] of repetitions.entries()) {
        const series = repeat && { id: ids[0], kind: repeat.kind, index, count: ids.length }
        const made = choices[place]?.map((choice) => (typeof choice === 'number' ? started[choice][index] : choice))
        const settings = {
          ...entry,
          members: made?.map(memberOf) ?? null,
          clean,
          evaluation,
          deviceChoice: device,
          ...repetition,
        }
        const run = newRun(ids[index], dataset, settings, threads)
        runs.push(await enqueue(run.id, () => records.add({ ...run, series, ...remarks })))
      }
      started.push(runs)
    }
    return started.flat()
  }

  /** What the model of each entry is made of; runs that are members were trained on the data of each repetition. */
  async function membersOf(input: CheckedInput<'runs.start'>, dataset: DatasetRecord, repetitions: Repetition[]) {
    const entries = input.models.map(({ model, members }) => ({ model: findModel(model), members }))
    const choices = entries.map((_, index) => chooseMembers(entries, index, records.find))
    for (const [index, members] of choices.entries()) {
      const runs = members?.filter((member) => typeof member === 'object') ?? []
      if (runs.length === 0) continue
      for (const repetition of repetitions) {
        const request = { ...input, dataset, candidatesFile: candidatesFileOf(input), ...repetition }
        const hash = await options.preparer.hash(request)
        const stranger = runs.find(({ prepared }) => prepared !== hash)
        if (stranger) throw refuseOtherData(stranger, `models[${index}].members`)
      }
    }
    return choices
  }

  /** A new run with the settings of another one. */
  async function startAs(run: RunRecord, changes: Partial<RunRecord> = {}): Promise<RunRecord> {
    const { model, params, features, clean, evaluation, seed, split, datasetId, elsewhere } = run
    const members = run.members?.map((member) => ({ ...member, weight: null, learned: null })) ?? null
    const deviceChoice = changes.deviceChoice ?? run.deviceChoice ?? 'best'
    const settings = {
      model,
      params,
      features,
      members,
      clean,
      evaluation,
      seed,
      split,
      deviceChoice,
      ...broughtAgain(elsewhere),
    }
    const added = newRun(records.nextId(model), await store.dataset(datasetId), settings, threads)
    return enqueue(added.id, () => records.add({ ...added, ...changes }))
  }

  async function duplicate({ runId }: CheckedInput<'runs.duplicate'>): Promise<RunRecord> {
    const run = records.find(runId)
    if (run.state !== 'done') {
      throw new TopnError('BAD_REQUEST', `${run.name} is not trained, so there is nothing to copy. Run it again.`)
    }
    const id = records.nextId(run.model)
    await copyArtifact(folders.artifact(run.id), folders.artifact(id), id)
    await store.copyRunResults(run.id, id)
    await runLog.append(id, `Copied from ${run.id}.`)
    return records.add({ ...run, id, name: copyName(run.name), series: null, createdAt: new Date().toISOString() })
  }

  async function remove(id: string, withDataset: boolean): Promise<void> {
    records.find(id)
    await entering.get(id)?.catch(() => {})
    jobs.cancelAbout(id)
    await records.delete(id, withDataset)
    jobs.lookAgain()
  }

  return {
    find: records.find,
    start,
    list: records.list,
    async deleteOfDataset(datasetId) {
      for (const run of records.list()) if (run.datasetId === datasetId) await remove(run.id, true)
    },
    async restoreOfDataset(datasetId) {
      for (const { id } of records.deletedWith(datasetId)) await records.restore(id)
    },
    handlers: {
      'runs.start': (input) => start(input),
      'runs.again': ({ runId, device }) => startAs(records.find(runId), device && { deviceChoice: device }),
      'runs.import': importer({ ...options, records, enqueue }),
      ...runControl({ ...options, records, runLog, entered: (id) => entering.get(id), enqueue, trainAgain, startAs }),
      'runs.list': () => records.list(),
      'runs.change': async ({ runId, ...remarks }) => records.change(records.find(runId).id, changesOf(remarks)),
      'runs.duplicate': duplicate,
      async 'runs.delete'({ runId }) {
        await remove(runId, false)
        return null
      },
      async 'runs.restore'({ runId }) {
        await store.dataset(records.findDeleted(runId).datasetId).catch((cause) => {
          const message = 'The data of this run is deleted. Restore the dataset first.'
          throw new TopnError('NOT_FOUND', message, { runId }, { cause })
        })
        return records.restore(runId)
      },
      'runs.log': ({ runId }) => runLog.read(records.find(runId).id),
      async 'runs.experiment'({ runId }) {
        const run = records.find(runId)
        const dataset = await store.dataset(run.datasetId)
        return experimentOf(run, isSample(dataset) ? { ...dataset, source: await writeSampleFiles(folders) } : dataset)
      },
    },
  }
}

/** What reading files of other programs takes; none where a run has its model from here. */
async function bytesOfBrought({ elsewhere }: RunRecord): Promise<number> {
  return !elsewhere || elsewhere.from.kind === 'run' ? 0 : (await broughtSize(elsewhere.from)).bytes
}

const leftPaused = {
  state: 'paused' as const,
  error: {
    code: 'PAUSED' as const,
    message: 'TopN ended before this run was done. Resume it: it goes on from its last checkpoint.',
    data: {},
  },
}

const interrupted = {
  state: 'failed' as const,
  error: { code: 'PROCESS_ENDED' as const, message: 'TopN ended before this run was done. Run it again.', data: {} },
}
