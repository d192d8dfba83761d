import { type ReactNode, useMemo } from 'react'
import { type Format, useFormat } from '../locales/format'
import { ramp, type Scheme, surfaces } from '../widgets/palette'
import { type ChartColumn, ChartPanel } from './chart-panel'
import type { Drawing } from './drawing'
import { type SurfacePoint, surfaceOf } from './surface'
import { plain, tooltip } from './tooltip'

/** An axis from 0 to 1; what stands there is written beside it. */
export interface SurfaceAxis {
  name: string
  ticks: readonly { at: number; label: string }[]
}

export interface NamedPoint extends SurfacePoint {
  key: string
  name: string
  /** Its values on both axes, as they are written. */
  across: string
  up: string
}

interface SurfaceChartProps {
  title: string
  note?: string
  /** Above the chart. */
  children?: ReactNode
  /** What the points stand for, and what they measure. */
  kind: string
  measured: string
  x: SurfaceAxis
  y: SurfaceAxis
  points: readonly NamedPoint[]
  lessIsBetter: boolean
  /** In pixels. */
  height?: number
}

const size = 28

/** A value over two others: measured at points, and filled in between them. */
export function SurfaceChart(props: SurfaceChartProps) {
  const { title, note, kind, measured, x, y, points, lessIsBetter, height = 300, children } = props
  const format = useFormat()
  // Drawn anew only where what is shown has changed.
  const shown = JSON.stringify([x, y, points, lessIsBetter])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text stands for axes and points
  const drawing = useMemo<Drawing>(() => {
    const cells = surfaceOf(points, size)
    return { height, option: (scheme) => optionOf(props, cells, scheme, format) }
  }, [shown, measured, format, height])
  const columns: ChartColumn<NamedPoint>[] = [
    { key: 'name', heading: kind, cell: ({ name }) => <bdi className="data">{name}</bdi>, value: ({ name }) => name },
    { key: 'x', heading: x.name, align: 'right', cell: ({ across }) => across, value: ({ across }) => across },
    { key: 'y', heading: y.name, align: 'right', cell: ({ up }) => up, value: ({ up }) => up },
    {
      key: 'value',
      heading: measured,
      align: 'right',
      cell: ({ value }) => format.decimal(value),
      value: ({ value }) => value,
    },
  ]
  return (
    <ChartPanel title={title} note={note} drawing={drawing} columns={columns} rows={points} keyOf={({ key }) => key}>
      {children}
    </ChartPanel>
  )
}

interface RenderApi {
  value(dimension: number): number
  coord(point: [number, number]): [number, number]
}

function optionOf(props: SurfaceChartProps, cells: readonly number[], scheme: Scheme, format: Format) {
  const { x, y, points, measured, lessIsBetter } = props
  const colours = [...ramp[scheme]]
  if (lessIsBetter) colours.reverse()
  const lowest = Math.min(...cells)
  const span = Math.max(...cells) - lowest || 1
  const colourOf = (value: number) =>
    colours[Math.min(colours.length - 1, Math.floor((colours.length * (value - lowest)) / span))]
  const { panel, ink } = surfaces[scheme]
  return {
    grid: { left: 8, right: 16, top: 24, bottom: 6, outerBoundsMode: 'same' },
    xAxis: { ...axisOf(x), nameLocation: 'middle', nameGap: 22 },
    yAxis: { ...axisOf(y), nameGap: 10, nameTextStyle: { align: 'left' } },
    tooltip: tooltip('item', scheme, ([{ seriesIndex, dataIndex }]) => {
      if (seriesIndex === 0) return [`${measured}: ≈ ${format.decimal(cells[dataIndex])}`]
      const { name, across, up, value } = points[dataIndex]
      return [name, `${x.name}: ${across}`, `${y.name}: ${up}`, `${measured}: ${format.decimal(value)}`]
    }),
    series: [
      {
        type: 'custom',
        renderItem: ({ dataIndex }: { dataIndex: number }, api: RenderApi) => {
          const [left, bottom] = api.coord([api.value(0), api.value(1)])
          const [right, top] = api.coord([api.value(0) + 1 / size, api.value(1) + 1 / size])
          // Half a pixel more on each side leaves no seams.
          const shape = { x: left - 0.5, y: top - 0.5, width: right - left + 1, height: bottom - top + 1 }
          return { type: 'rect', shape, style: { fill: colourOf(cells[dataIndex]) } }
        },
        data: cells.map((_, cell) => [(cell % size) / size, Math.floor(cell / size) / size]),
      },
      {
        type: 'scatter',
        symbolSize: 8,
        itemStyle: { borderColor: ink, borderWidth: 1 },
        data: points.map((point) => ({ value: [point.x, point.y], itemStyle: { color: panel } })),
      },
    ],
  }
}

function axisOf({ name, ticks }: SurfaceAxis) {
  const at = ticks.map((tick) => tick.at)
  const labelOf = new Map(ticks.map((tick) => [tick.at.toFixed(6), tick.label]))
  return {
    type: 'value',
    min: 0,
    max: 1,
    name: plain(name),
    splitLine: { show: false },
    axisTick: { show: true, customValues: at },
    axisLabel: {
      customValues: at,
      hideOverlap: true,
      formatter: (place: number) => plain(labelOf.get(place.toFixed(6)) ?? ''),
    },
  }
}
