import { Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Split } from '../../main/contract/experiment'
import type { PartCounts, SplitCounts } from '../../main/contract/records'
import { type PartName, partNames, type SplitPicture } from '../../main/contract/split-preview'
import { useFormat } from '../locales/format'
import { type Column, DataTable } from './data-table'

type PartRow = { part: PartName } & (PartCounts | Record<keyof PartCounts, null>)

interface PartCountsTableProps {
  counts: SplitCounts
  /** With it, from when to when each part reaches. */
  spans?: SplitPicture['spans']
}

/** The sizes of a split's parts, what cleaning left, and what is cold. */
export function PartCountsTable({ counts, spans }: PartCountsTableProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const rows = partNames.flatMap((part): PartRow[] => {
    const found = part === 'fold-in' ? counts.foldIn : counts[part]
    return found ? [{ part, ...found }] : []
  })
  const cleaned = counts.clean.at(-1)?.after
  return (
    <Counted rows={rows} spans={spans}>
      {cleaned && `${t('split.steps', written(cleaned, format.count))} `}
      {t('split.cold', {
        users: format.count(counts.coldUsers),
        items: format.count(counts.coldItems),
      })}
    </Counted>
  )
}

/** The same before the counts are there: as high as it will be, so that what is below stays where it is. */
export function AwaitedPartCounts({ split }: { split: Split | null }) {
  const { t } = useTranslation()
  const unknown = { interactions: null, users: null, items: null }
  const parts = partNames.filter(
    (part) =>
      part === 'train' ||
      part === 'test' ||
      (part === 'validation' ? split?.validation !== undefined : split?.strategy === 'user-holdout'),
  )
  return <Counted rows={parts.map((part) => ({ part, ...unknown }))}>{t('split.counting')}</Counted>
}

interface CountedProps {
  rows: PartRow[]
  spans?: SplitPicture['spans'] | undefined
  /** Below the table. */
  children: ReactNode
}

function Counted({ rows, spans, children }: CountedProps) {
  const { t } = useTranslation()
  const format = useFormat()
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
    cell: ({ [key]: count }) => (count === null ? '–' : format.count(count)),
  })
  const columns: Column<PartRow>[] = [
    { key: 'part', heading: t('split.part'), cell: ({ part }) => t(`split.parts.${part}`) },
    number('interactions'),
    number('users'),
    number('items'),
    ...(spans?.train ? [time('first'), time('last')] : []),
  ]
  return (
    <>
      <DataTable label={t('split.title')} columns={columns} rows={rows} keyOf={({ part }) => part} />
      <Text size="sm" c="dimmed" mt="xs">
        {children}
      </Text>
    </>
  )
}

function written({ interactions, users, items }: PartCounts, count: (value: number) => string) {
  return { interactions: count(interactions), users: count(users), items: count(items) }
}
