import { MultiSelect, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RunRecord } from '../../../main/contract/records'
import type { ColdAudience } from '../../../main/contract/sandbox'
import { useFormat } from '../../locales/format'
import { useAnswer } from '../../state/engine'
import { useWorkbench } from '../../state/workbench'
import { type Column, DataTable } from '../../widgets/data-table'
import { Panel } from '../../widgets/panel'
import { RunMark } from '../../widgets/run-mark'
import { Empty, Failure, Loading } from '../../widgets/states'
import styles from './users-screen.module.css'

/** A new item with given features: to whom each run that can place it would show it. */
export function ColdStart({ runs }: { runs: RunRecord[] }) {
  const { t } = useTranslation()
  const models = useWorkbench((state) => state.models)
  const able = runs.filter((run) => models.find(({ id }) => id === run.model)?.capabilities.includes('scoreNewItem'))
  const [columns, setColumns] = useState<string[]>([])
  if (able.length === 0) return <Empty title={t('cold.title')} text={t('cold.none')} />
  return (
    <>
      <Panel title={t('cold.title')} note={t('cold.text')}>
        <Features
          run={able.find(({ features }) => features !== null) ?? able[0]}
          columns={columns}
          onChange={setColumns}
        />
      </Panel>
      <div className={styles.lists}>
        {able.map((run) => (
          <Shown key={run.id} run={run} columns={columns} />
        ))}
      </div>
    </>
  )
}

function Features({
  run,
  columns,
  onChange,
}: {
  run: RunRecord
  columns: string[]
  onChange(columns: string[]): void
}) {
  const { t } = useTranslation()
  const known = useAnswer('sandbox.coldAudience', { runId: run.id, columns: [] }).value?.columns ?? []
  return (
    <MultiSelect
      label={t('cold.features')}
      placeholder={columns.length === 0 ? t('cold.hint') : ''}
      searchable
      limit={200}
      data={known}
      value={columns}
      onChange={onChange}
    />
  )
}

function Shown({ run, columns }: { run: RunRecord; columns: string[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const answer = useAnswer('sandbox.coldAudience', columns.length > 0 ? { runId: run.id, columns, limit: 50 } : null)
  const shown: Column<ColdAudience['users'][number]>[] = [
    { key: 'user', heading: t('users.user'), grow: true, cell: ({ user }) => <bdi>{user}</bdi> },
    { key: 'score', heading: t('users.score'), align: 'right', cell: ({ score }) => format.score(score) },
  ]
  return (
    <Panel title={<RunMark id={run.id} name={run.name} />} flush>
      {answer.state === 'failed' && <Failure error={answer.error} onRetry={answer.retry} />}
      {columns.length === 0 && (
        <Text size="sm" p="sm">
          {t('cold.choose')}
        </Text>
      )}
      {answer.state === 'loading' && !answer.value && <Loading />}
      {columns.length > 0 && answer.value && (
        <DataTable
          label={t('cold.users', { name: run.name })}
          columns={shown}
          rows={answer.value.users}
          keyOf={({ user }) => user}
          maximumHeight={560}
          empty={answer.value.columns ? t('cold.nobody') : t('cold.older')}
        />
      )}
    </Panel>
  )
}
