import { useTranslation } from 'react-i18next'
import type { RunRecord } from '../../main/contract/records'
import { deleteRun } from '../commands/steps'
import { useEngine } from '../state/engine'
import { DeleteButton } from './delete-button'

export function DeleteRun({ run }: { run: RunRecord }) {
  const { t } = useTranslation()
  const engine = useEngine()
  return <DeleteButton label={t('compare.delete', { name: run.name })} onDelete={() => deleteRun(engine, run)} />
}
