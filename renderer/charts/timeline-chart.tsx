import { useMemo } from 'react'
import { type Format, useFormat } from '../locales/format'
import { ramp, type Scheme, surfaces } from '../widgets/palette'
import { type ChartColumn, ChartPanel } from './chart-panel'
import type { Drawing } from './drawing'
import { tooltip } from './tooltip'

/** A stretch of work on one row. */
export interface Stretch {
  key: string
  /** The row that it stands on, from 1. */
  row: number
  name: string
  /** In seconds since the beginning. */
  from: number
  to: number
  /** 0 to 1: how dark it is. */
  strength: number
}

interface TimelineChartProps {
  title: string
  note?: string
  /** What rows, and stretches, stand for. */
  kind: string
  axis: string
  took: string
  stretches: readonly Stretch[]
  rows: number
}

const leastHeight = 160
const mostHeight = 520
const rowHeight = 11

/** What was worked on when: a row for each thing, the first on top. */
export function TimelineChart({ title, note, kind, axis, took, stretches, rows }: TimelineChartProps) {
  const format = useFormat()
  const height = Math.min(mostHeight, Math.max(leastHeight, 50 + rows * rowHeight))
  // Drawn anew only where what is shown has changed.
  const shown = JSON.stringify([stretches, rows])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text stands for stretches and rows
  const drawing = useMemo<Drawing>(
    () => ({ height, option: (scheme) => optionOf({ kind, axis, stretches, rows }, scheme, format) }),
    [shown, kind, axis, format, height],
  )
  const number = (key: string, heading: string, of: (row: Stretch) => number): ChartColumn<Stretch> => ({
    key,
    heading,
    align: 'right',
    cell: (row) => format.duration(of(row)),
    value: of,
  })
  const columns: ChartColumn<Stretch>[] = [
    { key: 'name', heading: kind, cell: ({ name }) => <bdi className="data">{name}</bdi>, value: ({ name }) => name },
    number('from', axis, ({ from }) => from),
    number('took', took, ({ from, to }) => to - from),
  ]
  return (
    <ChartPanel
      title={title}
      note={note}
      drawing={drawing}
      columns={columns}
      rows={stretches}
      keyOf={(row) => row.key}
    />
  )
}

type Drawn = Pick<TimelineChartProps, 'kind' | 'axis' | 'stretches' | 'rows'>

interface RenderApi {
  value(dimension: number): number
  coord(point: [number, number]): [number, number]
  size(size: [number, number]): [number, number]
}

function optionOf({ kind, axis, stretches, rows }: Drawn, scheme: Scheme, format: Format) {
  const colours = ramp[scheme].slice(1)
  const colourOf = (strength: number) => colours[Math.round(strength * (colours.length - 1))]
  return {
    grid: { left: 8, right: 16, top: 24, bottom: 6, outerBoundsMode: 'same' },
    xAxis: {
      type: 'value',
      min: 0,
      name: axis,
      nameLocation: 'middle',
      nameGap: 22,
      axisLabel: { formatter: (seconds: number) => format.duration(seconds) },
    },
    yAxis: {
      type: 'value',
      min: 0.5,
      max: rows + 0.5,
      minInterval: 1,
      // The ends lie between trials.
      axisLabel: { showMinLabel: false, showMaxLabel: false },
      inverse: true,
      name: kind,
      nameLocation: 'start',
      nameGap: 8,
    },
    tooltip: tooltip('item', scheme, ([{ dataIndex }]) => {
      const { name, from, to } = stretches[dataIndex]
      return [name, `${format.duration(from)} – ${format.duration(to)}`]
    }),
    series: {
      type: 'custom',
      encode: { x: [0, 1], y: 2 },
      renderItem: ({ dataIndex }: { dataIndex: number }, api: RenderApi) => {
        const [left, middle] = api.coord([api.value(0), api.value(2)])
        const [right] = api.coord([api.value(1), api.value(2)])
        const high = Math.max(2, api.size([0, 1])[1] * 0.7)
        return {
          type: 'rect',
          shape: { x: left, y: middle - high / 2, width: Math.max(1.5, right - left), height: high },
          style: { fill: colourOf(stretches[dataIndex].strength), stroke: surfaces[scheme].panel, lineWidth: 0.5 },
        }
      },
      data: stretches.map(({ from, to, row }) => [from, to, row]),
    },
  }
}
