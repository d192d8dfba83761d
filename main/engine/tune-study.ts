import { TopnError, toPlainError } from '../contract/errors'
import type { StudyRecord, StudyState, TrialRecord } from '../contract/tuning'
import type { Store } from '../store'
import type { TaskRunner } from '../training/processes'
import { type Allowed, nextStep } from '../tuning/next-step'
import type { JobContext } from './jobs'
import { type OpenStudy, openStudy } from './open-study'
import { beginning, bytesOf, performTrial } from './perform-trial'
import type { Preparer } from './prepare'
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
    await records.change(id, { seconds: clock.seconds() })
    await endStudy(records, id, state)
  }
}

/** What waits in a study that has ended is given up; in a paused one it goes on waiting. */
export async function endStudy(records: StudyRecords, id: string, state: StudyState): Promise<StudyRecord> {
  const endedAt = state === 'paused' ? null : new Date().toISOString()
  if (state === 'done' || state === 'stopped') {
    for (const trial of records.trials(id)) {
      if (trial.state === 'waiting') await records.saveTrial({ ...trial, state: 'stopped', endedAt })
    }
  }
  return records.change(id, { state, endsAs: null, endedAt })
}

interface Control {
  wish: Wish
  clock: StudyClock
  context: JobContext
}

/** Trials that fail before any is judged, after which the study is given up. */
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
      context.report(progressOf(records.find(study.id), study.search, trials(), clock))
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
