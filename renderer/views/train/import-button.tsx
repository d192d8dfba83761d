import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import { importProblems } from '../../state/experiment'
import { useWorkbench } from '../../state/workbench'
import { Dialog } from '../../widgets/dialog'
import type { FormProps } from './form'
import { ImportForm } from './import-form'

/** Brings in what another program made, judged as the form says. */
export function ImportButton(form: FormProps) {
  const { t } = useTranslation()
  const models = useWorkbench((state) => state.models)
  const [opened, dialog] = useDisclosure(false)
  const isBlocked = importProblems(form.draft, form.dataset, models).length > 0
  return (
    <>
      <Button variant="default" disabled={isBlocked} onClick={dialog.open}>
        {t('elsewhere.bring')}
      </Button>
      <Dialog opened={opened} onClose={dialog.close} title={t('elsewhere.title')}>
        <ImportForm {...form} onDone={dialog.close} />
      </Dialog>
    </>
  )
}
