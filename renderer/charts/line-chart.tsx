import { type ReactNode, useMemo } from 'react'
import { type Format, useFormat } from '../locales/format'
import { type ChartColumn, ChartPanel } from './chart-panel'
import type { Drawing } from './drawing'
import type { ECharts } from './echarts'
import { spread } from './spread'
import { plain, tooltip } from './tooltip'

export interface Line {
  name: string
  color: string
  dash: 'solid' | 'dashed' | 'dotted'
  /** Drawn stronger than the others. */
  strong: boolean
  /** One for each position; null where there is none. */
  values: (number | null)[]
}

interface LineChartProps {
  title: string
  note?: ReactNode
  /** The positions, equally spaced, and what they are. */
  positions: number[]
  axis: string
  /** What the lines stand for, and what they measure, with its unit where it has one. */
  kind: string
  measured: string
  lines: Line[]
  /** Each value holds from half a position before to half a position after: shares of parts that follow one another. */
  isStepped?: boolean
  /** Lines go on over positions at which they have no value. */
  isConnected?: boolean
  /** A position that stands out, and why. */
  marker?: { position: number; name: string }
  /** In pixels. */
  height?: number
  /** Above the chart. */
  children?: ReactNode
}

interface Point {
  name: string
  position: number
  value: number | null
}

const labelHeight = 13
/** Beyond so many positions points crowd the line. */
const mostPoints = 40

/** Lines over positions, each named at its end, with the table of their points. */
export function LineChart(props: LineChartProps) {
  const { title, note, positions, lines, isConnected = false, children } = props
  const format = useFormat()
  const drawing = useDrawing(props, format)
  return (
    <ChartPanel
      title={title}
      note={note}
      drawing={drawing}
      columns={columnsOf(props, format)}
      rows={pointsOf(lines, positions).filter(({ value }) => value !== null || !isConnected)}
      keyOf={(_, index) => String(index)}
    >
      {children}
    </ChartPanel>
  )
}

/** Drawn anew only where what is shown has changed. */
function useDrawing(props: LineChartProps, format: Format): Drawing {
  const { positions, axis, measured, lines, marker, isStepped = false, isConnected = false, height = 300 } = props
  const shown = JSON.stringify([lines, positions, marker])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text stands for the lines and positions
  return useMemo(() => {
    const shape = { isStepped, isConnected }
    return {
      height,
      option: (scheme) => ({
        grid: { left: 8, right: labelSpace(lines), top: 10, bottom: 6, outerBoundsMode: 'same' },
        ...axesOf({ positions, axis, measured, isStepped, height }, format),
        tooltip: tooltip('axis', scheme, (points) => [
          `${axis} = ${positions[points[0].dataIndex]}`,
          ...points
            .map(({ seriesIndex, dataIndex }) => ({
              ...lines[seriesIndex],
              value: lines[seriesIndex].values[dataIndex],
            }))
            .sort((a, b) => (b.value ?? 0) - (a.value ?? 0))
            .map(({ name, value }) => `${value === null ? '–' : format.decimal(value)}   ${name}`),
        ]),
        series: lines.map((line, at) => ({
          ...series(line, 0, shape),
          ...(at === 0 && marker && { markLine: markOf(marker) }),
        })),
      }),
      refine: (chart) => ({ series: separateLabels(chart, lines, shape) }),
    }
  }, [shown, axis, measured, format, isStepped, isConnected, height])
}

type AxesOf = Required<Pick<LineChartProps, 'positions' | 'axis' | 'measured' | 'isStepped' | 'height'>>

function axesOf({ positions, axis, measured, isStepped, height }: AxesOf, format: Format) {
  return {
    xAxis: {
      type: 'category',
      data: positions.map(String),
      boundaryGap: isStepped || positions.length === 1,
      name: axis,
      nameLocation: 'middle',
      nameGap: 22,
    },
    yAxis: {
      type: 'value',
      scale: true,
      splitNumber: height < 200 ? 2 : 5,
      name: measured,
      nameGap: 10,
      nameTextStyle: { align: 'left' },
      axisLabel: { formatter: format.value },
    },
  }
}

function columnsOf({ kind, axis, measured }: LineChartProps, format: Format): ChartColumn<Point>[] {
  return [
    { key: 'name', heading: kind, cell: ({ name }) => <bdi className="data">{name}</bdi>, value: ({ name }) => name },
    { key: 'position', heading: axis, align: 'right', cell: ({ position }) => position, value: (p) => p.position },
    {
      key: 'value',
      heading: measured,
      align: 'right',
      cell: ({ value }) => (value === null ? '–' : format.decimal(value)),
      value: ({ value }) => value,
    },
  ]
}

function pointsOf(lines: Line[], positions: number[]): Point[] {
  return lines.flatMap(({ name, values }) => positions.map((position, at) => ({ name, position, value: values[at] })))
}

type Shape = Required<Pick<LineChartProps, 'isStepped' | 'isConnected'>>

/** A line whose name stands beside its last value, moved down by `shift` pixels. */
function series({ name, color, dash, strong, values }: Line, shift: number, { isStepped, isConnected }: Shape) {
  const last = values.findLastIndex((value) => value !== null)
  const label = { show: true, position: 'right', offset: [0, shift], formatter: '{a}', color }
  return {
    type: 'line',
    name: plain(shorten(name)),
    symbol: isStepped || values.length > mostPoints ? 'none' : 'circle',
    symbolSize: 6,
    ...(isStepped && { step: 'middle' }),
    connectNulls: isConnected,
    // The last one carries the name, wherever the axis has its labels.
    showAllSymbol: true,
    itemStyle: { color },
    lineStyle: { color, width: strong ? 2.5 : 1.5, type: dash },
    data: values.map((value, at) => (at === last ? { value, label, symbol: 'circle' } : value)),
  }
}

/** A line across the chart at a position, with its name. */
function markOf({ position, name }: { position: number; name: string }) {
  return {
    symbol: 'none',
    silent: true,
    animation: false,
    lineStyle: { type: 'dashed', width: 1 },
    label: { formatter: plain(name), position: 'insideEndTop', rotate: 0, padding: [0, 0, 0, 28] },
    data: [{ xAxis: String(position) }],
  }
}

/** The lines again, with names that would cover one another moved apart. */
function separateLabels(chart: ECharts, lines: Line[], shape: Shape) {
  const ends = lines.map(({ values }, seriesIndex) => {
    const last = values.findLastIndex((value) => value !== null)
    return last < 0 ? 0 : chart.convertToPixel({ seriesIndex }, [last, values[last] ?? 0])[1]
  })
  const moved = spread(ends, labelHeight, labelHeight / 2, chart.getHeight() - labelHeight / 2)
  return lines.map((line, index) => series(line, moved[index] - ends[index], shape))
}

const longestName = 28

function shorten(name: string): string {
  return name.length > longestName ? `${name.slice(0, longestName - 1)}…` : name
}

/** Pixels for the longest name at the end of a line. */
function labelSpace(lines: Line[]): number {
  return 16 + 6.4 * Math.max(0, ...lines.map(({ name }) => shorten(name).length))
}
