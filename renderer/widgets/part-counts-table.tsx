import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { PartCounts, SplitCounts } from '../../main/contract/records'
import { useFormat } from '../locales/format'
import { type Column, DataTable } from './data-table'

type PartRow = PartCounts & { part: 'train' | 'validation' | 'test' }

/** The sizes of a split's parts, what cleaning left, and what is cold. */
export function PartCountsTable({ counts }: { counts: SplitCounts }) {
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
    <>
      <DataTable label={t('train.split.title')} columns={columns} rows={rows} keyOf={({ part }) => part} />
      <Text size="sm" c="dimmed" mt="xs">
        {cleaned && `${t('train.split.steps', written(cleaned, format.count))} `}
        {t('train.split.cold', {
          users: format.count(counts.coldUsers),
          items: format.count(counts.coldItems),
        })}
      </Text>
    </>
  )
}

function written({ interactions, users, items }: PartCounts, count: (value: number) => string) {
  return { interactions: count(interactions), users: count(users), items: count(items) }
}
