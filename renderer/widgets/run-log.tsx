import { useTranslation } from 'react-i18next'
import type { LogLine, RunRecord } from '../../main/contract/records'
import { useFormat } from '../locales/format'
import { useSay } from '../locales/say'
import { useAnswer } from '../state/engine'
import { type Column, DataTable } from './data-table'
import { Failure, Loading } from './states'

/** What happened to a run, in order; read again when its state changes. */
export function RunLog({ run }: { run: Pick<RunRecord, 'id' | 'name' | 'state'> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const say = useSay()
  const answer = useAnswer('runs.log', { runId: run.id }, 0, run.state)
  const columns: Column<LogLine>[] = [
    {
      key: 'time',
      heading: t('run.logTime'),
      cell: ({ time }) => <span className="number">{format.clock(time)}</span>,
    },
    {
      key: 'text',
      heading: t('run.logText'),
      grow: true,
      cell: ({ text }) => <span className="data">{say(text)}</span>,
    },
  ]
  if (answer.state === 'failed') return <Failure error={answer.error} onRetry={answer.retry} />
  if (!answer.value) return <Loading />
  return (
    <DataTable
      label={t('run.logOf', { name: run.name })}
      columns={columns}
      rows={answer.value}
      keyOf={(_, index) => String(index)}
      maximumHeight={260}
      empty={t('run.noLog')}
    />
  )
}
