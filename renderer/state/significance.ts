import type { TFunction } from 'i18next'
import type { PairedComparison } from '../../main/contract/comparison'
import type { RunRecord } from '../../main/contract/records'
import type { Format } from '../locales/format'

/** More runs than this are not compared at once: the reference and the best others. */
export const mostCompared = 16

/** What a test found, at the level of the intervals: not found is not the same as equal. */
export type Verdict = 'better' | 'worse' | 'unsure'

export function verdictOf(
  { difference, corrected }: Pick<PairedComparison, 'difference' | 'corrected'>,
  direction: 'higher' | 'lower',
  level: number,
): Verdict {
  if (!(corrected < 1 - level)) return 'unsure'
  return difference > 0 === (direction === 'higher') ? 'better' : 'worse'
}

/** Whether two runs were judged on the same users in the same way. */
export function areComparable(a: RunRecord, b: RunRecord): boolean {
  const judged = ({ prepared, evaluation: { candidates, exclude_seen } }: RunRecord) =>
    JSON.stringify([prepared, candidates, exclude_seen])
  return judged(a) === judged(b)
}

/** The same before both have prepared data, as far as their settings tell. */
export function willBeComparable(a: RunRecord, b: RunRecord): boolean {
  if (a.prepared !== null && b.prepared !== null) return areComparable(a, b)
  const judged = ({ datasetId, clean, split, evaluation: { candidates, exclude_seen } }: RunRecord) =>
    JSON.stringify([datasetId, clean, split, candidates, exclude_seen])
  return judged(a) === judged(b)
}

/** The reference first, then the best of the others by a metric, as many as are compared at once. */
export function comparedRuns(
  runs: readonly RunRecord[],
  reference: string,
  key: string,
  lessIsBetter: boolean,
): string[] {
  const sign = lessIsBetter ? -1 : 1
  const others = runs
    .filter(({ id, metrics }) => id !== reference && Number.isFinite(metrics[key]))
    .sort((a, b) => sign * (b.metrics[key] - a.metrics[key]))
  return [reference, ...others.slice(0, mostCompared - 1).map(({ id }) => id)]
}

/** A difference with its sign. */
export function signed(value: number, format: Format): string {
  return value > 0 ? `+${format.decimal(value)}` : format.decimal(value)
}

/** A p-value, as small as it is worth telling. */
export function pText(p: number, format: Format): string {
  return p < 0.0001 ? `< ${format.decimal(0.0001)}` : format.decimal(p)
}

/** Better for 58 % of users, worse for 20 %: NDCG@10 +0.0120, 95 % interval 0.0070 to 0.0170. */
export function pairSentence(
  { better, worse, difference, interval }: PairedComparison,
  { users, level, metric }: { users: number; level: number; metric: string },
  t: TFunction,
  format: Format,
): string {
  return t('significance.sentence', {
    better: wholePercent(better / users, format),
    worse: wholePercent(worse / users, format),
    metric,
    difference: signed(difference, format),
    level: format.percent(level),
    from: format.decimal(interval.from),
    to: format.decimal(interval.to),
  })
}

function wholePercent(share: number, format: Format): string {
  return format.percent(Math.round(100 * share) / 100)
}
