import { ActionIcon, Button, Group, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import { useAction } from '../state/engine'
import { Dialog } from './dialog'
import { DeleteIcon } from './icons'

interface DeleteButtonProps {
  /** Names the thing: the button's label. */
  label: string
  question: string
  text: string
  onDelete(): Promise<void>
}

/** Deletes after a question. */
export function DeleteButton({ label, question, text, onDelete }: DeleteButtonProps) {
  const { t } = useTranslation()
  const [opened, dialog] = useDisclosure(false)
  const remove = useAction(async () => {
    await onDelete()
    dialog.close()
  })
  return (
    <>
      <ActionIcon aria-label={label} title={label} onClick={dialog.open}>
        <DeleteIcon size={14} />
      </ActionIcon>
      <Dialog opened={opened} onClose={dialog.close} title={question}>
        <Text size="sm">{text}</Text>
        <Group justify="flex-end" mt="lg" gap="sm">
          <Button variant="default" onClick={dialog.close} data-autofocus>
            {t('app.cancel')}
          </Button>
          <Button color="red.9" loading={remove.busy} onClick={() => remove.run()}>
            {t('app.delete')}
          </Button>
        </Group>
      </Dialog>
    </>
  )
}
