import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import type { DatasetRecord } from '../../../main/contract/records'
import { Dialog } from '../../widgets/dialog'
import { PlanView } from './plan-view'

/** Proposes what to train on a dataset, with reasons and costs, and starts it. */
export function GoodDefaults({ dataset }: { dataset: DatasetRecord }) {
  const { t } = useTranslation()
  const [opened, dialog] = useDisclosure(false)
  return (
    <>
      <Button variant="light" onClick={dialog.open}>
        {t('plan.open')}
      </Button>
      <PlanDialog dataset={dataset} opened={opened} onClose={dialog.close} />
    </>
  )
}

interface PlanDialogProps {
  dataset: DatasetRecord
  opened: boolean
  onClose(): void
}

export function PlanDialog({ dataset, opened, onClose }: PlanDialogProps) {
  const { t } = useTranslation()
  return (
    <Dialog opened={opened} onClose={onClose} size="lg" title={t('plan.title', { name: dataset.name })}>
      {opened && <PlanView dataset={dataset} onDone={onClose} />}
    </Dialog>
  )
}
