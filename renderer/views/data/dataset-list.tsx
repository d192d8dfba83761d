import { ActionIcon, Badge, Group, UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DatasetRecord } from '../../../main/contract/records'
import { chooseDataset, deleteDataset, duplicateDataset } from '../../commands/steps'
import { useFormat } from '../../locales/format'
import { useAction, useEngine } from '../../state/engine'
import { useWorkbench } from '../../state/workbench'
import { type Column, DataTable } from '../../widgets/data-table'
import { DeleteButton } from '../../widgets/delete-button'
import { CopyIcon } from '../../widgets/icons'
import { Panel } from '../../widgets/panel'
import { RenameButton } from '../../widgets/rename-button'
import type { Sort } from '../../widgets/sort'
import { Tags } from '../../widgets/tags'

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
      cell: ({ id, name, tags }) => (
        <>
          <UnstyledButton fz="sm" fw={550} onClick={() => chooseDataset(id)}>
            <span className="data">{name}</span>
          </UnstyledButton>
          {id === inForce && (
            <Badge variant="light" size="sm" ml="sm" tt="none">
              {t('data.inForce')}
            </Badge>
          )}
          <Tags tags={tags} />
        </>
      ),
    },
    count('interactions'),
    count('users'),
    count('items'),
    {
      key: 'size',
      heading: t('data.size'),
      align: 'right',
      sortBy: ({ bytes }) => bytes,
      firstDirection: 'descending',
      cell: ({ bytes }) => format.bytes(bytes),
    },
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
      cell: (dataset) => <Actions dataset={dataset} />,
    },
  ]
}

function Actions({ dataset }: { dataset: DatasetRecord }) {
  const { t } = useTranslation()
  const engine = useEngine()
  const duplicate = useAction(() => duplicateDataset(engine, dataset))
  const label = `${t('data.duplicate')} ${dataset.name}`
  return (
    <Group gap={2} justify="flex-end" wrap="nowrap">
      <RenameButton what="dataset" record={dataset} />
      <ActionIcon aria-label={label} title={label} loading={duplicate.busy} onClick={() => duplicate.run()}>
        <CopyIcon size={14} />
      </ActionIcon>
      <DeleteButton
        label={t('data.deleteDataset', { name: dataset.name })}
        onDelete={() => deleteDataset(engine, dataset)}
      />
    </Group>
  )
}
