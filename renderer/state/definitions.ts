import { type DefinedMetric, definedMetrics, type Redefinition, ranksOf } from '../../main/contract/profiles'
import { metricKey } from './comparison'

/** A run under TopN's definitions and under another library's; null where it has no such number. */
export interface RankedRun {
  runId: string
  usual: number | null
  redefined: number | null
  usualRank: number | null
  rank: number | null
}

/** The runs by their rank under the other definitions. */
export function rankRuns({ runs }: Redefinition, metric: DefinedMetric, cutoff: number): RankedRun[] {
  const key = metricKey(metric, cutoff)
  const values = (of: 'usual' | 'metrics') => runs.map((run) => run[of][key] ?? Number.NaN)
  const [usual, redefined] = [values('usual'), values('metrics')]
  const [usualRanks, ranks] = [ranksOf(usual), ranksOf(redefined)]
  const known = (value: number) => (Number.isNaN(value) ? null : value)
  return runs
    .map(({ runId }, at) => ({
      runId,
      usual: known(usual[at]),
      redefined: known(redefined[at]),
      usualRank: usualRanks[at],
      rank: ranks[at],
    }))
    .sort((a, b) => (a.rank ?? runs.length + 1) - (b.rank ?? runs.length + 1))
}

/** The metrics by which the other library orders the runs otherwise, among those that it has. */
export function reorderedMetrics(redefinition: Redefinition, cutoff: number): DefinedMetric[] {
  return definedMetrics.filter((metric) =>
    rankRuns(redefinition, metric, cutoff).some(({ usualRank, rank }) => rank !== null && rank !== usualRank),
  )
}
