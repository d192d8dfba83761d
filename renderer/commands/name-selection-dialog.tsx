import { Button, Group, SegmentedControl, Stack, Text, TextInput } from '@mantine/core'
import type { TFunction } from 'i18next'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Subject } from '../../main/contract/filters'
import { useAction, useAnswer, useEngine } from '../state/engine'
import { chooseListRuns } from '../state/list-runs'
import { navigate } from '../state/router'
import { useFilterText } from '../views/data/profile/filter-text'
import { Dialog } from '../widgets/dialog'
import type { FilteredMembers, ItemMembers, Shown, UserMembers } from './command'
import { createSelection } from './selection-steps'

type Naming = Extract<Shown, { kind: 'nameSelection' }>

const longestName = 200

/** Asks whether the users or the items of what is shown are meant, and for their name. */
export function NameSelectionDialog({ naming, onClose }: { naming: Naming | null; onClose(): void }) {
  const { t } = useTranslation()
  return (
    <Dialog opened={naming !== null} onClose={onClose} title={t('selection.nameTitle')}>
      {naming && <Form naming={naming} onDone={onClose} />}
    </Dialog>
  )
}

function Form({ naming, onDone }: { naming: Naming; onDone(): void }) {
  const { t } = useTranslation()
  const engine = useEngine()
  const [of, setOf] = useState<Subject>('users')
  const textOf = useFilterText()
  const { members, dataset } = naming
  const filtered = 'filters' in members ? members : null
  const listed = 'filters' in members ? null : members
  const [name, setName] = useState(
    (filtered?.filters.map(textOf).join(' · ') ?? listed?.name ?? '').slice(0, longestName),
  )
  const counts = useCounts(dataset.id, filtered)
  const wanted = name.trim()
  const save = useAction(async () => {
    const chosen = 'filters' in members ? { of, ...members } : listedMembers(members)
    await createSelection(engine, { datasetId: dataset.id, name: wanted, ...chosen })
    onDone()
    if ('runs' in members && members.runs) {
      chooseListRuns(members.runs)
      navigate('users', { first: 'yes' })
    }
  })
  function submit(event: FormEvent) {
    event.preventDefault()
    if (wanted !== '') save.run()
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        {filtered && (
          <SegmentedControl
            aria-label={t('selection.of')}
            data={(['users', 'items'] as const).map((subject) => ({
              value: subject,
              label: counts ? t(`selection.count.${subject}`, { count: counts[subject] }) : t(`data.${subject}`),
            }))}
            value={of}
            onChange={(subject) => setOf(subject as Subject)}
          />
        )}
        <TextInput
          label={t('selection.name')}
          maxLength={longestName}
          data-autofocus
          value={name}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Text size="sm" c="dimmed">
          {listed ? listedText(listed, t) : t('selection.filtersText')}
        </Text>
      </Stack>
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button variant="default" onClick={onDone}>
          {t('app.cancel')}
        </Button>
        <Button type="submit" disabled={wanted === ''} loading={save.busy}>
          {t('commands.save')}
        </Button>
      </Group>
    </form>
  )
}

function listedMembers(listed: UserMembers | ItemMembers): { of: Subject; ids: string[] } {
  return 'users' in listed ? { of: 'users', ids: listed.users } : { of: 'items', ids: listed.items }
}

function listedText(listed: UserMembers | ItemMembers, t: TFunction): string {
  return 'users' in listed
    ? t('selection.idsText', { count: listed.users.length })
    : t('segments.itemsText', { count: listed.items.length })
}

/** How many users and items the filters leave. */
function useCounts(datasetId: string, filtered: FilteredMembers | null): { users: number; items: number } | null {
  const input = filtered && { datasetId, ...filtered, parts: [] }
  return useAnswer('datasets.explore', input).value?.left ?? null
}
