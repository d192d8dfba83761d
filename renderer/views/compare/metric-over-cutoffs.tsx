import { useTranslation } from 'react-i18next'
import type { MetricId } from '../../../main/contract/experiment'
import type { RunRecord } from '../../../main/contract/records'
import { LineChart } from '../../charts/line-chart'
import { bestValue, metricKey } from '../../state/comparison'
import { useRunStyle } from '../../widgets/run-mark'
import { sortRows } from '../../widgets/sort'

interface MetricOverCutoffsProps {
  runs: RunRecord[]
  metric: MetricId
  cutoff: number
  cutoffs: number[]
}

/** More lines than this cannot be told apart; the leaderboard has them all. */
const mostLines = 16

/** A metric of the best runs at every cutoff. */
export function MetricOverCutoffs({ runs, metric, cutoff, cutoffs }: MetricOverCutoffsProps) {
  const { t } = useTranslation()
  const styleOf = useRunStyle()
  const key = metricKey(metric, cutoff)
  const best = bestValue(runs, metric, cutoff)
  const drawn = runs.length > mostLines ? ranked(runs, key).slice(0, mostLines) : runs
  const name = t(`metrics.${metric}.name`)
  return (
    <LineChart
      title={t('compare.chart', { metric: name })}
      note={drawn.length < runs.length && t('compare.chartOfBest', { count: drawn.length, all: runs.length })}
      positions={cutoffs}
      axis={t('compare.k')}
      kind={t('compare.run')}
      measured={name}
      lines={drawn.map((run) => ({
        ...styleOf(run.id),
        name: run.name,
        strong: run.metrics[key] === best,
        values: cutoffs.map((k) => run.metrics[metricKey(metric, k)] ?? null),
      }))}
    />
  )
}

function ranked(runs: RunRecord[], key: string): RunRecord[] {
  return sortRows(runs, ({ metrics }) => metrics[key] ?? null, 'descending')
}
