import { Alert, SegmentedControl, Stack, Text } from '@mantine/core'
import { type ComponentType, memo, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { metricScopes } from '../../../../main/contract/experiment'
import type { MetricColumn } from '../../../state/board-columns'
import { adjust, useQueryValue } from '../../../state/router'
import { collapse } from '../../../state/series'
import { Empty } from '../../../widgets/states'
import { HowSure } from '../sure/how-sure'
import { ForWhom } from '../whom/for-whom'
import type { CompareChartProps } from './chart-props'
import { OverCutoffs } from './over-cutoffs'
import { Pairs } from './pairs'
import { Spread } from './spread'
import { Costs, TradeOff } from './trade-off'
import { Training } from './training'

interface CompareChart {
  Chart: ComponentType<CompareChartProps>
  /** Left out: of any metric. */
  isOf?(column: MetricColumn): boolean
  /** Runs that repeat one another are one, with their means. */
  ofMeans?: boolean
}

const isPerUser = ({ metric }: MetricColumn) => metricScopes[metric] === 'user'

/** Compare's charts, in the order in which they are offered; only the one that is looked at computes anything. */
const charts = {
  cutoffs: { Chart: OverCutoffs, isOf: ({ cutoff }) => cutoff !== null, ofMeans: true },
  sure: { Chart: HowSure, isOf: isPerUser },
  whom: { Chart: ForWhom, isOf: isPerUser },
  tradeOff: { Chart: TradeOff, ofMeans: true },
  costs: { Chart: Costs, ofMeans: true },
  spread: { Chart: Spread, isOf: isPerUser },
  pairs: { Chart: Pairs, isOf: isPerUser },
  training: { Chart: Training },
} satisfies Record<string, CompareChart>
type ChartName = keyof typeof charts
const names = Object.keys(charts) as ChartName[]

/** One of the charts, and the choice of another. */
export const ChartChoice = memo(function ChartChoice(props: CompareChartProps) {
  const { t } = useTranslation()
  const { runs, column } = props
  const asked = useQueryValue('chart')
  const usual = column.cutoff === null ? 'tradeOff' : 'cutoffs'
  const chosen = names.find((name) => name === asked) ?? usual
  const { Chart, isOf, ofMeans = false }: CompareChart = charts[chosen]
  const shown = useMemo(() => (ofMeans ? collapse(runs).map(({ run }) => run) : runs), [runs, ofMeans])
  return (
    <Stack gap="sm">
      <SegmentedControl
        aria-label={t('compareCharts.choice')}
        style={{ alignSelf: 'flex-start' }}
        data={names.map((value) => ({ value, label: t(`compareCharts.names.${value}`) }))}
        value={chosen}
        onChange={(chart) => adjust('compare', { chart })}
      />
      {!props.isOneGroup && (
        <Alert color="yellow" variant="light">
          <Text size="sm">{t('compareCharts.severalGroups')}</Text>
        </Alert>
      )}
      {isOf?.(column) === false ? (
        <Empty
          title={t('compareCharts.notOf', { metric: t(`metrics.${column.metric}.name`) })}
          text={t(chosen === 'cutoffs' ? 'compareCharts.noCutoffs' : 'compareCharts.notPerUser')}
        />
      ) : (
        <Chart {...props} runs={shown} />
      )}
    </Stack>
  )
})
