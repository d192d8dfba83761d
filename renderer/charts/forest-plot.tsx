import type { TFunction } from 'i18next'
import { type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { type Format, useFormat } from '../locales/format'
import { surfaces } from '../widgets/palette'
import { type ChartColumn, ChartPanel } from './chart-panel'
import type { Drawing } from './drawing'
import { plain, tooltip } from './tooltip'

/** A difference and how far it may be from what it would be on other users. */
export interface Estimate {
  key: string
  name: string
  color: string
  value: number
  from: number
  to: number
  /** Drawn filled; hollow where a test did not find it. */
  found: boolean
}

interface ForestPlotProps {
  title: string
  note?: ReactNode
  /** What the rows stand for, and what is estimated. */
  kind: string
  measured: string
  /** Of the intervals: `95 %`. */
  level: string
  estimates: readonly Estimate[]
}

const rowHeight = 30

/** Estimates with their intervals, one below the other, beside a line at 0. */
export function ForestPlot(props: ForestPlotProps) {
  const { title, note, estimates } = props
  const { t } = useTranslation()
  const format = useFormat()
  const drawing = useDrawing(props, format)
  return (
    <ChartPanel
      title={title}
      note={note}
      drawing={drawing}
      columns={columnsOf(props, format, t)}
      rows={estimates}
      keyOf={({ key }) => key}
    />
  )
}

/** Drawn anew only where what is shown has changed. */
function useDrawing({ measured, level, estimates }: ForestPlotProps, format: Format): Drawing {
  const shown = JSON.stringify(estimates)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text stands for the estimates
  return useMemo(
    () => ({
      height: rowHeight * estimates.length + 64,
      option: (scheme) => ({
        grid: { left: 8, right: 16, top: 8, bottom: 26, outerBoundsMode: 'same' },
        ...axesOf(estimates, measured, format),
        tooltip: tooltip('item', scheme, ([{ seriesIndex }]) => {
          const { name, value, from, to } = estimates[seriesIndex]
          return [
            name,
            `${measured}: ${format.decimal(value)}`,
            `${level}: ${format.decimal(from)} – ${format.decimal(to)}`,
          ]
        }),
        series: estimates.map((estimate, row) => ({
          ...intervalSeries(estimate, row, surfaces[scheme].panel),
          ...(row === 0 && { markLine: zeroLine(surfaces[scheme].dim) }),
        })),
      }),
    }),
    [shown, measured, level, format],
  )
}

function axesOf(estimates: readonly Estimate[], measured: string, format: Format) {
  return {
    xAxis: {
      type: 'value',
      scale: true,
      // 0 is always in sight: the intervals are judged by it.
      min: ({ min }: { min: number }) => Math.min(0, min),
      max: ({ max }: { max: number }) => Math.max(0, max),
      splitNumber: 4,
      name: measured,
      nameLocation: 'middle',
      nameGap: 22,
      axisLabel: { formatter: format.value, showMinLabel: false, showMaxLabel: false },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: estimates.map(({ name }) => plain(shorten(name))),
      axisLine: { show: false },
      axisLabel: { interval: 0 },
    },
  }
}

function columnsOf({ kind, measured, level }: ForestPlotProps, format: Format, t: TFunction): ChartColumn<Estimate>[] {
  const number = (key: string, heading: string, of: (row: Estimate) => number): ChartColumn<Estimate> => ({
    key,
    heading,
    align: 'right',
    cell: (row) => format.decimal(of(row)),
    value: of,
  })
  return [
    { key: 'name', heading: kind, cell: ({ name }) => <bdi className="data">{name}</bdi>, value: ({ name }) => name },
    number('value', measured, ({ value }) => value),
    number('from', t('significance.from', { level }), ({ from }) => from),
    number('to', t('significance.to', { level }), ({ to }) => to),
  ]
}

/** A line with a cap at either end and a point between. */
function intervalSeries({ color, value, from, to, found }: Estimate, row: number, panel: string) {
  const cap = { symbol: 'rect', symbolSize: [2, 10], itemStyle: { color } }
  const point = {
    symbol: 'circle',
    symbolSize: 10,
    itemStyle: { color: found ? color : panel, borderColor: color, borderWidth: 2 },
  }
  return {
    type: 'line',
    lineStyle: { color, width: 2 },
    data: [
      { value: [from, row], ...cap },
      { value: [value, row], ...point },
      { value: [to, row], ...cap },
    ],
  }
}

function zeroLine(color: string) {
  return {
    silent: true,
    symbol: 'none',
    lineStyle: { color, type: 'solid', width: 1 },
    label: { show: false },
    data: [{ xAxis: 0 }],
  }
}

const longestName = 24

function shorten(name: string): string {
  return name.length > longestName ? `${name.slice(0, longestName - 1)}…` : name
}
