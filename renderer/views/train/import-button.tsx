import { useTranslation } from 'react-i18next'
import { useAction, useEngine } from '../../state/engine'
import { importProblems, importRequest } from '../../state/experiment'
import { useWorkbench } from '../../state/workbench'
import { FilePicker } from '../../widgets/file-picker'
import type { FormProps } from './form'

/** Brings in lists that another program made, judged as the form says. */
export function ImportButton({ dataset, draft }: FormProps) {
  const { t } = useTranslation()
  const engine = useEngine()
  const models = useWorkbench((state) => state.models)
  const bring = useAction(async (file: string, name: string | undefined) => {
    await engine.call('runs.import', { ...importRequest(draft, dataset, models, file), ...(name && { name }) })
  })
  const disabled = importProblems(draft, dataset, models).length > 0
  return <FilePicker label={t('elsewhere.bring')} variant="default" disabled={disabled} onPicked={bring.run} />
}
