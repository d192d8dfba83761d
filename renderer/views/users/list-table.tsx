import { Text, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ShownItem } from '../../../main/contract/sandbox'
import { useFormat } from '../../locales/format'
import { type Move, movesOf } from '../../state/shown-lists'
import { type Column, DataTable } from '../../widgets/data-table'
import { CheckIcon } from '../../widgets/icons'
import { ItemLink } from './item-name'
import styles from './users-screen.module.css'

interface ListTableProps {
  label: string
  list: ShownItem[]
  /** What places are compared with, and what that is called; null: with nothing. */
  against: { list: readonly ShownItem[]; heading: string } | null
  onWhy: ((item: ShownItem) => void) | null
}

/** A run's list: rows of one height, so that lists beside one another stand aligned. */
export function ListTable({ label, list, against, onWhy }: ListTableProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const moves = movesOf(list, against?.list ?? null)
  const columns: Column<ShownItem>[] = [
    { key: 'rank', heading: t('users.rank'), align: 'right', cell: ({ rank }) => rank },
    { key: 'item', heading: t('users.item'), grow: true, cell: (item) => <Described {...item} /> },
    { key: 'score', heading: t('users.score'), align: 'right', cell: ({ score }) => format.score(score) },
    { key: 'hit', heading: t('users.hitHeading'), cell: ({ hit }) => hit && <Hit /> },
  ]
  if (against) {
    columns.push({
      key: 'move',
      heading: <span title={against.heading}>{'±'}</span>,
      align: 'right',
      cell: ({ item }) => <Moved move={moves.get(item) ?? null} />,
    })
  }
  if (onWhy) {
    const heading = <VisuallyHidden>{t('lists.why')}</VisuallyHidden>
    columns.push({ key: 'why', heading, cell: (item) => <WhyButton item={item} onWhy={onWhy} /> })
  }
  return (
    <DataTable
      label={label}
      columns={columns}
      rows={list}
      keyOf={({ item }) => item}
      maximumHeight={1120}
      empty={t('users.emptyList')}
    />
  )
}

/** The title, and the categories below it; the way to the item's page. */
function Described({ item, title, categories }: ShownItem) {
  return (
    <div className={styles.described}>
      <ItemLink item={item} title={title} />
      <Text size="xs" c="dimmed" truncate title={categories.join(', ')}>
        {categories.join(', ')}
      </Text>
    </div>
  )
}

function Hit() {
  const { t } = useTranslation()
  return (
    <span className={styles.hit} title={t('users.hit')}>
      <CheckIcon size={15} />
      <VisuallyHidden>{t('users.hit')}</VisuallyHidden>
    </span>
  )
}

function Moved({ move }: { move: Move }) {
  const { t } = useTranslation()
  if (move === null || move === 0) return null
  if (move === 'new') {
    return (
      <Text span size="xs" c="var(--mantine-color-anchor)">
        {t('lists.isNew')}
      </Text>
    )
  }
  const count = Math.abs(move)
  return (
    <Text span size="xs" c="dimmed" title={move > 0 ? t('lists.rose', { count }) : t('lists.fell', { count })}>
      {move > 0 ? `↑${count}` : `↓${count}`}
    </Text>
  )
}

function WhyButton({ item, onWhy }: { item: ShownItem; onWhy(item: ShownItem): void }) {
  const { t } = useTranslation()
  return (
    <UnstyledButton
      className={styles.why}
      aria-label={t('lists.whyItem', { item: item.title ?? item.item })}
      onClick={() => onWhy(item)}
    >
      {t('lists.why')}
    </UnstyledButton>
  )
}
