import { Select } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { MetricId } from '../../../../main/contract/experiment'
import type { RunRecord } from '../../../../main/contract/records'
import { paretoFront } from '../../../charts/pareto'
import { type ScatterAxis, ScatterChart, type ScatterPoint } from '../../../charts/scatter-chart'
import { useFormat } from '../../../locales/format'
import { hasNoCutoff, isLessBetter, metricKey } from '../../../state/comparison'
import { adjust, useQueryValue } from '../../../state/router'
import { useRunStyle } from '../../../widgets/run-mark'
import type { CompareChartProps } from './chart-props'

const costs = ['fit', 'evaluate', 'memory', 'size'] as const
type Cost = (typeof costs)[number]

const readCost: Record<Cost, (run: RunRecord) => number | null> = {
  fit: ({ fitSeconds }) => fitSeconds,
  evaluate: ({ evaluateSeconds }) => evaluateSeconds,
  memory: ({ peakBytes }) => peakBytes,
  size: ({ bytes }) => bytes,
}

/** Those that say something else than the accuracy, the likeliest first. */
const usualMetrics: readonly MetricId[] = ['coverage', 'novelty', 'entropy', 'gini']

/** The metric in force against another one: which runs no other run beats in both. */
export function TradeOff(props: CompareChartProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { runs, column, metrics } = props
  const asked = useQueryValue('against')
  const others = metrics.filter((metric) => metric !== column.metric)
  const usual = usualMetrics.find((metric) => others.includes(metric)) ?? others[0]
  const against = others.find((metric) => metric === asked) ?? usual
  if (against === undefined) return null
  const cutoff = hasNoCutoff(runs, against) ? null : (column.cutoff ?? 10)
  const key = metricKey(against, cutoff)
  return (
    <Plot
      {...props}
      axis={{ name: metricKey(t(`metrics.${against}.name`), cutoff), format: format.value }}
      read={({ metrics: values }) => values[key] ?? null}
      isLess={isLessBetter(against)}
      choice={
        <Choice
          name="against"
          value={against}
          data={others.map((value) => ({ value, label: t(`metrics.${value}.name`) }))}
        />
      }
    />
  )
}

/** The metric in force against what a run costs. */
export function Costs(props: CompareChartProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const asked = useQueryValue('cost')
  const cost = costs.find((each) => each === asked) ?? 'fit'
  const written = cost === 'memory' || cost === 'size' ? format.bytes : format.duration
  return (
    <Plot
      {...props}
      axis={{ name: t(`board.plain.${cost}`), format: written, isLog: true }}
      read={(run) => readCost[cost](run) || null}
      isLess
      choice={
        <Choice name="cost" value={cost} data={costs.map((value) => ({ value, label: t(`board.plain.${value}`) }))} />
      }
    />
  )
}

interface ChoiceProps {
  /** In the address. */
  name: string
  value: string
  data: { value: string; label: string }[]
}

function Choice({ name, value, data }: ChoiceProps) {
  const { t } = useTranslation()
  return (
    <Select
      aria-label={t('compareCharts.against')}
      w={190}
      mb="sm"
      data={data}
      value={value}
      onChange={(wanted) => wanted !== null && adjust('compare', { [name]: wanted })}
    />
  )
}

interface PlotProps extends CompareChartProps {
  axis: ScatterAxis
  read(run: RunRecord): number | null
  isLess: boolean
  choice: ReactNode
}

/** More names than this cover the points; those of the front stand always. */
const mostNames = 20

function Plot({ runs, column, isOneGroup, axis, read, isLess, choice }: PlotProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const styleOf = useRunStyle()
  const name = metricKey(t(`metrics.${column.metric}.name`), column.cutoff)
  const placed = runs.flatMap((run) => {
    const [x, y] = [read(run), run.metrics[column.key]]
    return x !== null && Number.isFinite(x) && Number.isFinite(y) ? [{ run, x, y }] : []
  })
  const front = isOneGroup ? paretoFront(placed, { x: isLess, y: isLessBetter(column.metric) }) : []
  const isInFront = new Set(front)
  const points = placed.map(({ run, x, y }, at): ScatterPoint => {
    const { color, dash } = styleOf(run.id)
    const best = isInFront.has(at)
    return {
      name: run.name,
      x,
      y,
      color,
      isRing: dash !== 'solid',
      size: best ? 12 : 8,
      isNamed: best || placed.length <= mostNames,
      isDimmed: !best && placed.length > mostNames,
      lines: best ? [t('compareCharts.inFront')] : [],
    }
  })
  const best = new Set(front.map((at) => points[at]))
  return (
    <ScatterChart
      title={t('compareCharts.againstTitle', { first: name, second: axis.name })}
      note={[
        isOneGroup ? t('compareCharts.front', { count: front.length }) : t('compareCharts.noFront'),
        placed.length < runs.length && t('compareCharts.withoutValue', { count: runs.length - placed.length }),
      ]
        .filter(Boolean)
        .join(' ')}
      kind={t('compare.run')}
      x={axis}
      y={{ name, format: format.value }}
      points={points}
      {...(front.length > 0 && { front: { places: front, step: isLess ? ('end' as const) : ('start' as const) } })}
      columns={[
        {
          key: 'front',
          heading: t('compareCharts.inFront'),
          cell: (point) => (best.has(point) ? t('compareCharts.yes') : ''),
          value: (point) => (best.has(point) ? 1 : 0),
        },
      ]}
    >
      {choice}
    </ScatterChart>
  )
}
