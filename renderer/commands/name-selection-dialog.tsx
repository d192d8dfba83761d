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
  const [of, setOf] = useState<Subject>('users')
  const { members, dataset } = naming
  const [name, setName] = useState(useProposedName(naming))
  const wanted = name.trim()
  const save = useSave(naming, onDone)
  function submit(event: FormEvent) {
    event.preventDefault()
    if (wanted !== '') save.run(wanted, of)
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        {'filters' in members && <SideChoice datasetId={dataset.id} filtered={members} of={of} onChange={setOf} />}
        <TextInput
          label={t('selection.name')}
          maxLength={longestName}
          data-autofocus
          value={name}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Text size="sm" c="dimmed">
          {'filters' in members ? t('selection.filtersText') : listedText(members, t)}
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

function useProposedName({ members }: Naming): string {
  const textOf = useFilterText()
  const name = 'filters' in members ? members.filters.map(textOf).join(' · ') : (members.name ?? '')
  return name.slice(0, longestName)
}

/** Makes the selection; the lists of runs that it came from are shown for it. */
function useSave({ members, dataset }: Naming, onDone: () => void) {
  const engine = useEngine()
  return useAction(async (name: string, of: Subject) => {
    const chosen = 'filters' in members ? { of, ...members } : listedMembers(members)
    await createSelection(engine, { datasetId: dataset.id, name, ...chosen })
    onDone()
    if ('runs' in members && members.runs) {
      chooseListRuns(members.runs)
      navigate('users', { first: 'yes' })
    }
  })
}

interface SideChoiceProps {
  datasetId: string
  filtered: FilteredMembers
  of: Subject
  onChange(of: Subject): void
}

/** Users or items, and how many of either the filters leave. */
function SideChoice({ datasetId, filtered, of, onChange }: SideChoiceProps) {
  const { t } = useTranslation()
  const counts = useAnswer('datasets.explore', { datasetId, ...filtered, parts: [] }).value?.left
  return (
    <SegmentedControl
      aria-label={t('selection.of')}
      data={(['users', 'items'] as const).map((subject) => ({
        value: subject,
        label: counts ? t(`selection.count.${subject}`, { count: counts[subject] }) : t(`data.${subject}`),
      }))}
      value={of}
      onChange={(subject) => onChange(subject as Subject)}
    />
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
