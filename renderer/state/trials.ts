import { lessIsBetter } from '../../main/contract/experiment'
import type { StudyRecord, TrialRecord } from '../../main/contract/tuning'
import type { Judged } from './study-space'

/** Whether less of an objective such as `rmse` or `ndcg@10` is better. */
export function isLess(objective: string): boolean {
  return lessIsBetter.some((metric) => metric === objective.split('@')[0])
}

/** After each whole trial, in the order in which they ended, the best value so far. */
export function bestSoFar(trials: readonly Judged[], objective: string): { number: number; best: number }[] {
  const better = isLess(objective) ? Math.min : Math.max
  let best = Number.NaN
  return [...trials]
    .sort((a, b) => (a.endedAt ?? '').localeCompare(b.endedAt ?? '') || a.number - b.number)
    .map(({ number, values }) => {
      best = Number.isNaN(best) ? values[objective] : better(best, values[objective])
      return { number, best }
    })
}

/** The best first; among equals the one that was begun first. */
export function byObjective<T extends TrialRecord>(trials: readonly T[], objective: string): T[] {
  const sign = isLess(objective) ? 1 : -1
  const value = ({ values }: T) => values?.[objective] ?? null
  return trials.toSorted((a, b) => {
    const [of, other] = [value(a), value(b)]
    if (of === null || other === null) return Number(of === null) - Number(other === null)
    return sign * (of - other) || a.number - b.number
  })
}

/** 0 for the worst value, 1 for the best one. */
export function strengthOf(values: readonly number[], objective: string): number[] {
  const [low, high] = [Math.min(...values), Math.max(...values)]
  if (high === low) return values.map(() => 1)
  return values.map((value) => (isLess(objective) ? high - value : value - low) / (high - low))
}

/** The best value of each objective; with two they may be those of two trials. */
export function bestValues(
  { best, settings }: Pick<StudyRecord, 'best'> & { settings: Pick<StudyRecord['settings'], 'objectives'> },
  trials: readonly TrialRecord[],
): [objective: string, value: number | null][] {
  const unbeaten = trials.filter(({ number }) => best.includes(number))
  return settings.objectives.map((objective) => [
    objective,
    byObjective(unbeaten, objective)[0]?.values?.[objective] ?? null,
  ])
}
