import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { PartCounts, SplitCounts } from '../../../main/contract/records'
import { useFormat } from '../../locales/format'
import { useAnswer } from '../../state/engine'
import { cleanSteps, dataProblems, splitOf } from '../../state/experiment'
import { type Column, DataTable } from '../../widgets/data-table'
import { Failure } from '../../widgets/states'
import type { FormProps } from './form'

/** Milliseconds after the last change, so that typing does not count each digit. */
const delay = 400

type PartRow = PartCounts & { part: 'train' | 'validation' | 'test' }

/** The sizes of the parts under the form as it stands. */
export function SplitCountsView({ dataset, draft }: FormProps) {
  const { t } = useTranslation()
  const isWhole = dataProblems(draft).length === 0
  const input = { datasetId: dataset.id, clean: cleanSteps(draft), split: splitOf(draft, dataset) }
  const answer = useAnswer('splits.preview', isWhole ? input : null, delay)
  if (answer.state === 'failed') return <Failure error={answer.error} onRetry={answer.retry} />
  return (
    <div aria-busy={answer.state === 'loading'} aria-live="polite">
      {answer.value ? <Counts counts={answer.value} stale={answer.state === 'loading'} /> : null}
      {!answer.value && isWhole && (
        <Text size="sm" c="dimmed">
          {t('train.split.counting')}
        </Text>
      )}
    </div>
  )
}

function Counts({ counts, stale }: { counts: SplitCounts; stale: boolean }) {
  const { t } = useTranslation()
  const format = useFormat()
  const rows: PartRow[] = (['train', 'validation', 'test'] as const).flatMap((part) => {
    const found = counts[part]
    return found ? [{ part, ...found }] : []
  })
  const number = (key: keyof PartCounts): Column<PartRow> => ({
    key,
    heading: t(`data.${key}`),
    align: 'right',
    cell: (row) => format.count(row[key]),
  })
  const columns: Column<PartRow>[] = [
    { key: 'part', heading: t('train.split.part'), cell: ({ part }) => t(`train.split.parts.${part}`) },
    number('interactions'),
    number('users'),
    number('items'),
  ]
  const cleaned = counts.clean.at(-1)?.after
  return (
    <div style={{ opacity: stale ? 0.6 : 1 }}>
      <DataTable label={t('train.split.title')} columns={columns} rows={rows} keyOf={({ part }) => part} />
      <Text size="sm" c="dimmed" mt="xs">
        {cleaned && `${t('train.split.steps', written(cleaned, format.count))} `}
        {t('train.split.cold', {
          users: format.count(counts.coldUsers),
          items: format.count(counts.coldItems),
        })}
      </Text>
    </div>
  )
}

function written({ interactions, users, items }: PartCounts, count: (value: number) => string) {
  return { interactions: count(interactions), users: count(users), items: count(items) }
}
