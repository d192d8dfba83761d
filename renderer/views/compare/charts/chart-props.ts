import type { MetricId } from '../../../../main/contract/experiment'
import type { RunRecord } from '../../../../main/contract/records'
import type { MetricColumn } from '../../../state/board-columns'
import { isLessBetter } from '../../../state/comparison'
import { sortRows } from '../../../widgets/sort'

/** What each of Compare's charts is given. */
export interface CompareChartProps {
  /** Trained runs: those that are chosen, or all that the leaderboard shows. */
  runs: RunRecord[]
  /** Of the same ones those that are in training: they have a curve, and no numbers yet. */
  inTraining: RunRecord[]
  /** The metric in force. */
  column: MetricColumn
  /** At which the metric is known; none where it has no cutoff. */
  cutoffs: number[]
  /** Those that any of the runs has. */
  metrics: readonly MetricId[]
  /** Runs of several groups must not be compared. */
  isOneGroup: boolean
}

/** The best runs by the metric in force. */
export function bestOf(runs: RunRecord[], { key, metric }: MetricColumn, most: number): RunRecord[] {
  if (runs.length <= most) return runs
  const direction = isLessBetter(metric) ? 'ascending' : 'descending'
  return sortRows(runs, ({ metrics }) => metrics[key] ?? null, direction).slice(0, most)
}
