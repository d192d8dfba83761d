import { TopnError, toPlainError } from '../contract/errors'
import type { Rung, TrialRecord } from '../contract/tuning'
import { findModel } from '../models/registry'
import type { TaskResults } from '../training/tasks'
import type { Step } from '../tuning/next-step'
import { epochsAt, hasEpochs, shareAt } from '../tuning/rungs'
import { estimateCost } from './costs'
import type { JobContext } from './jobs'
import type { OpenStudy } from './open-study'
import { progressOf, type StudyClock } from './study-clock'
import type { TunerOptions } from './tune-study'

/** The trial as it is while the step is done. */
export function beginning(step: Step, studyId: string, trials: readonly TrialRecord[]): TrialRecord {
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
export function bytesOf(step: Step, { prepared, search }: OpenStudy, trials: readonly TrialRecord[]): number {
  const { model: id, params } =
    step.kind === 'begin' ? step : (trials.find(({ number }) => number === step.number) as TrialRecord)
  const model = findModel(id)
  const share = hasEpochs(model) ? 1 : shareAt(search.models, id, step.kind === 'begin' ? 0 : step.rung)
  const { users, items, interactions } = prepared.inspection.train
  return estimateCost(model, { users: users * share, items, interactions: interactions * share }, params, 1).bytes
}

interface TrialControl {
  context: JobContext
  signal: AbortSignal
  clock: StudyClock
}

/** Trains a trial for its next rung, judges and saves it. Rejects only where it cannot be saved. */
export async function performTrial(
  trial: TrialRecord,
  study: OpenStudy,
  control: TrialControl,
  options: TunerOptions,
): Promise<void> {
  const { records } = options
  const { signal, context, clock } = control
  const share = shareAt(study.search.models, trial.model, trial.rungs.length)
  const report = () => context.report(progressOf(records.find(study.id), study.search, records.trials(study.id), clock))
  const result = await options
    .runTask(taskOf(trial, share, study, options), { report, signal })
    .then((given) => ({ ...given, values: valuesOf(trial, study.search.objectives, given) }))
    .catch((error) => toPlainError(error))
  const idle = { ...trial, startedAt: null }
  if (!('code' in result)) await records.saveTrial(climbed(trial, share, result))
  // Cut off: it starts this rung again if the study goes on.
  else if (signal.aborted) await records.saveTrial({ ...idle, state: 'waiting' })
  else await records.saveTrial({ ...idle, state: 'failed', error: result, endedAt: now() })
  await records.change(study.id, { seconds: clock.seconds() })
}

type Result = Pick<Rung, 'values' | 'fitSeconds' | 'evaluateSeconds' | 'peakBytes'>

/** The trial with what its next rung gave. */
function climbed(trial: TrialRecord, share: number, result: Result): TrialRecord {
  const { values, fitSeconds, evaluateSeconds, peakBytes } = result
  const { params, rungs, startedAt, createdAt } = trial
  const endedAt = now()
  const times = { startedAt: startedAt ?? createdAt, endedAt }
  const measured = { epochs: epochsAt(params, share), values, fitSeconds, evaluateSeconds, peakBytes, ...times }
  const isWhole = share === 1
  return {
    ...trial,
    state: isWhole ? 'done' : 'waiting',
    rungs: [...rungs, { rung: rungs.length, share, ...measured }],
    values,
    seconds: trial.seconds + fitSeconds + evaluateSeconds,
    startedAt: null,
    endedAt: isWhole ? endedAt : null,
  }
}

function taskOf(trial: TrialRecord, share: number, study: OpenStudy, options: TunerOptions) {
  const model = findModel(trial.model)
  const epochs = epochsAt(trial.params, share)
  const { parallel, seed, device = 'best' } = options.records.find(study.id).settings
  return {
    kind: 'trial' as const,
    prepared: study.prepared.folder,
    features: model.features ? study.features : null,
    model: trial.model,
    params: epochs === null ? trial.params : { ...trial.params, epochs },
    seed,
    device,
    threads: Math.max(1, Math.floor(options.threads / parallel)),
    memoryLimitBytes: options.memoryLimitBytes,
    goal: study.goal,
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
