import { Badge } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { RunRecord } from '../../main/contract/records'
import { useWorkbench } from '../state/workbench'

/** Whether another program made a run, rather than a model here that was trained on other data. */
export function isOfFiles(run: RunRecord): run is RunRecord & Required<Pick<RunRecord, 'elsewhere'>> {
  return run.elsewhere !== undefined && run.elsewhere.from.kind !== 'run'
}

/** Marks a run that another program made, or that was trained on other data. */
export function ElsewhereBadge({ run }: { run: RunRecord }) {
  const { t } = useTranslation()
  const source = useWorkbench(({ runs, datasets }) => {
    const from = run.elsewhere?.from
    const datasetId = from?.kind === 'run' ? runs.get(from.runId)?.datasetId : undefined
    return run.elsewhere?.found?.moved?.dataset ?? datasets.get(datasetId ?? '')?.name ?? '–'
  })
  if (!run.elsewhere) return null
  const isMoved = !isOfFiles(run)
  return (
    <Badge
      variant="outline"
      color="gray"
      c="var(--mantine-color-text)"
      size="sm"
      tt="none"
      flex="none"
      maw={220}
      title={t(isMoved ? 'elsewhere.movedText' : 'elsewhere.explain')}
    >
      {isMoved ? t('elsewhere.movedBadge', { dataset: source }) : t('elsewhere.badge')}
    </Badge>
  )
}
