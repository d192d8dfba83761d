import { Button, Group, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { host } from '../../../api'
import { useAction } from '../../../state/engine'
import { Dialog } from '../../../widgets/dialog'
import { FolderList } from '../../../widgets/folder-list'

interface FolderFieldProps {
  label: string
  description: string
  path: string
  onType(path: string): void
  onChoose(path: string): void
}

/** A folder: typed, or chosen by the system's dialog or, in a browser, from the machine's folders. */
export function FolderField({ label, description, path, onType, onChoose }: FolderFieldProps) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  const choose = useAction(async () => {
    if (!host.chooseFolder) return setOpened(true)
    const folder = await host.chooseFolder()
    if (folder) onChoose(folder)
  })
  return (
    <>
      <TextInput
        label={label}
        description={description}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={path}
        onChange={({ currentTarget }) => onType(currentTarget.value)}
      />
      <Button
        variant="default"
        mt="xs"
        aria-label={`${t('workspace.choose')} ${label}`}
        loading={choose.busy}
        onClick={() => choose.run()}
      >
        {t('workspace.choose')}
      </Button>
      <Dialog opened={opened} onClose={() => setOpened(false)} title={label}>
        <ChooseFolder
          onCancel={() => setOpened(false)}
          onChoose={(folder) => {
            setOpened(false)
            onChoose(folder)
          }}
        />
      </Dialog>
    </>
  )
}

function ChooseFolder({ onCancel, onChoose }: { onCancel(): void; onChoose(path: string): void }) {
  const { t } = useTranslation()
  const [folder, setFolder] = useState<string | null>(null)
  return (
    <>
      <FolderList path={folder} onChoose={setFolder} />
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button variant="default" onClick={onCancel}>
          {t('app.cancel')}
        </Button>
        <Button disabled={folder === null} onClick={() => folder !== null && onChoose(folder)}>
          {t('features.useFolder')}
        </Button>
      </Group>
    </>
  )
}
