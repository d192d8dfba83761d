import { useCallback } from 'react'
import { useFormat } from '../locales/format'
import type { Scheme } from '../widgets/palette'
import { Chart } from './chart'
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

/** Lines over positions, each named at its end. */
export function LineChart({ label, positions, axis, lines }: LineChartProps) {
  const format = useFormat()
  const option = useCallback(
    (scheme: Scheme) => ({
      grid: { left: 8, right: labelSpace(lines), top: 14, bottom: 26, outerBoundsMode: 'same' },
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
      series: lines.map(series),
    }),
    [positions, axis, lines, format],
  )
  return <Chart label={label} height={300} option={option} />
}

function series({ name, color, dash, strong, values }: Line) {
  const last = values.findLastIndex((value) => value !== null)
  return {
    type: 'line',
    name: plain(name),
    symbol: 'circle',
    symbolSize: 6,
    itemStyle: { color },
    lineStyle: { color, width: strong ? 2.5 : 1.5, type: dash },
    labelLayout: { moveOverlap: 'shiftY' },
    data: values.map((value, at) =>
      at === last ? { value, label: { show: true, position: 'right', formatter: '{a}', color } } : value,
    ),
  }
}

/** Pixels for the longest name at the end of a line. */
function labelSpace(lines: Line[]): number {
  return 16 + 6.4 * Math.max(0, ...lines.map(({ name }) => name.length))
}
