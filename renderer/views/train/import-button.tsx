import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import { importProblems } from '../../state/experiment'
import { consumeQuery, useQueryValue } from '../../state/router'
import { useWorkbench } from '../../state/workbench'
import { Dialog } from '../../widgets/dialog'
import type { FormProps } from './form'
import { ImportForm } from './import-form'

/** Brings in what another program made, or the model that the address names, judged as the form says. */
export function ImportButton(form: FormProps) {
  const { t } = useTranslation()
  const models = useWorkbench((state) => state.models)
  const [opened, dialog] = useDisclosure(false)
  const isBlocked = importProblems(form.draft, form.dataset, models).length > 0
  const asked = useQueryValue('bring')
  const close = () => {
    dialog.close()
    if (asked !== null) consumeQuery('bring')
  }
  return (
    <>
      <Button variant="default" disabled={isBlocked} onClick={dialog.open}>
        {t('elsewhere.bring')}
      </Button>
      <Dialog opened={opened || (asked !== null && !isBlocked)} onClose={close} title={t('elsewhere.title')}>
        <ImportForm {...form} asked={asked} onDone={close} />
      </Dialog>
    </>
  )
}
