import { ActionIcon, Group, useComputedColorScheme } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Cell, toCsv } from '../../main/contract/csv'
import { show } from '../commands/state'
import { type Column, DataTable } from '../widgets/data-table'
import { ChartIcon, DownloadIcon, FilterIcon, ListIcon } from '../widgets/icons'
import { Panel } from '../widgets/panel'
import { type Brush, type Cell as ChartCell, includes, isSame, span } from './brush'
import { Chart } from './chart'
import type { Drawing } from './drawing'
import { drawImage, fileNameOf, saveFile } from './export'
import type { ChartFormat } from './exported-chart'
import type { Lasso } from './lasso'

/** A column of the numbers behind a chart. */
export interface ChartColumn<Row> extends Pick<Column<Row>, 'key' | 'align' | 'cell'> {
  heading: string
  /** As it is exported: a number with all its digits, a text as it stands. */
  value(row: Row): Cell
}

interface ChartPanelProps<Row> {
  title: string
  note?: ReactNode
  drawing: Drawing
  columns: ChartColumn<Row>[]
  rows: readonly Row[]
  keyOf(row: Row, index: number): string
  /** With it ranges of the chart can be chosen; then there is one of `rows` for each of its cells, row by row. */
  brush?: Brush | undefined
  /** With it points of the chart can be chosen. */
  lasso?: Lasso | undefined
  overlay?: ReactNode
  /** Above the chart. */
  children?: ReactNode
}

/** A chart with the table of its numbers behind it; either can be saved as a file, and ranges be chosen in either. */
export function ChartPanel<Row>(props: ChartPanelProps<Row>) {
  const { title, note, drawing, columns, rows, keyOf, brush, lasso, overlay, children } = props
  const { t } = useTranslation()
  const [tabular, setTabular] = useState(false)
  const label = tabular ? t('chart.showChart') : t('chart.showTable')
  return (
    <Panel
      title={title}
      note={note}
      fill
      actions={
        <Group gap={2} wrap="nowrap">
          <ActionIcon aria-label={`${label}: ${title}`} title={label} onClick={() => setTabular(!tabular)}>
            {tabular ? <ChartIcon size={14} /> : <ListIcon size={14} />}
          </ActionIcon>
          <Export title={title} drawing={drawing} columns={columns} rows={rows} />
        </Group>
      }
    >
      {children}
      {tabular && <Numbers title={title} drawing={drawing} columns={columns} rows={rows} keyOf={keyOf} brush={brush} />}
      {!tabular && <Chart label={title} drawing={drawing} brush={brush} lasso={lasso} overlay={overlay} />}
    </Panel>
  )
}

function Numbers<Row>({ title, drawing: { height }, columns, rows, keyOf, brush }: Omit<ChartPanelProps<Row>, 'note'>) {
  const { t } = useTranslation()
  if (!brush) return <DataTable label={title} columns={columns} rows={rows} keyOf={keyOf} maximumHeight={height} />
  return (
    <DataTable<CellRow<Row>>
      label={title}
      columns={[...columns.map((column) => ofRow(column)), brushColumn(brush, t('chart.range'))]}
      rows={rows.map((row, index) => ({ row, cell: cellOf(brush, index) }))}
      keyOf={({ row }, index) => keyOf(row, index)}
      isCurrent={({ cell }) => brush.range !== null && includes(brush.range, cell)}
      maximumHeight={height}
    />
  )
}

interface CellRow<Row> {
  row: Row
  cell: ChartCell
}

function cellOf({ columns }: Brush, index: number): ChartCell {
  return [index % columns, Math.floor(index / columns)]
}

function ofRow<Row>({ key, align, heading, cell }: ChartColumn<Row>): Column<CellRow<Row>> {
  return { key, heading, cell: ({ row }) => cell(row), ...(align && { align }) }
}

/** A button on each row chooses it, or frees it; with Shift, all from the range in force to it. */
function brushColumn<Row>(brush: Brush, heading: string): Column<CellRow<Row>> {
  return {
    key: 'range',
    heading,
    align: 'right',
    cell: ({ cell }) => {
      const only = span(cell, cell)
      const label = brush.describe(only)
      return (
        <ActionIcon
          size="sm"
          aria-label={label}
          title={label}
          aria-pressed={brush.range !== null && includes(brush.range, cell)}
          onClick={({ shiftKey }) => {
            const range = shiftKey && brush.range ? span(brush.range.first, cell) : only
            brush.onBrush(isSame(range, brush.range) ? null : range)
          }}
        >
          <FilterIcon size={13} />
        </ActionIcon>
      )
    },
  }
}

type ExportProps<Row> = Pick<ChartPanelProps<Row>, 'title' | 'drawing' | 'columns' | 'rows'>

/** Opens the drawer that takes away runs and selections too. */
function Export<Row>({ title, drawing, columns, rows }: ExportProps<Row>) {
  const { t } = useTranslation()
  const scheme = useComputedColorScheme('light')
  async function save(format: ChartFormat) {
    const content = format === 'csv' ? numbersOf(columns, rows) : await drawImage(format, drawing, title, scheme)
    saveFile(fileNameOf(title, format), content)
  }
  const label = t('chart.export', { title })
  return (
    <ActionIcon aria-label={label} title={label} onClick={() => show({ kind: 'export', chart: { title, save } })}>
      <DownloadIcon size={14} />
    </ActionIcon>
  )
}

function numbersOf<Row>(columns: readonly ChartColumn<Row>[], rows: readonly Row[]): Blob {
  const text = toCsv(
    columns.map(({ heading }) => heading),
    rows.map((row) => columns.map(({ value }) => value(row))),
  )
  return new Blob([text], { type: 'text/csv' })
}
