import { TextInput, UnstyledButton } from '@mantine/core'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DatasetRecord, UserSummary } from '../../../main/contract/records'
import { useFormat } from '../../locales/format'
import { usePages } from '../../state/pages'
import { consumeQuery, useRoute } from '../../state/router'
import { type Column, DataTable } from '../../widgets/data-table'
import { Panel } from '../../widgets/panel'
import { Failure, Loading } from '../../widgets/states'
import styles from './users-screen.module.css'

const delay = 200

interface UserSearchProps {
  dataset: DatasetRecord
  user: string | null
  onChoose(user: string): void
}

/** Finds users by a part of their id; without one it lists the most active. */
export function UserSearch({ dataset, user, onChoose }: UserSearchProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const [query, setQuery] = useState('')
  const field = useRef<HTMLInputElement>(null)
  useFocusOfAddress(field)
  const { rows, error, more, retry } = usePages(
    'users.search',
    { datasetId: dataset.id, query },
    query === '' ? 0 : delay,
  )
  const columns: Column<UserSummary>[] = [
    {
      key: 'user',
      heading: t('users.user'),
      grow: true,
      cell: (found) => (
        <UnstyledButton className={styles.userId} onClick={() => onChoose(found.user)} title={found.user}>
          <bdi>{found.user}</bdi>
        </UnstyledButton>
      ),
    },
    {
      key: 'interactions',
      heading: t('users.interactions'),
      align: 'right',
      cell: ({ interactions }) => format.count(interactions),
    },
  ]
  return (
    <Panel title={t('users.found')} note={query === '' ? t('users.mostActive') : t('users.matching')}>
      <TextInput
        ref={field}
        label={t('users.search')}
        placeholder={t('users.searchHint')}
        type="search"
        mb="sm"
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
      />
      {error && <Failure error={error} onRetry={retry} />}
      {!error && !rows && <Loading />}
      {rows && (
        <DataTable
          label={t('users.found')}
          columns={columns}
          rows={rows}
          keyOf={(found) => found.user}
          isCurrent={(found) => found.user === user}
          maximumHeight={250}
          empty={t('users.nobody')}
          onEnd={more}
        />
      )}
    </Panel>
  )
}

/** Puts the cursor into the field where the address asks for it, once. */
function useFocusOfAddress(field: RefObject<HTMLInputElement | null>) {
  const isAsked = useRoute().query.has('find')
  useEffect(() => {
    if (!isAsked) return
    consumeQuery('find')
    field.current?.focus()
    field.current?.select()
  }, [isAsked, field])
}
