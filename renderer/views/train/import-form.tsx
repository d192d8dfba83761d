import { Button, Group, SegmentedControl, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Elsewhere } from '../../../main/contract/elsewhere'
import { useAction, useEngine } from '../../state/engine'
import { importRequest } from '../../state/experiment'
import { useWorkbench } from '../../state/workbench'
import { FilePicker } from '../../widgets/file-picker'
import type { FormProps } from './form'

const kinds = ['lists', 'vectors'] as const
type Kind = (typeof kinds)[number]
const places = { lists: ['file'], vectors: ['users', 'items', 'userIds', 'itemIds'] } as const
type Place = (typeof places)[Kind][number]
/** A path, and what the file is called. */
type Picked = Partial<Record<Place, { path: string; name: string }>>

/** Lists, or vectors of users and items, from files. */
export function ImportForm({ dataset, draft, onDone }: FormProps & { onDone(): void }) {
  const { t } = useTranslation()
  const engine = useEngine()
  const models = useWorkbench((state) => state.models)
  const [kind, setKind] = useState<Kind>('lists')
  const [picked, setPicked] = useState<Picked>({})
  const from = elsewhereOf(kind, picked)
  const bring = useAction(async (source: Elsewhere) => {
    const name = (picked.file ?? picked.users)?.name
    await engine.call('runs.import', { ...importRequest(draft, dataset, models, source), ...(name && { name }) })
    onDone()
  })
  const pick = (place: Place) => (path: string, name?: string) =>
    setPicked((before) => ({ ...before, [place]: { path, name: name ?? path.split(/[\\/]/).at(-1) ?? path } }))
  const change = (value: string) => {
    setKind(value === 'vectors' ? 'vectors' : 'lists')
    setPicked({})
  }
  return (
    <Stack gap="md">
      <SegmentedControl
        aria-label={t('elsewhere.title')}
        data={kinds.map((value) => ({ value, label: t(`elsewhere.kinds.${value}.name`) }))}
        value={kind}
        onChange={change}
      />
      <Text size="sm" c="dimmed">
        {t(`elsewhere.kinds.${kind}.text`)}
      </Text>
      {places[kind].map((place) => (
        <Group key={place} gap="sm">
          <FilePicker label={t(`elsewhere.files.${place}`)} variant="default" onPicked={pick(place)} />
          {picked[place] && <span className="data">{picked[place].name}</span>}
        </Group>
      ))}
      <Group justify="flex-end">
        <Button disabled={from === null} loading={bring.busy} onClick={() => from && bring.run(from)}>
          {t('elsewhere.judge')}
        </Button>
      </Group>
    </Stack>
  )
}

/** Null until enough is chosen; one file may have users and items. */
function elsewhereOf(kind: Kind, { file, users, items, userIds, itemIds }: Picked): Elsewhere | null {
  if (kind === 'lists') return file ? { kind, file: file.path } : null
  const [ofUsers, ofItems] = [users ?? items, items ?? users]
  if (!ofUsers || !ofItems) return null
  return {
    kind,
    users: ofUsers.path,
    items: ofItems.path,
    userIds: userIds?.path ?? null,
    itemIds: itemIds?.path ?? null,
  }
}
