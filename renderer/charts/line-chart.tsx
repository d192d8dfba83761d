import { useCallback } from 'react'
import { useFormat } from '../locales/format'
import type { Scheme } from '../widgets/palette'
import { Chart } from './chart'
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
  label: string
  /** The positions, equally spaced, and what they are. */
  positions: number[]
  axis: string
  lines: Line[]
}

const height = 300
const labelHeight = 13

/** Lines over positions, each named at its end. */
export function LineChart({ label, positions, axis, lines }: LineChartProps) {
  const format = useFormat()
  const option = useCallback(
    (scheme: Scheme) => ({
      grid: { left: 8, right: labelSpace(lines), top: 14, bottom: 6, outerBoundsMode: 'same' },
      xAxis: {
        type: 'category',
        data: positions.map(String),
        boundaryGap: positions.length === 1,
        name: axis,
        nameLocation: 'middle',
        nameGap: 22,
      },
      yAxis: { type: 'value', scale: true, axisLabel: { formatter: format.value } },
      tooltip: tooltip('axis', scheme, (points) => [
        `${axis} = ${positions[points[0].dataIndex]}`,
        ...points
          .map(({ seriesIndex, dataIndex }) => ({ ...lines[seriesIndex], value: lines[seriesIndex].values[dataIndex] }))
          .sort((a, b) => (b.value ?? 0) - (a.value ?? 0))
          .map(({ name, value }) => `${value === null ? '–' : format.decimal(value)}   ${name}`),
      ]),
      series: lines.map((line) => series(line, 0)),
    }),
    [positions, axis, lines, format],
  )
  const refine = useCallback((chart: ECharts) => ({ series: separateLabels(chart, lines) }), [lines])
  return <Chart label={label} height={height} option={option} refine={refine} />
}

/** A line whose name stands beside its last value, moved down by `shift` pixels. */
function series({ name, color, dash, strong, values }: Line, shift: number) {
  const last = values.findLastIndex((value) => value !== null)
  const label = { show: true, position: 'right', offset: [0, shift], formatter: '{a}', color }
  return {
    type: 'line',
    name: plain(name),
    symbol: 'circle',
    symbolSize: 6,
    itemStyle: { color },
    lineStyle: { color, width: strong ? 2.5 : 1.5, type: dash },
    data: values.map((value, at) => (at === last ? { value, label } : value)),
  }
}

/** The lines again, with names that would cover one another moved apart. */
function separateLabels(chart: ECharts, lines: Line[]) {
  const ends = lines.map(({ values }, seriesIndex) => {
    const last = values.findLastIndex((value) => value !== null)
    return last < 0 ? 0 : chart.convertToPixel({ seriesIndex }, [last, values[last] ?? 0])[1]
  })
  const moved = spread(ends, labelHeight, labelHeight / 2, height - labelHeight / 2)
  return lines.map((line, index) => series(line, moved[index] - ends[index]))
}

/** Pixels for the longest name at the end of a line. */
function labelSpace(lines: Line[]): number {
  return 16 + 6.4 * Math.max(0, ...lines.map(({ name }) => name.length))
}
