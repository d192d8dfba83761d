import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FoundItem } from '../../../main/contract/sandbox'
import { useFormat } from '../../locales/format'
import { useAnswer } from '../../state/engine'
import { type Column, DataTable } from '../../widgets/data-table'
import { CheckIcon } from '../../widgets/icons'
import { Failure, Loading } from '../../widgets/states'
import { ItemName } from './item-name'
import styles from './users-screen.module.css'

const delay = 120

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
export function ItemSearch({ runId, label, isOpen = false, height = 200, ...choosing }: ItemSearchProps) {
  const { t } = useTranslation()
  const [query, setQuery] = useState('')
  const isAsked = isOpen || query.trim() !== ''
  const answer = useAnswer('items.search', isAsked ? { runId, query, limit: 50 } : null, query === '' ? 0 : delay)
  const columns = useColumns(choosing)
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
      {isAsked && (
        <div style={{ minHeight: height }}>
          {answer.state === 'failed' && <Failure error={answer.error} onRetry={answer.retry} />}
          {answer.state !== 'failed' && !answer.value && <Loading />}
          {answer.value && (
            <DataTable
              label={label}
              columns={columns}
              rows={answer.value}
              keyOf={({ item }) => item}
              maximumHeight={height}
              empty={t('map.nothingFound')}
            />
          )}
        </div>
      )}
    </>
  )
}

type Choosing = Pick<ItemSearchProps, 'actionOf' | 'onChoose' | 'taken'>

function useColumns({ actionOf, onChoose, taken }: Choosing): Column<FoundItem>[] {
  const { t } = useTranslation()
  const format = useFormat()
  return [
    {
      key: 'item',
      heading: t('users.item'),
      grow: true,
      cell: (item) => (
        <Found
          item={item}
          action={actionOf(item.title ?? item.item)}
          isTaken={taken?.has(item.item) ?? false}
          onChoose={() => onChoose(item)}
        />
      ),
    },
    { key: 'users', heading: t('data.users'), align: 'right', cell: ({ popularity }) => format.count(popularity) },
  ]
}

interface FoundProps {
  item: FoundItem
  action: string
  isTaken: boolean
  onChoose(): void
}

/** One button before and after it is chosen, so that it keeps the focus. */
function Found({ item, action, isTaken, onChoose }: FoundProps) {
  const { t } = useTranslation()
  return (
    <button
      type="button"
      className={styles.found}
      aria-label={isTaken ? undefined : action}
      aria-disabled={isTaken}
      title={isTaken ? t('whatIf.taken') : undefined}
      onClick={isTaken ? undefined : onChoose}
    >
      <ItemName item={item.item} title={item.title} />
      {isTaken && <CheckIcon size={13} />}
    </button>
  )
}
