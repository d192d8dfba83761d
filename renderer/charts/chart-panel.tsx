import { ActionIcon, Group, Menu, useComputedColorScheme } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction } from '../state/engine'
import { type Column, DataTable } from '../widgets/data-table'
import { ChartIcon, DownloadIcon, ListIcon } from '../widgets/icons'
import { Panel } from '../widgets/panel'
import { Chart } from './chart'
import { type Cell, toCsv } from './csv'
import type { Drawing } from './drawing'
import { drawImage, fileNameOf, type ImageFormat, saveFile } from './export'

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
}

/** A chart with the table of its numbers behind it; either can be saved as a file. */
export function ChartPanel<Row>({ title, note, drawing, columns, rows, keyOf }: ChartPanelProps<Row>) {
  const { t } = useTranslation()
  const [tabular, setTabular] = useState(false)
  const label = tabular ? t('chart.showChart') : t('chart.showTable')
  return (
    <Panel
      title={title}
      note={note}
      actions={
        <Group gap={2} wrap="nowrap">
          <ActionIcon aria-label={`${label}: ${title}`} title={label} onClick={() => setTabular(!tabular)}>
            {tabular ? <ChartIcon size={14} /> : <ListIcon size={14} />}
          </ActionIcon>
          <Export title={title} drawing={drawing} columns={columns} rows={rows} />
        </Group>
      }
    >
      {tabular ? (
        <DataTable label={title} columns={columns} rows={rows} keyOf={keyOf} maximumHeight={drawing.height} />
      ) : (
        <Chart label={title} drawing={drawing} />
      )}
    </Panel>
  )
}

function Export<Row>({ title, drawing, columns, rows }: Omit<ChartPanelProps<Row>, 'note' | 'keyOf'>) {
  const { t } = useTranslation()
  const scheme = useComputedColorScheme('light')
  const image = useAction(async (format: ImageFormat) => {
    saveFile(fileNameOf(title, format), await drawImage(format, drawing, title, scheme))
  })
  function saveNumbers() {
    const header = columns.map(({ heading }) => heading)
    const text = toCsv(
      header,
      rows.map((row) => columns.map(({ value }) => value(row))),
    )
    saveFile(fileNameOf(title, 'csv'), new Blob([text], { type: 'text/csv' }))
  }
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={t('chart.export', { title })} title={t('chart.export', { title })} loading={image.busy}>
          <DownloadIcon size={14} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => image.run('png')}>{t('chart.png')}</Menu.Item>
        <Menu.Item onClick={() => image.run('svg')}>{t('chart.svg')}</Menu.Item>
        <Menu.Item onClick={saveNumbers}>{t('chart.csv')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
