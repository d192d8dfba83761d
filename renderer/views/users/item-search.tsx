import { Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FoundItem } from '../../../main/contract/sandbox'
import { useFormat } from '../../locales/format'
import { useAnswer } from '../../state/engine'
import { type Column, DataTable } from '../../widgets/data-table'
import { CheckIcon } from '../../widgets/icons'
import { ItemName } from './item-name'
import styles from './users-screen.module.css'

const delay = 120
const none: ReadonlySet<string> = new Set()

interface ItemSearchProps {
  runId: string
  label: string
  /** What choosing an item does, with its name. */
  actionOf(name: string): string
  onChoose(item: FoundItem): void
  /** Items that cannot be chosen again. */
  taken?: ReadonlySet<string>
  /** Shows the most popular items before anything is looked for. */
  isOpen?: boolean
  /** Of what is found, in pixels. */
  height?: number
}

/** Finds items by title or id, the most popular first. */
export function ItemSearch({
  runId,
  label,
  actionOf,
  onChoose,
  taken = none,
  isOpen = false,
  height = 200,
}: ItemSearchProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const [query, setQuery] = useState('')
  const isAsked = isOpen || query.trim() !== ''
  const answer = useAnswer('items.search', isAsked ? { runId, query, limit: 50 } : null, query === '' ? 0 : delay)
  const columns: Column<FoundItem>[] = [
    {
      key: 'item',
      heading: t('users.item'),
      grow: true,
      cell: (item) => {
        const name = <ItemName item={item.item} title={item.title} />
        if (taken.has(item.item)) {
          return (
            <Text span size="sm" c="dimmed" className={styles.taken} title={t('whatIf.taken')}>
              {name} <CheckIcon size={13} />
            </Text>
          )
        }
        return (
          <button
            type="button"
            className={styles.found}
            aria-label={actionOf(item.title ?? item.item)}
            onClick={() => onChoose(item)}
          >
            {name}
          </button>
        )
      },
    },
    { key: 'users', heading: t('data.users'), align: 'right', cell: ({ popularity }) => format.count(popularity) },
  ]
  return (
    <>
      <TextInput
        label={label}
        placeholder={t('whatIf.addHint')}
        type="search"
        mb="xs"
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
      />
      {isAsked && answer.value && (
        <DataTable
          label={label}
          columns={columns}
          rows={answer.value}
          keyOf={({ item }) => item}
          maximumHeight={height}
          empty={t('map.nothingFound')}
        />
      )}
    </>
  )
}
