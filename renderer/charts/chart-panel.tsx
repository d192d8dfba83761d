import { ActionIcon } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ChartIcon, ListIcon } from '../widgets/icons'
import { Panel } from '../widgets/panel'

interface ChartPanelProps {
  title: string
  note?: ReactNode
  chart: ReactNode
  table: ReactNode
}

/** A chart with the table of its numbers behind it. */
export function ChartPanel({ title, note, chart, table }: ChartPanelProps) {
  const { t } = useTranslation()
  const [tabular, setTabular] = useState(false)
  const label = tabular ? t('chart.showChart') : t('chart.showTable')
  return (
    <Panel
      title={title}
      note={note}
      actions={
        <ActionIcon aria-label={`${label}: ${title}`} title={label} onClick={() => setTabular(!tabular)}>
          {tabular ? <ChartIcon size={14} /> : <ListIcon size={14} />}
        </ActionIcon>
      }
    >
      {tabular ? table : chart}
    </Panel>
  )
}
