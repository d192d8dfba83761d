import { useTranslation } from 'react-i18next'
import { LineChart } from '../../../charts/line-chart'
import { bestValue, metricKey } from '../../../state/comparison'
import { useRunStyle } from '../../../widgets/run-mark'
import { bestOf, type CompareChartProps } from './chart-props'

/** More lines than this cannot be told apart; the leaderboard has them all. */
const mostLines = 16

/** A metric of the best runs at every cutoff. */
export function OverCutoffs({ runs, column, cutoffs }: CompareChartProps) {
  const { t } = useTranslation()
  const styleOf = useRunStyle()
  const { metric, cutoff, key } = column
  const best = bestValue(runs, metric, cutoff)
  const drawn = bestOf(runs, column, mostLines)
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
