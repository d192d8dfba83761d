import { Button, Group, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useEngine } from '../state/engine'
import { Dialog } from '../widgets/dialog'

/** Asks for the folder of another workspace. */
export function WorkspaceDialog({ opened, onClose }: { opened: boolean; onClose(): void }) {
  const { t } = useTranslation()
  return (
    <Dialog opened={opened} onClose={onClose} title={t('commands.workspaceTitle')}>
      <Form onDone={onClose} />
    </Dialog>
  )
}

function Form({ onDone }: { onDone(): void }) {
  const { t } = useTranslation()
  const engine = useEngine()
  const [path, setPath] = useState('')
  const open = useAction(async () => {
    await engine.call('workspace.open', { path: path.trim() })
    onDone()
  })
  function submit(event: FormEvent) {
    event.preventDefault()
    if (path.trim() !== '') open.run()
  }
  return (
    <form onSubmit={submit}>
      <TextInput
        label={t('commands.workspacePath')}
        description={t('commands.workspacePathHelp')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        data-autofocus
        spellCheck={false}
        value={path}
        onChange={(event) => setPath(event.currentTarget.value)}
      />
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button variant="default" onClick={onDone}>
          {t('app.cancel')}
        </Button>
        <Button type="submit" disabled={path.trim() === ''} loading={open.busy}>
          {t('commands.workspaceOpen')}
        </Button>
      </Group>
    </form>
  )
}
