import { type MetricId, metricIds } from '../../main/contract/experiment'
import type { RunRecord } from '../../main/contract/records'
import { cutoffsOf, hasNoCutoff, metricKey } from './comparison'

/** Columns of other things than metrics. `settings` tells in one column what differs, `parameters` has one for each. */
export const plainColumns = [
  'settings',
  'parameters',
  'model',
  'started',
  'fit',
  'evaluate',
  'memory',
  'size',
  'seed',
] as const
export type PlainColumn = (typeof plainColumns)[number]

/** A metric at a cutoff; null where it has none. */
export interface MetricColumn {
  metric: MetricId
  cutoff: number | null
  /** As in a run's record. */
  key: string
}

/** What a key of a run's record stands for; null for one of no metric. */
export function columnOfKey(key: string): MetricColumn | null {
  const [id, cutoff] = key.split('@')
  const metric = metricIds.find((each) => each === id)
  return metric === undefined ? null : { metric, cutoff: cutoff === undefined ? null : Number(cutoff), key }
}

/** A column for a metric at the cutoff in force, whichever that is. */
export function following(metric: MetricId): string {
  return `${metric}@k`
}

/** What is shown until columns are chosen. */
export function usualColumns(metrics: readonly MetricId[]): string[] {
  return ['settings', ...metrics.map(following), 'fit']
}

export function isPlainColumn(column: string): column is PlainColumn {
  return plainColumns.some((plain) => plain === column)
}

/** The columns of metrics among the chosen ones, metric by metric, the least cutoff first, each once. */
export function metricColumns(
  chosen: readonly string[],
  metrics: readonly MetricId[],
  runs: readonly RunRecord[],
  cutoff: number,
): MetricColumn[] {
  return metrics.flatMap((metric): MetricColumn[] => {
    if (hasNoCutoff(runs, metric)) {
      return chosen.includes(following(metric)) ? [{ metric, cutoff: null, key: metric }] : []
    }
    const isChosen = (k: number) =>
      chosen.includes(metricKey(metric, k)) || (k === cutoff && chosen.includes(following(metric)))
    return cutoffsOf(runs, metric)
      .filter(isChosen)
      .map((k) => ({ metric, cutoff: k, key: metricKey(metric, k) }))
  })
}

/** Whether any two of the runs differ in a value. */
export function differs(runs: readonly RunRecord[], read: (run: RunRecord) => unknown): boolean {
  return new Set(runs.map(read)).size > 1
}
