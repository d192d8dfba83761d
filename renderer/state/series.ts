import type { RunRecord } from '../../main/contract/records'
import { groupSeries, type Series, spreadOf } from '../../main/contract/repeat'

/** Runs that repeat one another over seeds or folds. */
export interface RunSeries {
  kind: Series['kind']
  runs: readonly RunRecord[]
  /** Those that are trained: means and deviations are over these. */
  trained: number
  /** Sample standard deviation of each metric; those of a single run are left out. */
  deviations: Readonly<Record<string, number>>
}

/** A run that stands for itself, or for its series: then it has the means of its numbers. */
export interface Standing {
  run: RunRecord
  series: RunSeries | null
}

/** Runs with those that repeat one another as one, in the order of the first of each. */
export function collapse(runs: readonly RunRecord[]): Standing[] {
  return groupSeries(runs).map((group) =>
    group.length > 1 && group[0].series ? standingOf(group, group[0].series.kind) : { run: group[0], series: null },
  )
}

function standingOf(members: readonly RunRecord[], kind: Series['kind']): Standing {
  const runs = [...members].sort((a, b) => (a.series?.index ?? 0) - (b.series?.index ?? 0))
  const trained = runs.filter(({ state }) => state === 'done')
  const keys = Object.keys(trained[0]?.metrics ?? {}).filter((key) => trained.every(({ metrics }) => key in metrics))
  const spreads = keys.map((key) => [key, spreadOf(trained.map(({ metrics }) => metrics[key]))] as const)
  const deviations = spreads.flatMap(([key, { deviation }]) => (deviation === null ? [] : [[key, deviation] as const]))
  const run: RunRecord = {
    ...runs[0],
    name: `${runs[0].name} ×${runs.length}`,
    state: runs.find(({ state }) => state !== 'done')?.state ?? 'done',
    tags: runs[0].tags.filter((tag) => runs.every(({ tags }) => tags.includes(tag))),
    metrics: Object.fromEntries(spreads.map(([key, { mean }]) => [key, mean])),
    fitSeconds: meanOf(trained, ({ fitSeconds }) => fitSeconds),
    evaluateSeconds: meanOf(trained, ({ evaluateSeconds }) => evaluateSeconds),
    peakBytes: meanOf(trained, ({ peakBytes }) => peakBytes),
    bytes: runs.reduce((sum, { bytes }) => sum + bytes, 0),
  }
  return { run, series: { kind, runs, trained: trained.length, deviations: Object.fromEntries(deviations) } }
}

/** Null where any run has none. */
function meanOf(runs: readonly RunRecord[], read: (run: RunRecord) => number | null): number | null {
  const values = runs.flatMap((run) => read(run) ?? [])
  return values.length > 0 && values.length === runs.length ? spreadOf(values).mean : null
}
