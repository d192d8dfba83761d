import { TopnError, toPlainError } from '../contract/errors'
import type { Evaluation } from '../contract/experiment'
import type { StudyRecord, StudyState, TrialRecord } from '../contract/tuning'
import { findModel } from '../models/registry'
import type { Store } from '../store'
import type { TaskRunner } from '../training/processes'
import type { TaskResults } from '../training/tasks'
import { type Allowed, nextStep, type Search, type Step } from '../tuning/next-step'
import { metricOf } from '../tuning/order'
import { epochsAt, hasEpochs, rungsOf } from '../tuning/rungs'
import { searchSpace } from '../tuning/space'
import { estimateCost } from './costs'
import { encodeFeatures } from './features'
import type { JobContext } from './jobs'
import type { Prepared, Preparer } from './prepare'
import { clockOf, progressOf, type StudyClock } from './study-clock'
import type { StudyRecords } from './study-records'
import type { WorkspaceFolders } from './workspace'

export interface TunerOptions {
  store: Store
  folders: WorkspaceFolders
  preparer: Preparer
  runTask: TaskRunner
  threads: number
  memoryLimitBytes: number
  records: StudyRecords
}

/** What is asked of a study while it runs. */
export interface Wish {
  /** What becomes of the study when its job ends early; null: its trials go on when the workspace is opened again. */
  endAs: Extract<StudyState, 'paused' | 'stopped'> | null
  /** No trial begins any more; those that run are waited for. */
  isEnding: boolean
}

/** The work of a study's job: begins trials and lets them climb until the budget is spent. */
export function createTuner(
  options: TunerOptions,
): (studyId: string, wish: Wish, context: JobContext) => Promise<string> {
  const { records } = options

  return async (id, wish, context) => {
    const clock = clockOf(records.find(id))
    try {
      context.signal.throwIfAborted()
      const study = await records.change(id, { state: 'running', error: null, endedAt: null })
      await runTrials(await openStudy(study, options, context), { wish, clock, context }, options)
      const state = wish.isEnding && wish.endAs ? wish.endAs : 'done'
      await end(id, state, clock)
      return id
    } catch (error) {
      const state = context.signal.aborted ? wish.endAs : 'failed'
      if (state === 'failed') await records.change(id, { error: toPlainError(error) })
      if (state) await end(id, state, clock)
      throw error
    } finally {
      clock.stop()
    }
  }

  async function end(id: string, state: StudyState, clock: StudyClock): Promise<void> {
    if (state === 'done' || state === 'stopped') {
      for (const trial of records.trials(id)) {
        if (trial.state === 'waiting') await records.saveTrial({ ...trial, state: 'stopped', endedAt: now() })
      }
    }
    await records.change(id, { state, endsAs: null, seconds: clock.seconds(), endedAt: now() })
  }
}

interface OpenStudy {
  id: string
  search: Search
  prepared: Prepared
  /** The file of encoded features beside the prepared data; null where no model takes any. */
  features: string | null
  evaluation: Evaluation
}

/** Prepares what trials read: the test part is not in it. */
async function openStudy(study: StudyRecord, options: TunerOptions, context: JobContext): Promise<OpenStudy> {
  const { settings } = study
  const dataset = await options.store.dataset(study.datasetId)
  const { clean, split, seed } = settings
  const request = { dataset, clean, split, seed, candidatesFile: null, forTuning: true }
  const prepared = await options.preparer.prepare(request, context)
  const { picture: _, contentHash: __, ...counts } = prepared.inspection
  await options.records.change(study.id, { prepared: prepared.hash, counts })
  for (const part of ['train', 'test'] as const) {
    if (counts[part].interactions === 0) throw new TopnError('BAD_DATA', emptyParts[part])
  }
  const takesFeatures = settings.models.some(({ model }) => findModel(model).features)
  const encoded =
    settings.features && takesFeatures
      ? await encodeFeatures({ dataset, clean, features: settings.features, prepared }, options, context)
      : null
  const { sampler, objectives } = settings
  const models = settings.models.map((entry) => {
    const model = findModel(entry.model)
    return { space: searchSpace(model, entry), rungs: rungsOf(model, settings.halving, counts.train.users) }
  })
  const search = { sampler, seed, objectives, models }
  return { id: study.id, search, prepared, features: encoded?.file ?? null, evaluation: evaluationOf(settings) }
}

const emptyParts = {
  train: 'The train part is empty, so nothing can be trained. Choose another split.',
  test: 'The validation part is empty, so trials cannot be judged. Choose another validation part.',
}

/** On the validation part: the objectives alone. A file of candidates is for the test part, so all items compete. */
function evaluationOf({ evaluation, objectives }: StudyRecord['settings']): Evaluation {
  const metrics = objectives.map(metricOf)
  const cutoffs = [...new Set(metrics.flatMap(({ k }) => k ?? []))]
  const { candidates } = evaluation
  return {
    ...evaluation,
    candidates: typeof candidates === 'object' && 'file' in candidates ? 'all' : candidates,
    cutoffs: cutoffs.length > 0 ? cutoffs : [10],
    metrics: [...new Set(metrics.map(({ id }) => id))],
  }
}

interface Control {
  wish: Wish
  clock: StudyClock
  context: JobContext
}

/** Trials in a row that fail before any succeeds, after which the study is given up. */
const mostFailures = 5

async function runTrials(study: OpenStudy, { wish, clock, context }: Control, options: TunerOptions): Promise<void> {
  const { records } = options
  const running = new Map<number, { bytes: number; ended: Promise<void> }>()
  const timeUp = new AbortController()
  const signal = AbortSignal.any([context.signal, timeUp.signal])
  const trials = () => records.trials(study.id)

  function allowed(): Allowed {
    const { budget } = records.find(study.id).settings
    if (clock.isUp()) return 'last'
    return trials().length >= (budget.trials ?? Number.POSITIVE_INFINITY) ? 'climbs' : 'all'
  }

  /** Begins what there is room for. */
  async function fill(): Promise<void> {
    const { parallel } = records.find(study.id).settings
    while (running.size < parallel && !wish.isEnding && !signal.aborted) {
      const step = nextStep(study.search, trials(), allowed())
      if (!step) return
      const bytes = bytesOf(step, study, trials())
      const held = [...running.values()].reduce((sum, other) => sum + other.bytes, 0)
      if (running.size > 0 && held + bytes > options.memoryLimitBytes) return
      const trial = await records.saveTrial(beginning(step, study.id, trials()))
      const ended = performTrial(trial, study, { context, signal, clock }, options).finally(() =>
        running.delete(trial.number),
      )
      ended.catch(() => {})
      running.set(trial.number, { bytes, ended })
    }
  }

  /** Once the time is up, what runs is given up where something was trained whole. */
  function endInTime(): void {
    if (clock.isUp() && trials().some(({ state }) => state === 'done')) timeUp.abort()
  }

  clock.onUp(endInTime)
  try {
    for (;;) {
      endInTime()
      await fill()
      if (running.size === 0) break
      await Promise.race([...running.values()].map(({ ended }) => ended))
      refuseFailures(trials())
      context.report(progressOf(records.find(study.id), trials(), clock))
    }
  } finally {
    timeUp.abort()
    await Promise.allSettled([...running.values()].map(({ ended }) => ended))
  }
  context.signal.throwIfAborted()
}

function refuseFailures(trials: readonly TrialRecord[]): void {
  const failed = trials.filter(({ state }) => state === 'failed')
  if (failed.length < mostFailures || trials.some(({ rungs }) => rungs.length > 0)) return
  const { error } = failed[failed.length - 1]
  const message = `The first ${failed.length} trials failed. ${error?.message ?? ''}`
  throw new TopnError(error?.code ?? 'INTERNAL', message, error?.data)
}

function beginning(step: Step, studyId: string, trials: readonly TrialRecord[]): TrialRecord {
  if (step.kind === 'climb') {
    const trial = trials.find(({ number }) => number === step.number) as TrialRecord
    return { ...trial, state: 'running', startedAt: now() }
  }
  const { number, model, params } = step
  return {
    id: `${studyId}/${number}`,
    studyId,
    number,
    model,
    params,
    state: 'running',
    error: null,
    rungs: [],
    values: null,
    seconds: 0,
    createdAt: now(),
    startedAt: now(),
    endedAt: null,
  }
}

/** What a step needs at its peak; a model without epochs is given a share of the users. */
function bytesOf(step: Step, { prepared, search }: OpenStudy, trials: readonly TrialRecord[]): number {
  const { model: id, params } =
    step.kind === 'begin' ? step : (trials.find(({ number }) => number === step.number) as TrialRecord)
  const model = findModel(id)
  const share = hasEpochs(model) ? 1 : shareAt(search, id, step.kind === 'begin' ? 0 : step.rung)
  const { users, items, interactions } = prepared.inspection.train
  return estimateCost(model, { users: users * share, items, interactions: interactions * share }, params, 1).bytes
}

function shareAt({ models }: Search, model: string, rung: number): number {
  const found = models.find(({ space }) => space.model === model)
  return found?.rungs[rung] ?? 1
}

interface TrialControl {
  context: JobContext
  signal: AbortSignal
  clock: StudyClock
}

/** Trains a trial for its next rung, judges and saves it. Rejects only where the whole study is given up. */
async function performTrial(trial: TrialRecord, study: OpenStudy, control: TrialControl, options: TunerOptions) {
  const { records } = options
  const { signal, context, clock } = control
  const rung = trial.rungs.length
  const share = shareAt(study.search, trial.model, rung)
  const startedAt = trial.startedAt ?? now()
  const report = () => context.report(progressOf(records.find(study.id), records.trials(study.id), clock))
  try {
    const result = await options.runTask(taskOf(trial, share, study, options), { report, signal })
    const values = valuesOf(trial, study.search.objectives, result)
    const { fitSeconds, evaluateSeconds, peakBytes } = result
    const epochs = epochsAt(trial.params, share)
    const judged = { rung, share, epochs, values, fitSeconds, evaluateSeconds, peakBytes, startedAt, endedAt: now() }
    const isWhole = share === 1
    await records.saveTrial({
      ...trial,
      state: isWhole ? 'done' : 'waiting',
      rungs: [...trial.rungs, judged],
      values,
      seconds: trial.seconds + fitSeconds + evaluateSeconds,
      startedAt: null,
      endedAt: isWhole ? now() : null,
    })
    await records.change(study.id, { seconds: clock.seconds() })
  } catch (error) {
    if (!signal.aborted) {
      await records.saveTrial({
        ...trial,
        state: 'failed',
        error: toPlainError(error),
        startedAt: null,
        endedAt: now(),
      })
      return
    }
    // Cut off: it starts this rung again if the study goes on.
    await records.saveTrial({ ...trial, state: 'waiting', startedAt: null })
  }
}

function taskOf(trial: TrialRecord, share: number, study: OpenStudy, options: TunerOptions) {
  const model = findModel(trial.model)
  const epochs = epochsAt(trial.params, share)
  const { parallel, seed } = options.records.find(study.id).settings
  return {
    kind: 'trial' as const,
    prepared: study.prepared.folder,
    features: model.features ? study.features : null,
    model: trial.model,
    params: epochs === null ? trial.params : { ...trial.params, epochs },
    seed,
    threads: Math.max(1, Math.floor(options.threads / parallel)),
    memoryLimitBytes: options.memoryLimitBytes,
    evaluation: study.evaluation,
    userShare: hasEpochs(model) ? 1 : share,
  }
}

function valuesOf({ model }: TrialRecord, objectives: readonly string[], { metrics }: TaskResults['trial']) {
  const missing = objectives.find((key) => metrics[key] === undefined)
  if (missing === undefined) return Object.fromEntries(objectives.map((key) => [key, metrics[key]]))
  const { name } = findModel(model)
  throw new TopnError('BAD_REQUEST', `${name} gives no ${missing} on this data. Choose another objective.`)
}

function now(): string {
  return new Date().toISOString()
}
