import { type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../locales/format'
import { diverging, surfaces } from '../widgets/palette'
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
  const { title, note, across, down, measured, counted, columns, rows, chosen, onChoose, children } = props
  const { t } = useTranslation()
  const format = useFormat()
  // Drawn anew only where what is shown has changed.
  const shown = JSON.stringify([columns, rows])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text stands for the cells
  const drawing = useMemo<Drawing>(() => {
    const shades = rows.map(({ values }) => shadesOf(values))
    const most = Math.max(1e-12, ...shades.flat().map((shade) => Math.abs(shade ?? 0)))
    return {
      height: rowHeight * rows.length + 40,
      option: (scheme) => ({
        grid: { left: 8, right: 8, top: 28, bottom: 8, outerBoundsMode: 'same' },
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
        visualMap: { show: false, dimension: 2, min: -most, max: most, inRange: { color: [...diverging[scheme]] } },
        tooltip: tooltip('item', scheme, ([{ dataIndex }]) => {
          const [column, row] = [dataIndex % columns.length, Math.floor(dataIndex / columns.length)]
          return [
            `${rows[row].name} · ${columns[column]}`,
            `${measured}: ${written(rows[row].values[column])}`,
            `${counted}: ${format.count(rows[row].count)}`,
          ]
        }),
        series: [
          {
            type: 'heatmap',
            itemStyle: { borderColor: surfaces[scheme].panel, borderWidth: 2 },
            label: {
              show: true,
              color: surfaces[scheme].ink,
              formatter: ({ dataIndex }: { dataIndex: number }) =>
                textOf(rows[Math.floor(dataIndex / columns.length)], dataIndex % columns.length),
            },
            // In narrow cells some values would cover one another.
            labelLayout: { hideOverlap: true },
            data: rows.flatMap((_, row) => columns.map((_, column) => [column, row, shades[row][column] ?? 0])),
          },
        ],
      }),
    }
  }, [shown, measured, counted, format])
  function written(value: number | null | undefined): string {
    return value === null || value === undefined ? '–' : format.decimal(value)
  }
  function textOf({ values, best, isFound }: ValueRow, column: number): string {
    const mark = column !== best ? '' : isFound ? marks.found : marks.chance
    return written(values[column]) + mark
  }
  const cells = rows.flatMap((row, place) => columns.map((name, column) => ({ row, place, name, column })))
  const heads: ChartColumn<(typeof cells)[number]>[] = [
    { key: 'row', heading: down, cell: ({ row }) => row.name, value: ({ row }) => row.name },
    { key: 'column', heading: across, cell: ({ name }) => name, value: ({ name }) => name },
    {
      key: 'value',
      heading: measured,
      align: 'right',
      cell: ({ row, column }) => textOf(row, column),
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
  return (
    <ChartPanel
      title={title}
      note={note}
      drawing={drawing}
      columns={heads}
      rows={cells}
      keyOf={({ row, column }) => `${row.key} ${column}`}
      brush={{
        columns: columns.length,
        rows: rows.length,
        range: chosen && span(chosen, chosen),
        // One cell at a time: of a drag the one that it began with.
        onBrush: (range) => onChoose(range?.first ?? null),
        describe: ({ first: [column, row] }) =>
          t('segments.cell', {
            row: rows[row].name,
            column: columns[column],
            value: textOf(rows[row], column),
            count: rows[row].count,
          }),
      }}
    >
      {children}
    </ChartPanel>
  )
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
