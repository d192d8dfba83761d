import type { Progress } from '../contract/records'
import type { StudyRecord, TrialRecord } from '../contract/tuning'
import { noProgress } from '../training/progress'
import type { Search } from '../tuning/next-step'
import { shareAt, trainingsOf } from '../tuning/rungs'

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
  { settings, best }: Pick<StudyRecord, 'settings' | 'best'>,
  search: Search,
  trials: readonly TrialRecord[],
  clock: Pick<StudyClock, 'seconds'>,
): Progress {
  const { budget, objectives } = settings
  const byTrials = budget.trials === undefined ? null : shareDone(search, trials, budget.trials)
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

/** Of the trainings of all trials; what runs is not done, so that nothing is done too early. */
function shareDone({ models }: Search, trials: readonly TrialRecord[], most: number): number {
  const expected = trainingsOf(models, most)
  const spentOn = ({ state, rungs }: TrialRecord) =>
    state === 'failed' ? expected / most : rungs.reduce((sum, { share }) => sum + share, 0)
  const spent = trials.reduce((sum, trial) => sum + spentOn(trial), 0)
  const running = trials
    .filter(({ state }) => state === 'running')
    .reduce((sum, { model, rungs }) => sum + shareAt(models, model, rungs.length), 0)
  return spent / Math.max(expected, spent + running)
}
