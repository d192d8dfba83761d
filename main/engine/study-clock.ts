import type { Progress } from '../contract/records'
import type { StudyRecord, TrialRecord } from '../contract/tuning'
import { noProgress } from '../training/progress'

/** The time that a study has run, over all the times that it went on. */
export interface StudyClock {
  seconds(): number
  isUp(): boolean
  onUp(heard: () => void): void
  stop(): void
}

export function clockOf({ seconds, settings: { budget } }: StudyRecord): StudyClock {
  const started = performance.now()
  const elapsed = () => seconds + (performance.now() - started) / 1000
  const most = (budget.minutes ?? Number.POSITIVE_INFINITY) * 60
  let timer: NodeJS.Timeout | undefined
  return {
    seconds: elapsed,
    isUp: () => elapsed() >= most,
    onUp(heard) {
      const milliseconds = (most - elapsed()) * 1000
      // Longer times than a timer takes are looked at whenever a trial ends.
      if (milliseconds < 2 ** 31 - 1) timer = setTimeout(heard, Math.max(0, milliseconds))
    },
    stop: () => clearTimeout(timer),
  }
}

/** Of the job: what is spent of the budget, and the best value of the first objective so far. */
export function progressOf(
  { settings, best }: StudyRecord,
  trials: readonly TrialRecord[],
  clock: StudyClock,
): Progress {
  const { budget, objectives } = settings
  const ended = trials.filter(
    ({ state, rungs }) => state !== 'running' && (rungs.length > 0 || state === 'failed'),
  ).length
  const byTrials = budget.trials === undefined ? null : ended / budget.trials
  const byTime = budget.minutes === undefined ? null : clock.seconds() / (budget.minutes * 60)
  const fraction = Math.min(1, Math.max(byTrials ?? 0, byTime ?? 0))
  const leftByTrials = byTrials ? (clock.seconds() * (1 - byTrials)) / byTrials : null
  const leftByTime = budget.minutes === undefined ? null : Math.max(0, budget.minutes * 60 - clock.seconds())
  const left = [leftByTrials, leftByTime].filter((seconds) => seconds !== null)
  const value = trials.find(({ number }) => number === best[0])?.values?.[objectives[0]]
  return {
    ...noProgress,
    phase: 'tune',
    fraction,
    secondsLeft: left.length > 0 ? Math.min(...left) : null,
    values: value === undefined ? {} : { [objectives[0]]: value },
  }
}
