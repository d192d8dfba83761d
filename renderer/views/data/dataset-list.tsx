import { Badge, UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DatasetRecord } from '../../../main/contract/records'
import { chooseDataset, deleteDataset } from '../../commands/steps'
import { useFormat } from '../../locales/format'
import { useEngine } from '../../state/engine'
import { useWorkbench } from '../../state/workbench'
import { DeleteButton } from '../../widgets/confirm'
import { type Column, DataTable } from '../../widgets/data-table'
import { Panel } from '../../widgets/panel'
import type { Sort } from '../../widgets/sort'

const maximumHeight = 240

export function DatasetList() {
  const { t } = useTranslation()
  const datasets = useWorkbench((state) => state.datasets)
  const inForce = useWorkbench((state) => state.datasetInForce)
  const [sort, setSort] = useState<Sort>({ column: 'created', direction: 'descending' })
  return (
    <Panel title={t('data.datasets')} flush>
      <DataTable
        label={t('data.datasets')}
        columns={useColumns(inForce)}
        rows={[...datasets.values()]}
        keyOf={({ id }) => id}
        sort={sort}
        onSort={setSort}
        isCurrent={({ id }) => id === inForce}
        maximumHeight={maximumHeight}
      />
    </Panel>
  )
}

function useColumns(inForce: string | null): Column<DatasetRecord>[] {
  const { t } = useTranslation()
  const format = useFormat()
  const count = (key: 'interactions' | 'users' | 'items'): Column<DatasetRecord> => ({
    key,
    heading: t(`data.${key}`),
    align: 'right',
    sortBy: ({ profile }) => profile[key],
    firstDirection: 'descending',
    cell: ({ profile }) => format.count(profile[key]),
  })
  return [
    {
      key: 'name',
      heading: t('data.name'),
      sortBy: ({ name }) => name,
      cell: ({ id, name }) => (
        <>
          <UnstyledButton fz="sm" fw={550} onClick={() => chooseDataset(id)}>
            <span className="data">{name}</span>
          </UnstyledButton>
          {id === inForce && (
            <Badge variant="light" size="sm" ml="sm" tt="none">
              {t('data.inForce')}
            </Badge>
          )}
        </>
      ),
    },
    count('interactions'),
    count('users'),
    count('items'),
    {
      key: 'created',
      heading: t('data.created'),
      align: 'right',
      sortBy: ({ createdAt }) => createdAt,
      firstDirection: 'descending',
      cell: ({ createdAt }) => format.moment(createdAt),
    },
    {
      key: 'actions',
      heading: t('table.actions'),
      align: 'right',
      cell: (dataset) => <DeleteDataset dataset={dataset} />,
    },
  ]
}

function DeleteDataset({ dataset }: { dataset: DatasetRecord }) {
  const { t } = useTranslation()
  const engine = useEngine()
  const runs = useWorkbench((state) => [...state.runs.values()].filter((run) => run.datasetId === dataset.id).length)
  return (
    <DeleteButton
      label={t('data.deleteDataset', { name: dataset.name })}
      question={t('data.deleteQuestion', { name: dataset.name })}
      text={t('data.deleteText', { count: runs })}
      onDelete={() => deleteDataset(engine, dataset)}
    />
  )
}
