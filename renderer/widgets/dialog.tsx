import { Group, Modal, type ModalRootProps } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

interface DialogProps extends Pick<ModalRootProps, 'opened' | 'onClose' | 'size'> {
  title: string
  children: ReactNode
}

/** A titled window over the screen; Escape or its button closes it. What it holds lives only while it is open. */
export function Dialog({ opened, onClose, size, title, children }: DialogProps) {
  const { t } = useTranslation()
  return (
    <Modal.Root
      opened={opened}
      onClose={onClose}
      centered
      radius="md"
      transitionProps={{ duration: 0 }}
      {...(size !== undefined && { size })}
    >
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body pt="md">
          <Group justify="space-between" gap="sm" wrap="nowrap" mb="md">
            <Modal.Title className="clipped" lh={1.4}>
              {title}
            </Modal.Title>
            <Modal.CloseButton aria-label={t('app.close')} />
          </Group>
          {children}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
