import type { Progress } from '../contract/records'
import type { FitProgress } from '../models/model'

export const noProgress: Progress = {
  phase: 'queued',
  fraction: null,
  epoch: null,
  epochs: null,
  secondsLeft: null,
  values: {},
}

/** The share of a job's work that is done before a phase starts, and after it. */
export interface PhaseShare {
  from: number
  to: number
}

/**
 * Turns a phase's own progress into the job's, with the seconds left by proportion of the time since the phase began.
 * At most one report in `intervalMilliseconds` is passed on, and always the one that completes the phase.
 */
export function phaseReporter(
  share: PhaseShare,
  report: (progress: Progress) => void,
  intervalMilliseconds = 100,
): (progress: FitProgress) => void {
  const started = performance.now()
  let last = Number.NEGATIVE_INFINITY
  return (progress) => {
    const now = performance.now()
    if (now - last < intervalMilliseconds && progress.fraction !== 1) return
    last = now
    const done = progress.fraction
    const fraction = done === null ? null : share.from + done * (share.to - share.from)
    report({
      phase: progress.phase,
      fraction,
      epoch: progress.epoch ?? null,
      epochs: progress.epochs ?? null,
      secondsLeft: done ? ((now - started) / 1000) * ((1 - done) / done) : null,
      values: progress.values ?? {},
    })
  }
}
