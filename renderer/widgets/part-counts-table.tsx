import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { PartCounts, SplitCounts } from '../../main/contract/records'
import { type PartName, partNames, type SplitPicture } from '../../main/contract/split-preview'
import { useFormat } from '../locales/format'
import { type Column, DataTable } from './data-table'

type PartRow = PartCounts & { part: PartName }

interface PartCountsTableProps {
  counts: SplitCounts
  /** With it, from when to when each part reaches. */
  spans?: SplitPicture['spans']
}

/** The sizes of a split's parts, what cleaning left, and what is cold. */
export function PartCountsTable({ counts, spans }: PartCountsTableProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const rows: PartRow[] = partNames.flatMap((part) => {
    const found = part === 'fold-in' ? counts.foldIn : counts[part]
    return found ? [{ part, ...found }] : []
  })
  const time = (key: 'first' | 'last'): Column<PartRow> => ({
    key,
    heading: t(`split.${key}`),
    align: 'right',
    cell: ({ part }) => {
      const seconds = spans?.[part]?.[key]
      return seconds === undefined ? '–' : format.date(seconds)
    },
  })
  const number = (key: keyof PartCounts): Column<PartRow> => ({
    key,
    heading: t(`data.${key}`),
    align: 'right',
    cell: (row) => format.count(row[key]),
  })
  const columns: Column<PartRow>[] = [
    { key: 'part', heading: t('split.part'), cell: ({ part }) => t(`split.parts.${part}`) },
    number('interactions'),
    number('users'),
    number('items'),
    ...(spans?.train ? [time('first'), time('last')] : []),
  ]
  const cleaned = counts.clean.at(-1)?.after
  return (
    <>
      <DataTable label={t('split.title')} columns={columns} rows={rows} keyOf={({ part }) => part} />
      <Text size="sm" c="dimmed" mt="xs">
        {cleaned && `${t('split.steps', written(cleaned, format.count))} `}
        {t('split.cold', {
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
