import type { EngineClient } from '../contract/calls'
import type { PairedComparison, PairedTest, Significance } from '../contract/comparison'
import type { RunRecord } from '../contract/records'
import { metrics } from '../evaluation/metrics/registry'
import { shownKeys } from './leaderboard'
import { formatTable, printable } from './table'

const mostRuns = 50

/**
 * How sure it is that the others differ from the best run; null where there is nothing to compare, and where runs are
 * repeated, of which the leaderboard has the spread.
 */
export async function compareWithBest(client: EngineClient, runs: readonly RunRecord[]): Promise<Significance | null> {
  const done = runs.filter(({ state }) => state === 'done')
  const key = comparedKey(shownKeys(done))
  if (!key || done.some(({ series }) => series !== null)) return null
  const sign = metricOf(key)?.direction === 'lower' ? -1 : 1
  const ranked = done.filter(({ metrics }) => key in metrics).sort((a, b) => sign * (b.metrics[key] - a.metrics[key]))
  // One user alone tells nothing.
  if (ranked.length < 2 || (ranked[0].judgedUsers ?? 0) < 2) return null
  const runIds = ranked.slice(0, mostRuns).map(({ id }) => id)
  return client.call('comparison.significance', { runIds, reference: runIds[0], metric: key })
}

/** NDCG where it is among `keys`, otherwise the first metric that single users have a value of. */
function comparedKey(keys: readonly string[]): string | undefined {
  const ofUsers = keys.filter((key) => metricOf(key)?.kind === 'user')
  return ofUsers.find((key) => key.startsWith('ndcg@')) ?? ofUsers[0]
}

function metricOf(key: string) {
  const [id] = key.split('@')
  return metrics.find((metric) => metric.id === id)
}

const testNames: Record<PairedTest, string> = {
  t: "Student's paired t test",
  wilcoxon: "Wilcoxon's signed rank test",
  randomisation: 'randomisation test',
}

/** A line for each run against the best one, and how its numbers came about. */
export function describeComparison(found: Significance, runs: readonly RunRecord[]): string {
  const nameOf = (id: string) => runs.find((run) => run.id === id)?.name ?? id
  const { metric, reference, users, level, resamples, test } = found
  const note =
    `Over ${users} users: ${100 * level} % intervals (CI) of ${resamples} bootstrap resamples, ` +
    `${testNames[test]}, p after Holm's correction.`
  const rows = found.pairs.map(({ runId, ...pair }) => [
    nameOf(runId),
    `${sentence(metric, pair, users)}, p ${written(pair.corrected)}`,
  ])
  return `${formatTable(['run', `against ${printable(nameOf(reference))}`], rows)}\n${note}`
}

/** `better for 58 % of users, worse for 20 %, ndcg@10 +0.0120, CI 0.0070 to 0.0170` */
function sentence(metric: string, { better, worse, difference, interval }: PairedComparison, users: number): string {
  const share = (count: number) => `${Math.round((100 * count) / users)} %`
  const { from, to } = interval
  return (
    `better for ${share(better)} of users, worse for ${share(worse)}, ${metric} ${difference < 0 ? '' : '+'}` +
    `${difference.toFixed(4)}, CI ${from.toFixed(4)} to ${to.toFixed(4)}`
  )
}

function written(p: number): string {
  return p < 0.0001 ? '< 0.0001' : `= ${p.toFixed(4)}`
}
