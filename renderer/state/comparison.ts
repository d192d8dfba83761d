import { type Candidates, lessIsBetter, type MetricId, metricIds } from '../../main/contract/experiment'
import type { ModelDescription, ParameterValue } from '../../main/contract/parameters'
import type { RunRecord } from '../../main/contract/records'
import { groupSeries } from '../../main/contract/repeat'
import { newestFirst } from './workbench'

/**
 * Finished runs whose numbers may be compared: same data and split, same candidates, same rule for known items. Series
 * over folds or random splits are compared as wholes: each fold or seed is another split, and the same in all of them.
 */
export interface RunGroup {
  key: string
  datasetId: string
  /** Hash of the split data; of series that have several the first run's. */
  prepared: string
  candidates: Candidates
  excludeSeen: boolean
  /** The oldest first, as they were started. */
  runs: RunRecord[]
}

/** Groups of comparable runs, the one with the newest run first. */
export function groupRuns(runs: Iterable<RunRecord>): RunGroup[] {
  const groups = new Map<string, RunGroup>()
  const all = newestFirst(runs).filter(isDone)
  const splits = splitsOfSeries(all)
  for (const run of all) {
    const { datasetId, prepared, evaluation } = run
    const { candidates, exclude_seen: excludeSeen } = evaluation
    const key = JSON.stringify([datasetId, splits.get(run.series?.id ?? '') ?? prepared, candidates, excludeSeen])
    const group = groups.get(key) ?? { key, datasetId, prepared, candidates, excludeSeen, runs: [] }
    group.runs.unshift(run)
    groups.set(key, group)
  }
  return [...groups.values()]
}

type Done = RunRecord & { prepared: string }

function isDone(run: RunRecord): run is Done {
  return run.state === 'done' && run.prepared !== null
}

/** What the splits of a series are together, for each series that has several: what its runs were split by. */
function splitsOfSeries(runs: readonly Done[]): Map<string, unknown> {
  const several = groupSeries(runs).filter((group) => new Set(group.map(({ prepared }) => prepared)).size > 1)
  return new Map(
    several.flatMap(([{ series, split, clean, dataHash, seed }]) => {
      if (!series) return []
      const isFolds = split?.strategy === 'k-fold' && series.kind === 'folds'
      const first = isFolds ? seed : seed - series.index
      return [
        [series.id, [dataHash, clean, isFolds ? { ...split, fold: null } : split, series.kind, first, series.count]],
      ]
    }),
  )
}

/** `ndcg@10` for a metric and a cutoff, `rmse` for a metric without one. */
export function metricKey(metric: string, k: number | null): string {
  return k === null ? metric : `${metric}@${k}`
}

export function isLessBetter(metric: MetricId): boolean {
  return lessIsBetter.includes(metric)
}

/** The metrics that any of the runs has, in the order in which they are shown. */
export function metricsOf(runs: readonly RunRecord[]): MetricId[] {
  return metricIds.filter((id) => hasNoCutoff(runs, id) || cutoffsOf(runs, id).length > 0)
}

/** Whether any of the runs has the metric as one number without a cutoff. */
export function hasNoCutoff(runs: readonly RunRecord[], metric: MetricId): boolean {
  return runs.some(({ metrics }) => metricKey(metric, null) in metrics)
}

/** The cutoffs at which any of the runs has a metric, or has any metric, ascending. */
export function cutoffsOf(runs: readonly RunRecord[], metric?: MetricId): number[] {
  const cutoffs = new Set<number>()
  for (const run of runs) {
    for (const key of Object.keys(run.metrics)) {
      const at = key.lastIndexOf('@')
      if (at > 0 && (!metric || key.slice(0, at) === metric)) cutoffs.add(Number(key.slice(at + 1)))
    }
  }
  return [...cutoffs].sort((a, b) => a - b)
}

/** The best value among the runs. Null where fewer than two have the metric. */
export function bestValue(runs: readonly RunRecord[], metric: MetricId, k: number | null): number | null {
  const key = metricKey(metric, k)
  const values = runs.flatMap(({ metrics }) => (Number.isFinite(metrics[key]) ? [metrics[key]] : []))
  if (values.length < 2) return null
  return isLessBetter(metric) ? Math.min(...values) : Math.max(...values)
}

/** What sets a run apart: parameters other than the model's defaults or than those of a sibling, and another seed. */
export function settingsThatDiffer(
  run: RunRecord,
  runs: readonly RunRecord[],
  model: ModelDescription | undefined,
): [name: string, value: ParameterValue][] {
  const siblings = runs.filter((other) => other.model === run.model)
  const defaults = new Map(model?.parameters.map((parameter) => [parameter.name, parameter.default]))
  const settings = Object.entries(run.params).filter(
    ([name, value]) =>
      (defaults.has(name) && defaults.get(name) !== value) || siblings.some(({ params }) => params[name] !== value),
  )
  return runs.some(({ seed }) => seed !== run.seed) ? [...settings, ['seed', run.seed]] : settings
}
