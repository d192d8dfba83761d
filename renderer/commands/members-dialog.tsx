import { Button, Group, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SelectionMember, SelectionRecord } from '../../main/contract/selections'
import { useFormat } from '../locales/format'
import { usePages } from '../state/pages'
import { ItemName } from '../views/users/item-name'
import { type Column, DataTable } from '../widgets/data-table'
import { Dialog } from '../widgets/dialog'
import { Failure, Loading } from '../widgets/states'
import { show } from './state'

interface MembersDialogProps {
  selection: SelectionRecord | null
  onClose(): void
}

/** The users or items of a selection. */
export function MembersDialog({ selection, onClose }: MembersDialogProps) {
  return (
    <Dialog opened={selection !== null} onClose={onClose} size="44rem" title={selection?.name ?? ''}>
      {selection && <Members key={selection.id} selection={selection} />}
    </Dialog>
  )
}

const delay = 200

function Members({ selection }: { selection: SelectionRecord }) {
  const { t } = useTranslation()
  const [query, setQuery] = useState('')
  const input = { selectionId: selection.id, query }
  const { rows, error, more, retry } = usePages('selections.members', input, query === '' ? 0 : delay)
  return (
    <>
      <Group gap="sm" align="flex-end" mb="sm" wrap="nowrap">
        <TextInput
          flex={1}
          label={t('selection.search')}
          type="search"
          data-autofocus
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
        />
        <Button variant="default" onClick={() => show({ kind: 'export', selection })}>
          {t('exports.open')}
        </Button>
      </Group>
      {error && <Failure error={error} onRetry={retry} />}
      {!error && !rows && <Loading />}
      {rows && <MembersTable selection={selection} members={rows} onEnd={more} />}
    </>
  )
}

interface MembersTableProps {
  selection: SelectionRecord
  members: readonly SelectionMember[]
  onEnd(): void
}

function MembersTable({ selection, members, onEnd }: MembersTableProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const columns: Column<SelectionMember>[] = [
    {
      key: 'id',
      heading: selection.of === 'users' ? t('users.user') : t('users.item'),
      grow: true,
      cell: ({ id, title }) => <ItemName item={id} title={title} />,
    },
    {
      key: 'interactions',
      heading: t('data.interactions'),
      align: 'right',
      cell: ({ interactions }) => format.count(interactions),
    },
  ]
  return (
    <DataTable
      label={t('selection.members', { name: selection.name })}
      columns={columns}
      rows={members}
      keyOf={({ id }) => id}
      maximumHeight={440}
      empty={t('selection.nobody')}
      onEnd={onEnd}
    />
  )
}
