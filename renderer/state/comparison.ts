import { rankedItems } from '../../main/contract/comparison'
import { type Candidates, lessIsBetter, type MetricId, metricIds } from '../../main/contract/experiment'
import type { ModelDescription, ParameterValue } from '../../main/contract/parameters'
import type { RunRecord } from '../../main/contract/records'
import { groupSeries } from '../../main/contract/repeat'
import { newestFirst } from './workbench'

/**
 * Finished runs whose numbers may be compared: same data and split, same candidates (a sample depends on the seed), same
 * rule for known items. Series over folds, random splits or samples are compared as wholes: each fold or seed is another
 * split or sample, and the same in all of them.
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
  /** Runs on the same data that are in training, or gave no model: they have no numbers. */
  unfinished: RunRecord[]
}

/** Groups of comparable runs, the one with the newest run first. */
export function groupRuns(runs: Iterable<RunRecord>): RunGroup[] {
  const groups = new Map<string, RunGroup>()
  const all = newestFirst(runs).filter(isPrepared)
  const splits = splitsOfSeries(all)
  for (const run of all) {
    const { datasetId, prepared, evaluation } = run
    const { candidates, exclude_seen: excludeSeen } = evaluation
    const asWhole = splits.get(run.series?.id ?? '')
    const key = JSON.stringify([
      datasetId,
      ...(asWhole ? [asWhole, candidates, excludeSeen] : [prepared, rankedItems(run)]),
    ])
    const group = groups.get(key) ?? { key, datasetId, prepared, candidates, excludeSeen, runs: [], unfinished: [] }
    const { runs, unfinished } = group
    ;(run.state === 'done' ? runs : unfinished).push(run)
    groups.set(key, group)
  }
  for (const { runs, unfinished } of groups.values()) for (const list of [runs, unfinished]) list.reverse()
  return [...groups.values()].filter((group) => group.runs.length > 0)
}

type Prepared = RunRecord & { prepared: string }

function isPrepared(run: RunRecord): run is Prepared {
  return run.prepared !== null
}

const judgedOn = (run: Prepared) => `${run.prepared} ${rankedItems(run)}`

/** What the splits and samples of a series are together, for each series that has several: what its runs were split by. */
function splitsOfSeries(runs: readonly Prepared[]): Map<string, unknown> {
  const several = groupSeries(runs).filter((group) => new Set(group.map(judgedOn)).size > 1)
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

/** The sign of the first run's value less the second one's where the first is better. */
export function signOfFirst(metric: MetricId): 1 | -1 {
  return isLessBetter(metric) ? -1 : 1
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

/** Of each run what sets it apart: parameters other than its model's defaults or than those of a sibling, and another seed. */
export function settingsThatDiffer(
  runs: readonly RunRecord[],
  models: readonly ModelDescription[],
): Map<string, [name: string, value: ParameterValue][]> {
  const varied = variedParameters(runs)
  const defaults = new Map(
    models.map(({ id, parameters }) => [
      id,
      new Map(parameters.map((parameter) => [parameter.name, parameter.default])),
    ]),
  )
  const hasSeeds = new Set(runs.map(({ seed }) => seed)).size > 1
  return new Map(
    runs.map(({ id, model, params, seed }) => {
      const ofModel = defaults.get(model)
      const settings = Object.entries(params).filter(
        ([name, value]) => varied.get(model)?.has(name) || (ofModel?.has(name) === true && ofModel.get(name) !== value),
      )
      return [id, hasSeeds ? [...settings, ['seed', seed]] : settings]
    }),
  )
}

/** Of each model the parameters of which its runs have several values, or some runs none. */
function variedParameters(runs: readonly RunRecord[]): Map<string, Set<string>> {
  const first = new Map<string, RunRecord['params']>()
  const varied = new Map<string, Set<string>>()
  for (const { model, params } of runs) {
    const reference = first.get(model) ?? params
    first.set(model, reference)
    const names = varied.get(model) ?? new Set()
    for (const name of Object.keys({ ...reference, ...params })) if (reference[name] !== params[name]) names.add(name)
    varied.set(model, names)
  }
  return varied
}
