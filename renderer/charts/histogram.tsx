import { useComputedColorScheme } from '@mantine/core'
import { type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { type Format, useFormat } from '../locales/format'
import { palette, type Scheme, surfaces } from '../widgets/palette'
import type { Brush } from './brush'
import styles from './chart.module.css'
import { type ChartColumn, ChartPanel } from './chart-panel'
import type { Drawing } from './drawing'
import { type PartOf, usePartOf } from './part-of'
import { plain, tooltip } from './tooltip'

export interface HistogramBar {
  label: string
  /** What stands below the bar, short; nothing where it is empty. */
  tick: string
}

export interface HistogramSeries {
  /** What is counted. */
  name: string
  /** One for each bar. */
  counts: readonly number[]
  /** The counts that these are a part of: they stay behind, in grey. */
  whole?: readonly number[]
}

/** Lets neighbouring bars be chosen, from the first one's place to the last one's. */
export interface BarBrush {
  range: readonly [first: number, last: number] | null
  onBrush(range: readonly [first: number, last: number] | null): void
  /** Those bars in words. */
  describe(first: number, last: number): string
}

interface HistogramProps {
  title: string
  note?: ReactNode
  /** What the bars stand for. */
  axis: string
  bars: readonly HistogramBar[]
  /** Several only as `steps`. */
  series: readonly HistogramSeries[]
  /** `steps` for bars that follow one another without a gap, such as periods of time; `names` for bars of words. */
  shape?: 'bars' | 'steps' | 'names'
  /** Shares of each series' sum in place of counts: the shapes of a part and its whole can be compared. */
  shares?: boolean
  brush?: BarBrush | undefined
  /** In pixels. */
  height?: number
}

/** Beyond so many, steps are drawn as a line. */
const mostBars = 60
/** Beyond so many, names stand aslant. */
const mostNames = 5

/** Counts of consecutive values, intervals or periods. */
export function Histogram(props: HistogramProps) {
  const { title, note, axis, bars, series, shape = 'bars', shares = false, brush, height = 190 } = props
  const { t } = useTranslation()
  const format = useFormat()
  const partOf = usePartOf()
  // Drawn anew only where what is shown has changed.
  const shown = JSON.stringify([bars, series])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text stands for the bars and series
  const drawing = useMemo<Drawing>(
    () => drawHistogram({ axis, bars, series, shape, shares, height }, format, partOf),
    [shown, axis, shape, shares, format, partOf, height],
  )
  return (
    <ChartPanel
      title={title}
      note={series.length > 1 ? <Legend note={note} names={series.map(({ name }) => name)} /> : note}
      drawing={drawing}
      columns={useColumns(axis, series, t('chart.ofAll'))}
      rows={bars.map(({ label }, at) => ({ label, at }))}
      keyOf={({ at }) => String(at)}
      brush={brush && cellsOf(brush, bars.length, series[0], format)}
    />
  )
}

type Drawable = Required<Pick<HistogramProps, 'axis' | 'bars' | 'series' | 'shape' | 'shares' | 'height'>>

function drawHistogram(
  { axis, bars, series, shape, shares, height }: Drawable,
  format: Format,
  partOf: PartOf,
): Drawing {
  const drawn = series.map((each) => drawnOf(each, shares))
  const isNamed = shape === 'names'
  const isAslant = isNamed && bars.length > mostNames
  const isStepped = series.length > 1 || (shape === 'steps' && bars.length > mostBars)
  return {
    height,
    option: (scheme) => ({
      grid: {
        left: 8,
        right: 8,
        top: 18,
        bottom: 4,
        outerBoundsMode: 'same',
      },
      xAxis: {
        type: 'category',
        data: bars.map(({ tick }) => tick),
        name: axis,
        nameLocation: 'middle',
        nameGap: isAslant ? 52 : 22,
        nameTruncate: { maxWidth: 240, ellipsis: '…' },
        axisLabel: isNamed
          ? { interval: 0, rotate: isAslant ? 35 : 0, width: 76, overflow: 'truncate' }
          : { interval: (at: number) => bars[at].tick !== '', hideOverlap: true },
      },
      yAxis: {
        type: 'value',
        name: series.length > 1 ? '' : plain(series[0].name),
        nameGap: 6,
        nameTextStyle: { align: 'left' },
        splitNumber: 3,
        ...(shares ? {} : { minInterval: 1 }),
        axisLabel: { formatter: shares ? format.percent : format.compact },
      },
      tooltip: tooltip('axis', scheme, ([{ dataIndex }]) => [
        `${axis}: ${bars[dataIndex].label}`,
        ...series.map((each) => `${each.name}: ${partOf(each.counts[dataIndex], each.whole?.[dataIndex])}`),
      ]),
      series: isStepped
        ? drawn.flatMap((each, place) => stepsOf(each, palette[scheme][place], scheme, series.length > 1))
        : drawn.flatMap((each, place) => barsOf(each, palette[scheme][place], scheme)),
    }),
  }
}

/** The numbers that are drawn: counts, or shares of their sum. */
interface Drawn {
  values: readonly number[]
  whole: readonly number[] | null
}

function drawnOf({ counts, whole }: HistogramSeries, shares: boolean): Drawn {
  return { values: scaled(counts, shares), whole: whole ? scaled(whole, shares) : null }
}

function scaled(counts: readonly number[], shares: boolean): readonly number[] {
  const sum = shares ? sumOf(counts) : 1
  return sum === 0 || !shares ? counts : counts.map((count) => count / sum)
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0)
}

function barsOf({ values, whole }: Drawn, color: string, scheme: Scheme) {
  const bar = { type: 'bar', barGap: '-100%', barCategoryGap: values.length > 30 ? '6%' : '12%' }
  const front = { ...bar, itemStyle: { color }, data: values, z: 3 }
  return whole ? [{ ...bar, itemStyle: { color: surfaces[scheme].shade }, data: whole }, front] : [front]
}

function stepsOf({ values, whole }: Drawn, color: string, scheme: Scheme, isOneOfMany: boolean) {
  const line = { type: 'line', step: 'middle', symbol: 'none', silent: true }
  const shade = surfaces[scheme].shade
  const front = {
    ...line,
    z: 3,
    data: values,
    lineStyle: { color, width: 1.3 },
    ...(!isOneOfMany && { areaStyle: { color, opacity: 0.3 } }),
  }
  if (!whole) return [front]
  const behind = isOneOfMany
    ? { lineStyle: { color: shade, width: 1.3 } }
    : { lineStyle: { width: 0 }, areaStyle: { color: shade, opacity: 1 } }
  return [{ ...line, ...behind, data: whole }, front]
}

/** Names the lines by their colours. */
function Legend({ note, names }: { note: ReactNode; names: readonly string[] }) {
  const scheme = useComputedColorScheme('light')
  return (
    <span className={styles.legend}>
      {names.map((name, place) => (
        <span key={name}>
          <i style={{ background: palette[scheme][place] }} aria-hidden="true" />
          {name}
        </span>
      ))}
      {note}
    </span>
  )
}

interface BarRow {
  label: string
  at: number
}

function useColumns(axis: string, series: readonly HistogramSeries[], ofAll: string): ChartColumn<BarRow>[] {
  const format = useFormat()
  const counted = (key: string, heading: string, counts: readonly number[]): ChartColumn<BarRow> => ({
    key,
    heading,
    align: 'right',
    cell: ({ at }) => format.count(counts[at]),
    value: ({ at }) => counts[at],
  })
  return [
    {
      key: 'label',
      heading: axis,
      cell: ({ label }) => <span className="data">{label}</span>,
      value: (row) => row.label,
    },
    ...series.flatMap(({ name, counts, whole }) => [
      counted(name, name, counts),
      ...(whole ? [counted(`${name} whole`, `${name} · ${ofAll}`, whole)] : []),
    ]),
  ]
}

function cellsOf(
  { range, onBrush, describe }: BarBrush,
  columns: number,
  series: HistogramSeries,
  format: Format,
): Brush {
  return {
    columns,
    rows: 1,
    range: range && { first: [range[0], 0], last: [range[1], 0] },
    onBrush: (chosen) => onBrush(chosen && [chosen.first[0], chosen.last[0]]),
    describe: ({ first: [first], last: [last] }) => {
      const count = sumOf((series.whole ?? series.counts).slice(first, last + 1))
      return `${describe(first, last)} · ${series.name}: ${format.count(count)}`
    },
  }
}
