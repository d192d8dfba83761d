import { type ReactNode, useMemo } from 'react'
import { useFormat } from '../locales/format'
import { type Scheme, surfaces } from '../widgets/palette'
import { type ChartColumn, ChartPanel } from './chart-panel'
import type { Drawing } from './drawing'
import type { Lasso } from './lasso'
import { plain, tooltip } from './tooltip'

export interface ScatterPoint {
  name: string
  x: number
  y: number
  color: string
  /** A ring in place of a disc. */
  isRing?: boolean
  /** Diameter in pixels. */
  size: number
  /** Its name stands beside it where there is room. */
  isNamed?: boolean
  /** Stands back behind the others. */
  isDimmed?: boolean
  /** What is said of it beside its name and values. */
  lines?: readonly string[]
}

export interface ScatterAxis {
  name: string
  format(value: number): string
  /** Steps of equal factors; for values above 0. */
  isLog?: boolean
  /** Values are places along these names, from 0. */
  categories?: readonly string[] | undefined
}

interface ScatterChartProps {
  title: string
  note?: ReactNode
  /** What the points stand for. */
  kind: string
  x: ScatterAxis
  y: ScatterAxis
  points: readonly ScatterPoint[]
  /** The line of those that no other dominates, from left to right: places of `points`, and where its steps are. */
  front?: { places: readonly number[]; step: 'start' | 'end' }
  /** The line on which both values are the same; both axes then have the same range. */
  diagonal?: string
  columns?: readonly ChartColumn<ScatterPoint>[]
  lasso?: Omit<Lasso, 'points'>
  height?: number
  children?: ReactNode
}

/** Points by two values, with the table of them. */
export function ScatterChart(props: ScatterChartProps) {
  const { title, note, kind, x, y, points, front, diagonal, columns = [], lasso, height = 340, children } = props
  const format = useFormat()
  // Drawn anew only where what is shown has changed.
  const shown = JSON.stringify([points, x.name, x.isLog, x.categories, y.name, y.isLog, front, diagonal])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text stands for points, axes and front
  const drawing = useMemo<Drawing>(() => {
    const range = diagonal === undefined ? null : rangeOf(points)
    return {
      height,
      option: (scheme) => ({
        grid: { left: 8, right: 24, top: 22, bottom: 8, outerBoundsMode: 'same' },
        xAxis: { ...axisOf(x, range), nameLocation: 'middle', nameGap: 24 },
        yAxis: { ...axisOf(y, range), nameGap: 8, nameTextStyle: { align: 'left' } },
        tooltip: tooltip('item', scheme, ([{ dataIndex }]) => {
          const point = points[dataIndex]
          const values = [`${x.name}: ${x.format(point.x)}`, `${y.name}: ${y.format(point.y)}`]
          return [point.name, ...values, ...(point.lines ?? [])]
        }),
        series: [
          seriesOf(points, scheme, x.isLog ?? false, new Set(front?.places)),
          ...(front ? [frontOf(front, points, scheme)] : []),
          ...(range ? [diagonalOf(range, diagonal ?? '', scheme)] : []),
        ],
      }),
    }
  }, [shown, format, height])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text stands for the points
  const places = useMemo(() => points.map((point) => ({ x: point.x, y: point.y })), [shown])
  return (
    <ChartPanel
      title={title}
      note={note}
      drawing={drawing}
      columns={[nameColumn(kind), valueColumn('x', x), valueColumn('y', y), ...columns]}
      rows={points}
      keyOf={(_, index) => String(index)}
      lasso={lasso && { ...lasso, points: places }}
    >
      {children}
    </ChartPanel>
  )
}

type Extent = readonly [low: number, high: number]

function rangeOf(points: readonly ScatterPoint[]): Extent {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const { x, y } of points) [low, high] = [Math.min(low, x, y), Math.max(high, x, y)]
  return low <= high ? [low, high] : [0, 1]
}

function axisOf({ name, format, isLog, categories }: ScatterAxis, range: Extent | null) {
  if (categories) return { type: 'category', data: categories.map(plain), name: plain(name) }
  return {
    type: isLog ? 'log' : 'value',
    scale: true,
    name: plain(name),
    axisLabel: { formatter: format, hideOverlap: true },
    // Points at the ends of the range stand whole within the chart.
    ...(range && {
      min: range[0] - 0.03 * (range[1] - range[0] || 1),
      max: range[1] + 0.03 * (range[1] - range[0] || 1),
    }),
    ...(range && { axisLabel: { formatter: format, showMinLabel: false, showMaxLabel: false, hideOverlap: true } }),
  }
}

function seriesOf(points: readonly ScatterPoint[], scheme: Scheme, isLog: boolean, front: ReadonlySet<number>) {
  const isRight = rightOf(points, isLog)
  return {
    type: 'scatter',
    z: 4,
    labelLayout: { hideOverlap: true },
    emphasis: { scale: false },
    data: points.map(({ name, x, y, color, isRing, size, isNamed, isDimmed }, at) => ({
      value: [x, y],
      symbolSize: size,
      itemStyle: {
        color: isRing ? surfaces[scheme].panel : color,
        borderColor: isRing ? color : surfaces[scheme].panel,
        borderWidth: isRing ? 2 : 0.5,
        opacity: isDimmed ? 0.18 : 0.85,
      },
      label: {
        show: isNamed === true,
        // Beside a point of the front its line stands.
        position: front.has(at) ? 'top' : isRight(x) ? 'left' : 'right',
        formatter: plain(shorten(name)),
        color,
      },
    })),
  }
}

/** Whether a point is so far right that its name must stand on its left. */
function rightOf(points: readonly ScatterPoint[], isLog: boolean): (x: number) => boolean {
  const scaled = (x: number) => (isLog ? Math.log(x) : x)
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const { x } of points) [low, high] = [Math.min(low, scaled(x)), Math.max(high, scaled(x))]
  return (x) => scaled(x) > low + 0.75 * (high - low)
}

function frontOf(
  { places, step }: NonNullable<ScatterChartProps['front']>,
  points: readonly ScatterPoint[],
  scheme: Scheme,
) {
  return {
    type: 'line',
    step,
    silent: true,
    symbol: 'none',
    lineStyle: { color: surfaces[scheme].dim, width: 1.5, type: 'dashed' },
    data: places.map((at) => [points[at].x, points[at].y]),
  }
}

function diagonalOf([low, high]: Extent, name: string, scheme: Scheme) {
  const middle = low + 0.5 * (high - low)
  return {
    type: 'line',
    silent: true,
    symbol: 'circle',
    itemStyle: { color: 'transparent' },
    lineStyle: { color: surfaces[scheme].dim, width: 1, type: 'dashed' },
    data: [
      [low, low],
      {
        value: [middle, middle],
        label: { show: true, position: 'right', formatter: plain(name), color: surfaces[scheme].dim },
      },
      [high, high],
    ],
  }
}

const longestName = 24

function shorten(name: string): string {
  return name.length > longestName ? `${name.slice(0, longestName - 1)}…` : name
}

function nameColumn(heading: string): ChartColumn<ScatterPoint> {
  return { key: 'name', heading, cell: ({ name }) => <bdi className="data">{name}</bdi>, value: ({ name }) => name }
}

function valueColumn(key: 'x' | 'y', { name, format }: ScatterAxis): ChartColumn<ScatterPoint> {
  return { key, heading: name, align: 'right', cell: (point) => format(point[key]), value: (point) => point[key] }
}
