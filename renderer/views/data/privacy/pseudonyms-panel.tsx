import { Button, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DatasetRecord } from '../../../../main/contract/records'
import { useFormat } from '../../../locales/format'
import { useAction, useAnswer, useEngine } from '../../../state/engine'
import { Dialog } from '../../../widgets/dialog'
import { Panel } from '../../../widgets/panel'
import { Failure } from '../../../widgets/states'

/** Whether the dataset's ids are pseudonyms, and the key that they were made with. */
export function PseudonymsPanel({ dataset }: { dataset: DatasetRecord }) {
  const { t } = useTranslation()
  const format = useFormat()
  const key = useAnswer('privacy.key', {})
  const [isAsking, ask] = useState(false)
  const of = dataset.source.pseudonymise ?? []
  const state = of.length === 2 ? 'both' : (of[0] ?? 'none')
  const createdAt = key.value?.createdAt ?? null
  return (
    <Panel title={t('privacy.pseudonyms')}>
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{t(`privacy.ids.${state}`)}</Text>
        {key.state === 'failed' && <Failure error={key.error} onRetry={key.retry} />}
        {key.value && (
          <Group gap="md">
            <Text size="sm" c="dimmed">
              {createdAt ? t('privacy.key', { date: format.moment(createdAt) }) : t('privacy.noKey')}
            </Text>
            {createdAt && (
              <Button variant="default" onClick={() => ask(true)}>
                {t('privacy.destroy')}
              </Button>
            )}
          </Group>
        )}
      </Stack>
      <DestroyDialog
        opened={isAsking}
        onClose={() => ask(false)}
        onDone={() => {
          ask(false)
          key.retry()
        }}
      />
    </Panel>
  )
}

interface DestroyDialogProps {
  opened: boolean
  onClose(): void
  onDone(): void
}

/** The one thing that no undo brings back, so it is asked for first. */
function DestroyDialog({ opened, onClose, onDone }: DestroyDialogProps) {
  const { t } = useTranslation()
  const engine = useEngine()
  const destroy = useAction(async () => {
    await engine.call('privacy.destroyKey', {})
    onDone()
  })
  return (
    <Dialog opened={opened} onClose={onClose} title={t('privacy.destroyTitle')}>
      <Stack gap="md">
        <Text size="sm">{t('privacy.destroyText')}</Text>
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('app.cancel')}
          </Button>
          <Button color="red" loading={destroy.busy} onClick={() => destroy.run()}>
            {t('privacy.destroy')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  )
}
