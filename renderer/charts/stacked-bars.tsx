import { useMemo } from 'react'
import { type Format, useFormat } from '../locales/format'
import { palette, type Scheme, surfaces } from '../widgets/palette'
import { type ChartColumn, ChartPanel } from './chart-panel'
import type { Drawing } from './drawing'
import type { HistogramBar } from './histogram'
import { plain, tooltip } from './tooltip'

export interface StackedSeries {
  name: string
  /** Its place in the palette. */
  color: number
  /** One for each bar. */
  counts: readonly number[]
}

/** A line across the bars. */
export interface BarMark {
  /** The bar at whose beginning it stands. */
  bar: number
  label: string
}

interface StackedBarsProps {
  title: string
  /** What the bars stand for, and what they count. */
  axis: string
  counted: string
  bars: readonly HistogramBar[]
  /** From the bottom up. */
  series: readonly StackedSeries[]
  marks?: readonly BarMark[]
  /** In pixels. */
  height?: number
}

/** Counts of consecutive intervals, each made up of several parts. */
export function StackedBars({ title, marks = [], height = 240, ...props }: StackedBarsProps) {
  const format = useFormat()
  const drawing = useDrawing({ ...props, marks, height }, format)
  const rows = props.bars.map(({ label }, at) => ({ label, at }))
  return (
    <ChartPanel
      title={title}
      drawing={drawing}
      columns={columnsOf(props, format)}
      rows={rows}
      keyOf={({ at }) => String(at)}
    />
  )
}

/** Drawn anew only where what is shown has changed. */
function useDrawing(props: Required<Omit<StackedBarsProps, 'title'>>, format: Format): Drawing {
  const { axis, counted, bars, series, marks, height } = props
  const shown = JSON.stringify([bars, series, marks])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text stands for the bars, series and marks
  return useMemo(
    () => ({
      height,
      option: (scheme) => ({
        grid: {
          left: 8,
          right: 16,
          top: 30 + labelHeight * Math.max(0, marks.length - 1),
          bottom: 4,
          outerBoundsMode: 'same',
        },
        legend: legendOf(series, scheme),
        ...axesOf(props, format),
        tooltip: tooltip('axis', scheme, ([{ dataIndex }]) => [
          `${axis}: ${bars[dataIndex].label}`,
          ...series.map(({ name, counts }) => `${name}: ${format.count(counts[dataIndex])}`),
        ]),
        series: series.map(({ name, color, counts }, place) => ({
          type: 'bar',
          name: plain(name),
          stack: 'parts',
          barCategoryGap: bars.length > 30 ? '6%' : '12%',
          itemStyle: { color: palette[scheme][color] },
          data: counts,
          ...(place === 0 && { markLine: lineOf(marks, surfaces[scheme].ink) }),
        })),
      }),
    }),
    [shown, axis, counted, format, height],
  )
}

function legendOf(series: readonly StackedSeries[], scheme: Scheme) {
  return {
    right: 8,
    top: 0,
    itemWidth: 10,
    itemHeight: 10,
    textStyle: { color: surfaces[scheme].ink, fontSize: 11 },
    data: series.map(({ name }) => plain(name)),
    selectedMode: false,
  }
}

function axesOf({ bars, axis, counted }: Pick<StackedBarsProps, 'bars' | 'axis' | 'counted'>, format: Format) {
  return {
    xAxis: {
      type: 'category',
      data: bars.map(({ tick }) => tick),
      name: axis,
      nameLocation: 'middle',
      nameGap: 22,
      axisLabel: { interval: (at: number) => bars[at].tick !== '', hideOverlap: true },
    },
    yAxis: {
      type: 'value',
      name: counted,
      nameGap: 8,
      nameTextStyle: { align: 'left' },
      splitNumber: 3,
      minInterval: 1,
      axisLabel: { formatter: format.compact },
    },
  }
}

function columnsOf({ axis, series }: Pick<StackedBarsProps, 'axis' | 'series'>, format: Format): ChartColumn<BarRow>[] {
  return [
    {
      key: 'label',
      heading: axis,
      cell: ({ label }) => <span className="data">{label}</span>,
      value: ({ label }) => label,
    },
    ...series.map(
      ({ name, counts }): ChartColumn<BarRow> => ({
        key: name,
        heading: name,
        align: 'right',
        cell: ({ at }) => format.count(counts[at]),
        value: ({ at }) => counts[at],
      }),
    ),
  ]
}

/** In pixels. */
const labelHeight = 14

interface BarRow {
  label: string
  at: number
}

function lineOf(marks: readonly BarMark[], color: string) {
  return {
    symbol: 'none',
    silent: true,
    lineStyle: { color, type: 'dashed', width: 1.5 },
    label: { color, fontSize: 11, formatter: '{b}' },
    // One above the other, so that neighbours do not cover one another.
    data: marks.map(({ bar, label }, at) => ({
      xAxis: bar,
      name: plain(label),
      label: { distance: 4 + labelHeight * at },
    })),
  }
}
