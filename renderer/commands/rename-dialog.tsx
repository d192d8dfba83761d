import { Button, Group, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useEngine } from '../state/engine'
import { Dialog } from '../widgets/dialog'
import type { Shown } from './command'
import { renameSelection } from './selection-steps'
import { changeRemark } from './steps'
import { renameStudy } from './study-steps'

type Renamed = Extract<Shown, { kind: 'rename' }>

const longestName = 200

/** Asks for a new name. */
export function RenameDialog({ renamed, onClose }: { renamed: Renamed | null; onClose(): void }) {
  const { t } = useTranslation()
  const title = renamed ? t('commands.rename', { name: renamed.record.name }) : ''
  return (
    <Dialog opened={renamed !== null} onClose={onClose} title={title}>
      {renamed && <Form renamed={renamed} onDone={onClose} />}
    </Dialog>
  )
}

function Form({ renamed, onDone }: { renamed: Renamed; onDone(): void }) {
  const { t } = useTranslation()
  const engine = useEngine()
  const [name, setName] = useState(renamed.record.name)
  const wanted = name.trim()
  const save = useAction(async () => {
    if (renamed.what === 'selection') await renameSelection(engine, renamed.record, wanted)
    else if (renamed.what === 'study') await renameStudy(engine, renamed.record, wanted)
    else await changeRemark(engine, renamed.what, renamed.record, 'name', wanted)
    onDone()
  })
  function submit(event: FormEvent) {
    event.preventDefault()
    if (wanted === renamed.record.name) onDone()
    else if (wanted !== '') save.run()
  }
  return (
    <form onSubmit={submit}>
      <TextInput
        label={t('commands.newName')}
        maxLength={longestName}
        data-autofocus
        value={name}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setName(event.currentTarget.value)}
      />
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
