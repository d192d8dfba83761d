import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FoundItem } from '../../../main/contract/sandbox'
import { useFormat } from '../../locales/format'
import { useAnswer } from '../../state/engine'
import { type Column, DataTable } from '../../widgets/data-table'
import { ItemName } from './item-name'
import styles from './users-screen.module.css'

const delay = 120

/** Finds items by title or id, the most popular first. */
export function ItemSearch({ runId, onAdd }: { runId: string; onAdd(item: FoundItem): void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const [query, setQuery] = useState('')
  const found = useAnswer('items.search', { runId, query, limit: 50 }, query === '' ? 0 : delay).value ?? []
  const columns: Column<FoundItem>[] = [
    {
      key: 'item',
      heading: t('users.item'),
      grow: true,
      cell: (item) => (
        <button
          type="button"
          className={styles.found}
          aria-label={t('whatIf.addItem', { item: item.title ?? item.item })}
          onClick={() => onAdd(item)}
        >
          <ItemName item={item.item} title={item.title} />
        </button>
      ),
    },
    { key: 'users', heading: t('data.users'), align: 'right', cell: ({ popularity }) => format.count(popularity) },
  ]
  return (
    <>
      <TextInput
        label={t('whatIf.add')}
        placeholder={t('whatIf.addHint')}
        type="search"
        mb="xs"
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
      />
      <DataTable
        label={t('whatIf.add')}
        columns={columns}
        rows={found}
        keyOf={({ item }) => item}
        maximumHeight={200}
      />
    </>
  )
}
