import { type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { type Format, useFormat } from '../locales/format'
import { ramp, type Scheme, surfaces } from '../widgets/palette'
import type { Brush, Range } from './brush'
import { type ChartColumn, ChartPanel } from './chart-panel'
import type { Drawing } from './drawing'
import { usePartOf } from './part-of'
import { tooltip } from './tooltip'

interface HeatMapProps {
  title: string
  note?: ReactNode
  /** What the columns and rows stand for, and what is counted. */
  across: string
  down: string
  counted: string
  columns: readonly string[]
  rows: readonly string[]
  /** Of each row, one for each column. */
  counts: readonly (readonly number[])[]
  /** The counts that these are a part of. */
  whole?: readonly (readonly number[])[] | undefined
  brush?: RectangleBrush | undefined
  /** In pixels. */
  height?: number
}

/** Lets a rectangle of cells be chosen. */
export type RectangleBrush = Pick<Brush, 'range' | 'onBrush'> & {
  /** Those cells in words. */
  describe(range: Range): string
}

/** Counts by two things, as colours from few to many. */
export function HeatMap(props: HeatMapProps) {
  const { title, note, columns, rows, brush } = props
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <ChartPanel
      title={title}
      note={note}
      drawing={useDrawing(props, format)}
      columns={useColumns(props, t('chart.ofAll'))}
      rows={rows.flatMap((_, row) => columns.map((_, column) => ({ row, column })))}
      keyOf={({ row, column }) => `${row} ${column}`}
      brush={
        brush && { ...brush, columns: columns.length, rows: rows.length, describe: describeWith(brush, props, format) }
      }
    />
  )
}

/** Drawn anew only where what is shown has changed. */
function useDrawing(props: HeatMapProps, format: Format): Drawing {
  const { across, counted, columns, rows, counts, whole, height = 190 } = props
  const partOf = usePartOf()
  const shown = JSON.stringify([columns, rows, counts, whole])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text stands for the cells
  return useMemo(() => {
    const most = Math.max(1, ...counts.flat())
    return {
      height,
      option: (scheme) => ({
        grid: { left: 8, right: 8, top: 6, bottom: 30, outerBoundsMode: 'same' },
        xAxis: {
          type: 'category',
          data: columns,
          name: across,
          nameLocation: 'middle',
          nameGap: 20,
          axisLine: { show: false },
        },
        yAxis: { type: 'category', data: rows, inverse: true, axisLine: { show: false }, axisLabel: { interval: 0 } },
        visualMap: legendOf(most, scheme, format),
        tooltip: tooltip('item', scheme, ([{ dataIndex }]) => {
          const [column, row] = [dataIndex % columns.length, Math.floor(dataIndex / columns.length)]
          return [
            `${rows[row]} · ${columns[column]}`,
            `${counted}: ${partOf(counts[row][column], whole?.[row][column])}`,
          ]
        }),
        series: [
          {
            type: 'heatmap',
            itemStyle: { borderColor: surfaces[scheme].panel, borderWidth: 1 },
            data: counts.flatMap((line, row) => line.map((count, column) => [column, row, count])),
          },
        ],
      }),
    }
  }, [shown, across, counted, format, partOf, height])
}

function legendOf(most: number, scheme: Scheme, format: Format) {
  return {
    min: 0,
    max: most,
    calculable: false,
    orient: 'horizontal',
    right: 8,
    bottom: 0,
    itemWidth: 8,
    itemHeight: 90,
    text: [format.compact(most), '0'],
    textGap: 6,
    textStyle: { color: surfaces[scheme].dim, fontSize: 11 },
    inRange: { color: [...ramp[scheme]] },
  }
}

type Counts = readonly (readonly number[])[]

function describeWith({ describe }: RectangleBrush, { counts, whole, counted }: HeatMapProps, format: Format) {
  return (range: Range) => {
    const { first, last } = range
    const lines = (whole ?? counts).slice(first[1], last[1] + 1)
    const sum = lines.flatMap((line) => line.slice(first[0], last[0] + 1)).reduce((sum, count) => sum + count, 0)
    return `${describe(range)} · ${counted}: ${format.count(sum)}`
  }
}

interface CellRow {
  row: number
  column: number
}

function useColumns({ across, down, counted, columns, rows, counts, whole }: HeatMapProps, ofAll: string) {
  const format = useFormat()
  const number = (key: string, heading: string, of: Counts): ChartColumn<CellRow> => ({
    key,
    heading,
    align: 'right',
    cell: ({ row, column }) => format.count(of[row][column]),
    value: ({ row, column }) => of[row][column],
  })
  const shown: ChartColumn<CellRow>[] = [
    { key: 'row', heading: down, cell: ({ row }) => rows[row], value: ({ row }) => rows[row] },
    { key: 'column', heading: across, cell: ({ column }) => columns[column], value: ({ column }) => columns[column] },
    number('count', counted, counts),
  ]
  return whole ? [...shown, number('whole', `${counted} · ${ofAll}`, whole)] : shown
}
