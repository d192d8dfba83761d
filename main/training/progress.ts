import type { Progress } from '../contract/records'
import type { FitProgress } from '../models/model'

export const noProgress: Progress = {
  phase: 'queued',
  fraction: null,
  epoch: null,
  epochs: null,
  secondsLeft: null,
  values: {},
  pace: null,
}

/** The share of a job's work that is done before a phase starts, and after it. */
export interface PhaseShare {
  from: number
  to: number
}

/**
 * Turns a phase's own progress into the job's, with the seconds left by proportion of the time since the phase began.
 * At most one report in `intervalMilliseconds` is passed on, of those with values one in a quarter of it, and always the
 * one that completes the phase.
 */
export function phaseReporter(
  share: PhaseShare,
  report: (progress: Progress) => void,
  intervalMilliseconds = 100,
): (progress: FitProgress) => void {
  const started = performance.now()
  const last = { plain: Number.NEGATIVE_INFINITY, valued: Number.NEGATIVE_INFINITY }
  return (progress) => {
    const now = performance.now()
    const { fraction: done, values = {}, pace, from = 0 } = progress
    const kind = Object.keys(values).length > 0 ? 'valued' : 'plain'
    if (now - last[kind] < intervalMilliseconds / (kind === 'valued' ? 4 : 1) && done !== 1) return
    last[kind] = now
    report({
      phase: progress.phase,
      fraction: done === null ? null : share.from + done * (share.to - share.from),
      epoch: progress.epoch ?? null,
      epochs: progress.epochs ?? null,
      secondsLeft: done !== null && done > from ? ((now - started) / 1000) * ((1 - done) / (done - from)) : null,
      values,
      pace: pace ? { ...pace, memoryBytes: process.memoryUsage.rss() } : null,
    })
  }
}
