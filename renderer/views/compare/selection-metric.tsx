import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { RunRecord } from '../../../main/contract/records'
import type { SelectionRecord } from '../../../main/contract/selections'
import { useFormat } from '../../locales/format'
import { useAnswer } from '../../state/engine'
import type { RunRow } from '../../state/leaderboard'
import { useSelectionInForce } from '../../state/selections'
import type { Column } from '../../widgets/data-table'
import styles from './leaderboard.module.css'

/** A metric over the users of the selection in force; null where none of the dataset's users is. */
export function useSelectionColumn(datasetId: string, key: string, title: string): Column<RunRow> | null {
  const { t } = useTranslation()
  const selection = useSelectionInForce()
  return useMemo(() => {
    if (selection?.of !== 'users' || selection.datasetId !== datasetId) return null
    return {
      key: `${key} on the selection`,
      heading: (
        <span className={`${styles.selection} clipped`} title={selection.name}>
          {t('selection.metrics', { metric: title, name: selection.name })}
        </span>
      ),
      align: 'right',
      // Of a series its runs tell.
      cell: ({ run, series }) => !series && <SelectionMetric run={run} selection={selection} metric={key} />,
    }
  }, [selection, datasetId, key, title, t])
}

interface SelectionMetricProps {
  run: RunRecord
  selection: SelectionRecord
  metric: string
}

/** Asked for when it is drawn, so that a long leaderboard asks for the runs in sight. */
function SelectionMetric({ run, selection, metric }: SelectionMetricProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const answer = useAnswer(
    'runs.metrics',
    run.state === 'done' && run.datasetId === selection.datasetId ? { runId: run.id, selectionId: selection.id } : null,
  )
  if (answer.state === 'failed') return <span title={answer.error.message}>–</span>
  const value = answer.value?.metrics[metric]
  if (!answer.value || value === undefined) return '–'
  return <span title={t('selection.judged', { count: answer.value.users })}>{format.decimal(value)}</span>
}
