import { type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { type Format, useFormat } from '../locales/format'
import { diverging, type Scheme, surfaces } from '../widgets/palette'
import { type Cell, span } from './brush'
import { type ChartColumn, ChartPanel } from './chart-panel'
import type { Drawing } from './drawing'
import { plain, tooltip } from './tooltip'

export interface ValueRow {
  key: string
  name: string
  /** How many its values are means over. */
  count: number
  /** One for each column; null where there is none. */
  values: readonly (number | null)[]
  /** The column of the best value; null where there is none. */
  best: number | null
  /** A test found the best one better than the second. */
  isFound: boolean
}

interface ValueMapProps {
  title: string
  note?: ReactNode
  /** What the columns and rows stand for, what is measured, and whom the rows count. */
  across: string
  down: string
  measured: string
  counted: string
  columns: readonly string[]
  rows: readonly ValueRow[]
  chosen: Cell | null
  onChoose(cell: Cell | null): void
  children?: ReactNode
}

const rowHeight = 26
/** Stands behind the best value of a row, filled where a test found it better. */
const marks = { found: ' ★', chance: ' ☆' }

/** Values by two things, coloured by how far each is from the mean of its row; the best of each row is marked. */
export function ValueMap(props: ValueMapProps) {
  const { title, note, columns, rows, chosen, onChoose, children } = props
  const { t } = useTranslation()
  const format = useFormat()
  const drawing = useDrawing(props, format)
  return (
    <ChartPanel
      title={title}
      note={note}
      drawing={drawing}
      columns={headsOf(props, format)}
      rows={rows.flatMap((row) => columns.map((name, column): ValueCell => ({ row, name, column })))}
      keyOf={({ row, column }) => `${row.key} ${column}`}
      brush={{
        columns: columns.length,
        rows: rows.length,
        range: chosen && span(chosen, chosen),
        // One cell at a time: of a drag the one that it began with.
        onBrush: (range) => onChoose(range?.first ?? null),
        describe: ({ first: [column, place] }) => {
          const row = rows[place]
          const value = marked(row, column, format)
          return t('segments.cell', { row: row.name, column: columns[column], value, count: row.count })
        },
      }}
    >
      {children}
    </ChartPanel>
  )
}

interface ValueCell {
  row: ValueRow
  /** Of its column. */
  name: string
  column: number
}

function headsOf({ across, down, measured, counted }: ValueMapProps, format: Format): ChartColumn<ValueCell>[] {
  return [
    { key: 'row', heading: down, cell: ({ row }) => row.name, value: ({ row }) => row.name },
    { key: 'column', heading: across, cell: ({ name }) => name, value: ({ name }) => name },
    {
      key: 'value',
      heading: measured,
      align: 'right',
      cell: ({ row, column }) => marked(row, column, format),
      value: ({ row, column }) => row.values[column],
    },
    {
      key: 'count',
      heading: counted,
      align: 'right',
      cell: ({ row }) => format.count(row.count),
      value: ({ row }) => row.count,
    },
  ]
}

function written(value: number | null | undefined, format: Format): string {
  return value === null || value === undefined ? '–' : format.decimal(value)
}

/** A value as it is read, with its mark where it is the best of its row. */
function marked({ values, best, isFound }: ValueRow, column: number, format: Format): string {
  const mark = column !== best ? '' : isFound ? marks.found : marks.chance
  return written(values[column], format) + mark
}

type Shown = Pick<ValueMapProps, 'columns' | 'rows' | 'measured' | 'counted'>

/** Drawn anew only where what is shown has changed. */
function useDrawing({ columns, rows, measured, counted }: Shown, format: Format): Drawing {
  const shown = JSON.stringify([columns, rows])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text stands for the cells
  return useMemo(() => {
    const shades = rows.map(({ values }) => shadesOf(values))
    const most = Math.max(1e-12, ...shades.flat().map((shade) => Math.abs(shade ?? 0)))
    return {
      height: rowHeight * rows.length + 40,
      option: (scheme) => ({
        grid: { left: 8, right: 8, top: 28, bottom: 8, outerBoundsMode: 'same' },
        ...axesOf({ columns, rows }, format),
        visualMap: { show: false, dimension: 2, min: -most, max: most, inRange: { color: [...diverging[scheme]] } },
        tooltip: tooltip('item', scheme, ([{ dataIndex }]) => {
          const [row, column] = placeOf(dataIndex, columns)
          return [
            `${rows[row].name} · ${columns[column]}`,
            `${measured}: ${written(rows[row].values[column], format)}`,
            `${counted}: ${format.count(rows[row].count)}`,
          ]
        }),
        series: [seriesOf({ columns, rows, shades }, scheme, format)],
      }),
    }
  }, [shown, measured, counted, format])
}

/** Cells are drawn row by row. */
function placeOf(index: number, columns: readonly string[]): [row: number, column: number] {
  return [Math.floor(index / columns.length), index % columns.length]
}

function axesOf({ columns, rows }: Pick<Shown, 'columns' | 'rows'>, format: Format) {
  return {
    xAxis: {
      type: 'category',
      position: 'top',
      data: columns.map((name) => plain(shorten(name, 22))),
      axisLine: { show: false },
      axisLabel: { interval: 0, hideOverlap: true },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: rows.map(({ name, count }) => plain(`${shorten(name, 44)} · ${format.count(count)}`)),
      axisLine: { show: false },
      axisLabel: { interval: 0 },
    },
  }
}

interface Shaded extends Pick<Shown, 'columns' | 'rows'> {
  shades: readonly (readonly (number | null)[])[]
}

function seriesOf({ columns, rows, shades }: Shaded, scheme: Scheme, format: Format) {
  const { panel, ink } = surfaces[scheme]
  return {
    type: 'heatmap',
    itemStyle: { borderColor: panel, borderWidth: 2 },
    label: {
      show: true,
      color: ink,
      formatter({ dataIndex }: { dataIndex: number }) {
        const [row, column] = placeOf(dataIndex, columns)
        return marked(rows[row], column, format)
      },
    },
    // In narrow cells some values would cover one another.
    labelLayout: { hideOverlap: true },
    data: shades.flatMap((ofRow, row) => columns.map((_, column) => [column, row, ofRow[column] ?? 0])),
  }
}

/** Of each value the difference to the mean of its row. */
function shadesOf(values: readonly (number | null)[]): (number | null)[] {
  const known = values.filter((value) => value !== null)
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length
  return values.map((value) => (value === null ? null : value - mean))
}

function shorten(name: string, longest: number): string {
  return name.length > longest ? `${name.slice(0, longest - 1)}…` : name
}
