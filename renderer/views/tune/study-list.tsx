import { Anchor } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { StudyRecord } from '../../../main/contract/tuning'
import { deleteStudy } from '../../commands/study-steps'
import { useFormat } from '../../locales/format'
import { useEngine } from '../../state/engine'
import { formatRoute } from '../../state/router'
import { type Column, DataTable } from '../../widgets/data-table'
import { DeleteButton } from '../../widgets/delete-button'
import { Panel } from '../../widgets/panel'
import { Empty } from '../../widgets/states'
import { modelNames, useModelName } from './model-name'

const maximumHeight = 400

/** The studies of a dataset, the newest first. */
export function StudyList({ studies }: { studies: StudyRecord[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const engine = useEngine()
  const nameOf = useModelName()
  if (studies.length === 0) return <Empty title={t('tune.studies.emptyTitle')} text={t('tune.studies.emptyText')} />
  const columns: Column<StudyRecord>[] = [
    {
      key: 'name',
      heading: t('tune.studies.name'),
      cell: ({ id, name }) => (
        <Anchor size="sm" href={formatRoute('tune', { id })}>
          {name}
        </Anchor>
      ),
    },
    { key: 'models', heading: t('tune.studies.models'), grow: true, cell: (study) => modelNames(study, nameOf) },
    {
      key: 'trials',
      heading: t('tune.studies.trials'),
      align: 'right',
      cell: ({ trials }) => format.count(Object.values(trials).reduce((sum, count) => sum + count, 0)),
    },
    {
      key: 'time',
      heading: t('tune.studies.time'),
      align: 'right',
      cell: ({ seconds }) => format.duration(seconds),
    },
    { key: 'state', heading: t('tune.studies.state'), cell: ({ state }) => t(`tune.states.${state}`) },
    {
      key: 'actions',
      heading: '',
      align: 'right',
      cell: (study) =>
        study.state === 'running' || study.state === 'queued' ? null : (
          <DeleteButton
            label={t('tune.studies.delete', { name: study.name })}
            onDelete={() => deleteStudy(engine, study)}
          />
        ),
    },
  ]
  return (
    <Panel title={t('tune.studies.title')} flush>
      <DataTable
        label={t('tune.studies.title')}
        columns={columns}
        rows={studies}
        keyOf={({ id }) => id}
        maximumHeight={maximumHeight}
      />
    </Panel>
  )
}
