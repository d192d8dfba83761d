import { Checkbox, TextInput, UnstyledButton } from '@mantine/core'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PlainError } from '../../../main/contract/errors'
import type { DatasetRecord, UserSummary } from '../../../main/contract/records'
import type { SelectionRecord } from '../../../main/contract/selections'
import { useFormat } from '../../locales/format'
import { usePages } from '../../state/pages'
import { consumeQuery, useRoute } from '../../state/router'
import { useSelectionInForce } from '../../state/selections'
import { moveAmongCells } from '../../widgets/cell-keys'
import { type Column, DataTable } from '../../widgets/data-table'
import { Panel } from '../../widgets/panel'
import { Failure, Loading } from '../../widgets/states'
import styles from './users-screen.module.css'

const delay = 200
/** Of what is found, in pixels. */
const height = 250

interface UserSearchProps {
  dataset: DatasetRecord
  user: string | null
  onChoose(user: string): void
}

/** Finds users by a part of their id, those of the selection in force or all; without one it lists the most active. */
export function UserSearch({ dataset, user, onChoose }: UserSearchProps) {
  const { t } = useTranslation()
  const [query, setQuery] = useState('')
  const [beyond, setBeyond] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  useFocusOfAddress(field)
  const inForce = useSelectionInForce()
  const selection = inForce?.of === 'users' && inForce.datasetId === dataset.id ? inForce : null
  const choice = { query, user, onChoose }
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
      {selection && (
        <Checkbox
          mb="sm"
          label={t('selection.onlyMembers', { name: selection.name })}
          checked={!beyond}
          onChange={(event) => setBeyond(!event.currentTarget.checked)}
        />
      )}
      {selection && !beyond ? (
        <SelectedUsers selection={selection} {...choice} />
      ) : (
        <AllUsers dataset={dataset} {...choice} />
      )}
    </Panel>
  )
}

interface Choice {
  query: string
  user: string | null
  onChoose(user: string): void
}

function AllUsers({ dataset, ...choice }: Choice & { dataset: DatasetRecord }) {
  const pages = usePages('users.search', { datasetId: dataset.id, query: choice.query }, delayOf(choice.query))
  return <FoundUsers {...choice} {...pages} />
}

function SelectedUsers({ selection, ...choice }: Choice & { selection: SelectionRecord }) {
  const input = { selectionId: selection.id, query: choice.query }
  const { rows, ...pages } = usePages('selections.members', input, delayOf(choice.query))
  const users = rows?.map(({ id, interactions }) => ({ user: id, interactions })) ?? null
  return <FoundUsers {...choice} {...pages} rows={users} />
}

function delayOf(query: string): number {
  return query === '' ? 0 : delay
}

interface FoundUsersProps extends Choice {
  rows: readonly UserSummary[] | null
  error: PlainError | null
  more(): void
  retry(): void
}

/** As high while it looks, and however many are found. */
function FoundUsers({ rows, error, more, retry, user, onChoose }: FoundUsersProps) {
  const { t } = useTranslation()
  const columns = useColumns(onChoose)
  useFirstOfAddress(rows, onChoose)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows go from user to user within
    <div onKeyDown={(event) => moveAmongCells(event)?.click()} style={{ minHeight: height }}>
      {error && <Failure error={error} onRetry={retry} />}
      {!error && !rows && <Loading />}
      {!error && rows && (
        <DataTable
          label={t('users.found')}
          columns={columns}
          rows={rows}
          keyOf={(found) => found.user}
          isCurrent={(found) => found.user === user}
          maximumHeight={height}
          empty={t('users.nobody')}
          onEnd={more}
        />
      )}
    </div>
  )
}

function useColumns(onChoose: (user: string) => void): Column<UserSummary>[] {
  const { t } = useTranslation()
  const format = useFormat()
  return [
    {
      key: 'user',
      heading: t('users.user'),
      grow: true,
      cell: (found) => (
        <UnstyledButton
          data-cell="user"
          className={styles.userId}
          onClick={() => onChoose(found.user)}
          title={found.user}
        >
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
}

/** Chooses the first user that is found where the address asks for it, once. */
function useFirstOfAddress(rows: readonly UserSummary[] | null, onChoose: (user: string) => void) {
  const isAsked = useRoute().query.has('first')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address asks, and the rows answer
  useEffect(() => {
    if (!isAsked || !rows) return
    consumeQuery('first')
    if (rows.length > 0) onChoose(rows[0].user)
  }, [isAsked, rows])
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
