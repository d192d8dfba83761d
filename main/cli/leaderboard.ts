import type { RunRecord } from '../contract/records'
import { groupSeries, spreadOf } from '../contract/repeat'
import { formatTable } from './table'

/**
 * Finished runs as a table; repeated ones as their mean and standard deviation. A terminal is narrow: metrics at one
 * cutoff, 10 where there is one. The leaderboard's file has all of them.
 */
export function describeRuns(runs: RunRecord[]): string {
  const done = runs.filter(({ state }) => state === 'done')
  const keys = shownKeys(done)
  const rows = groupSeries(done).flatMap((group) => rowsOf(group, keys))
  return formatTable(['run', ...keys, 'fit s'], rows)
}

/** The metrics of finished runs that are printed. */
export function shownKeys(done: readonly RunRecord[]): string[] {
  if (done.length === 0) return []
  const { evaluation, metrics } = done[0]
  const shown = evaluation.cutoffs.includes(10) ? 10 : Math.max(...evaluation.cutoffs)
  return Object.keys(metrics).filter((key) => !key.includes('@') || key.endsWith(`@${shown}`))
}

function rowsOf(runs: RunRecord[], keys: string[]): (string | number | null)[][] {
  const [{ name, series }] = runs
  const columns = [...keys.map((key) => runs.map(({ metrics }) => metrics[key])), runs.map((run) => run.fitSeconds)]
  const spreads = columns.map((values) => {
    const known = values.filter((value) => value != null)
    return known.length === 0 ? { mean: null, deviation: null } : spreadOf(known)
  })
  const means = spreads.map(({ mean }) => mean)
  if (series === null) return [[name, ...means]]
  const deviations = spreads.map(({ deviation }) => deviation)
  return [
    [`${name}, mean of ${runs.length} ${series.kind}`, ...means],
    ['  standard deviation', ...deviations],
  ]
}
