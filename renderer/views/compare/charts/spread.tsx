import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type RunSpread, type ValueSpread, valueCells } from '../../../../main/contract/per-user'
import type { RunRecord } from '../../../../main/contract/records'
import { LineChart } from '../../../charts/line-chart'
import { useFormat } from '../../../locales/format'
import { metricKey } from '../../../state/comparison'
import { useAnswer } from '../../../state/engine'
import { barShares, cellEdges, cumulativeShares } from '../../../state/spread'
import { useRunStyle } from '../../../widgets/run-mark'
import { Failure, Loading } from '../../../widgets/states'
import { bestOf, type CompareChartProps } from './chart-props'

/** More lines than this cannot be told apart. */
const mostLines = 12
/** Bars of a histogram; a divisor of the number of cells. */
const bars = 25

/** How the users' values of the metric in force are spread, run by run. */
export function Spread({ runs, column }: CompareChartProps) {
  const drawn = bestOf(runs, column, mostLines)
  const answer = useAnswer('perUser.spread', { runIds: drawn.map(({ id }) => id), key: column.key })
  if (answer.state === 'failed') return <Failure error={answer.error} onRetry={answer.retry} />
  if (!answer.value) return <Loading />
  return <Drawn runs={drawn} all={runs.length} spread={answer.value} column={column} />
}

interface DrawnProps extends Pick<CompareChartProps, 'column'> {
  runs: RunRecord[]
  all: number
  spread: ValueSpread
}

function Drawn({ runs, all, spread, column }: DrawnProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const styleOf = useRunStyle()
  const [shape, setShape] = useState<'shares' | 'cumulative'>('shares')
  const isCumulative = shape === 'cumulative'
  const name = metricKey(t(`metrics.${column.metric}.name`), column.cutoff)
  const sharesOf = (run: RunSpread) => (isCumulative ? cumulativeShares(run) : barShares(run, bars))
  const known = spread.runs.flatMap((values) => {
    const run = runs.find(({ id }) => id === values.runId)
    return run ? [{ run, values }] : []
  })
  return (
    <LineChart
      title={t('compareCharts.spreadTitle', { metric: name })}
      note={[
        t(isCumulative ? 'compareCharts.cumulativeNote' : 'compareCharts.sharesNote'),
        runs.length < all && t('compare.chartOfBest', { count: runs.length, all }),
      ]
        .filter(Boolean)
        .join(' ')}
      positions={cellEdges(spread, isCumulative ? valueCells : bars, isCumulative)}
      axis={name}
      kind={t('compare.run')}
      measured={t('compareCharts.share')}
      isStepped={!isCumulative}
      lines={known.map(({ run, values }) => ({
        ...styleOf(run.id),
        name: `${run.name} · ${t('compareCharts.mean', { mean: format.decimal(values.mean) })}`,
        strong: false,
        values: sharesOf(values),
      }))}
    >
      <SegmentedControl
        aria-label={t('compareCharts.shape')}
        mb="sm"
        style={{ alignSelf: 'flex-start' }}
        data={(['shares', 'cumulative'] as const).map((value) => ({ value, label: t(`compareCharts.${value}`) }))}
        value={shape}
        onChange={(value) => setShape(value as 'shares' | 'cumulative')}
      />
    </LineChart>
  )
}
