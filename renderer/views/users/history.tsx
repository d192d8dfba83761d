import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { HistoryItem, RunRecord } from '../../../main/contract/records'
import { useFormat } from '../../locales/format'
import { useAnswer } from '../../state/engine'
import { type Column, DataTable } from '../../widgets/data-table'
import { Panel } from '../../widgets/panel'
import { Failure, Loading } from '../../widgets/states'
import { ItemName } from './item-name'

/** What a user did, over time, as a run's data has it: after cleaning, with the part each interaction fell into. */
export function History({ run, user }: { run: RunRecord; user: string }) {
  const { t } = useTranslation()
  const answer = useAnswer('users.history', { runId: run.id, user })
  const count = answer.value?.length
  return (
    <Panel
      title={`${t('users.history')} · ${user}`}
      note={count !== undefined && t('users.historyCount', { count })}
      flush
    >
      {answer.state === 'failed' && <Failure error={answer.error} onRetry={answer.retry} />}
      {answer.state !== 'failed' && !answer.value && <Loading />}
      {answer.value && <HistoryTable history={answer.value} />}
    </Panel>
  )
}

function HistoryTable({ history }: { history: HistoryItem[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const columns: Column<HistoryItem>[] = [
    {
      key: 'item',
      heading: t('users.item'),
      grow: true,
      cell: ({ item, title }) => <ItemName item={item} title={title} />,
    },
    {
      key: 'value',
      heading: t('users.value'),
      align: 'right',
      cell: ({ value }) => format.value(value),
    },
    {
      key: 'date',
      heading: t('users.date'),
      align: 'right',
      cell: ({ timestamp }) => (timestamp === null ? '–' : format.date(timestamp)),
    },
    {
      key: 'part',
      heading: t('users.part'),
      cell: ({ part }) => (
        <Text span size="xs" c={part === 'train' || part === 'fold-in' ? 'dimmed' : 'var(--topn-warn)'}>
          {t(`users.parts.${part}`)}
        </Text>
      ),
    },
  ]
  return (
    <DataTable
      label={t('users.history')}
      columns={columns}
      rows={history}
      keyOf={(_, index) => String(index)}
      maximumHeight={420}
    />
  )
}
