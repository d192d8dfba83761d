import { Button, Group, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { host } from '../api'
import { useAction, useEngine } from '../state/engine'
import { openWorkspace } from '../state/switch-workspace'
import { Dialog } from '../widgets/dialog'
import { FolderList } from '../widgets/folder-list'

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
  const [folder, setFolder] = useState<string | null>(null)
  function enter(folder: string | null) {
    setFolder(folder)
    setPath(folder ?? '')
  }
  const open = useAction(async () => {
    await openWorkspace(engine, path.trim())
    onDone()
  })
  const choose = useAction(async () => setPath((await host.chooseFolder?.()) ?? path))
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
        mb="md"
      />
      {host.chooseFolder ? (
        <Button variant="default" loading={choose.busy} onClick={() => choose.run()}>
          {t('workspace.choose')}
        </Button>
      ) : (
        <Stack gap="sm">
          <FolderList path={folder} onChoose={enter} />
        </Stack>
      )}
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
