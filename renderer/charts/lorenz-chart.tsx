import { type ReactNode, useMemo } from 'react'
import { useFormat } from '../locales/format'
import { palette, surfaces } from '../widgets/palette'
import { type ChartColumn, ChartPanel } from './chart-panel'
import type { Drawing } from './drawing'
import { plain, tooltip } from './tooltip'

/** From (0, 0) to (1, 1): the poorest `share` has the share `held` of everything. */
export interface LorenzPoint {
  share: number
  held: number
}

export interface LorenzCurve {
  name: string
  points: readonly LorenzPoint[]
  /** The curve of everything, where this one is of a part: it stays behind, in grey. */
  whole?: readonly LorenzPoint[]
}

interface LorenzChartProps {
  title: string
  note?: ReactNode
  /** What is shared out, and among whom. */
  share: string
  held: string
  kind: string
  /** The name of the line on which all have the same. */
  equality: string
  curves: readonly LorenzCurve[]
  /** In pixels. */
  height?: number
}

/** Where the names of the curves stand, as shares; the first one's right of its curve, the second one's left. */
const labelPlaces = [0.62, 0.8]

/** How unequally something is shared out: Lorenz curves below the line of equality. */
export function LorenzChart(props: LorenzChartProps) {
  const { title, note, curves } = props
  return (
    <ChartPanel
      title={title}
      note={note}
      drawing={useDrawing(props)}
      columns={useColumns(props)}
      rows={curves.flatMap(({ name, points }) => points.map((point) => ({ name, ...point })))}
      keyOf={(_, index) => String(index)}
    />
  )
}

/** Drawn anew only where what is shown has changed. */
function useDrawing({ share, held, equality, curves, height = 190 }: LorenzChartProps): Drawing {
  const format = useFormat()
  const shown = JSON.stringify(curves)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text stands for the curves
  return useMemo(() => {
    const axis = { type: 'value', min: 0, max: 1, interval: 0.25, axisLabel: { formatter: format.percent } }
    return {
      height,
      option: (scheme) => ({
        grid: { left: 8, right: 14, top: 18, bottom: 4, outerBoundsMode: 'same' },
        xAxis: {
          ...axis,
          name: share,
          nameLocation: 'middle',
          nameGap: 22,
          splitLine: { show: false },
        },
        yAxis: { ...axis, name: held, nameGap: 6, nameTextStyle: { align: 'left' } },
        tooltip: tooltip('item', scheme, ([{ seriesIndex, dataIndex }]) => {
          const { name, points } = curves[seriesIndex % curves.length]
          const point = points[dataIndex]
          return [name, `${share}: ${format.percent(point.share)}`, `${held}: ${format.percent(point.held)}`]
        }),
        series: [
          ...curves.map((curve, place) => seriesOf(curve, place, palette[scheme][place])),
          ...curves.flatMap(({ whole }) => (whole ? [{ ...lineOf(whole, surfaces[scheme].shade), silent: true }] : [])),
          equalityLine(equality, surfaces[scheme].dim),
        ],
      }),
    }
  }, [shown, share, held, equality, format, height])
}

function seriesOf({ name, points }: LorenzCurve, place: number, color: string) {
  return {
    ...lineOf(points, color),
    z: 4,
    showSymbol: true,
    symbol: 'circle',
    symbolSize: 9,
    // Points are there to be pointed at, not to be seen.
    itemStyle: { color: 'transparent' },
    emphasis: { itemStyle: { color } },
    data: labelled(name, points, place, color),
  }
}

/** From corner to corner, its name in the middle. */
function equalityLine(name: string, color: string) {
  return {
    ...lineOf([], color),
    silent: true,
    symbol: 'circle',
    itemStyle: { color: 'transparent' },
    lineStyle: { color, width: 1, type: 'dashed' },
    data: [
      [0, 0],
      { value: [0.5, 0.5], label: { show: true, position: 'left', formatter: plain(name), color } },
      [1, 1],
    ],
  }
}

function lineOf(points: readonly LorenzPoint[], color: string) {
  return {
    type: 'line',
    symbol: 'none',
    lineStyle: { color, width: 1.8 },
    data: points.map(({ share, held }) => [share, held]),
  }
}

/** A curve's points, its name beside one of them. */
function labelled(name: string, points: readonly LorenzPoint[], place: number, color: string) {
  const wanted = labelPlaces[place % labelPlaces.length]
  const at = points.findIndex(({ share }) => share >= wanted)
  const label = {
    show: true,
    position: place % 2 === 0 ? 'right' : 'left',
    offset: place % 2 === 0 ? [0, 6] : [0, -6],
    formatter: plain(name),
    color,
    fontWeight: 600,
  }
  return points.map(({ share, held }, index) => (index === at ? { value: [share, held], label } : [share, held]))
}

type PointRow = LorenzPoint & { name: string }

function useColumns({ share, held, kind }: Pick<LorenzChartProps, 'share' | 'held' | 'kind'>): ChartColumn<PointRow>[] {
  const format = useFormat()
  return [
    { key: 'name', heading: kind, cell: ({ name }) => name, value: ({ name }) => name },
    {
      key: 'share',
      heading: share,
      align: 'right',
      cell: (point) => format.percent(point.share),
      value: (point) => point.share,
    },
    {
      key: 'held',
      heading: held,
      align: 'right',
      cell: (point) => format.percent(point.held),
      value: (point) => point.held,
    },
  ]
}
