import { Select, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useSay } from '../../locales/say'
import { transferProblem } from '../../state/transfer'
import { newestFirst, useWorkbench } from '../../state/workbench'

interface OtherRunPickerProps {
  datasetId: string
  value: string | null
  onChange(runId: string | null): void
}

/** Trained runs of other data whose models learn features; those that cannot score this data say why. */
export function OtherRunPicker({ datasetId, value, onChange }: OtherRunPickerProps) {
  const { t } = useTranslation()
  const say = useSay()
  const runs = useWorkbench((state) => state.runs)
  const datasets = useWorkbench((state) => state.datasets)
  const models = useWorkbench((state) => state.models)
  const others = newestFirst(runs.values()).flatMap((run) => {
    const model = models.find(({ id }) => id === run.model)
    const isOther = run.datasetId !== datasetId && run.state === 'done' && !run.elsewhere
    return isOther && model?.capabilities.includes('features') ? [{ run, model }] : []
  })
  if (others.length === 0) return <Text size="sm">{t('elsewhere.noOtherRun')}</Text>
  const data = others.map(({ run, model }) => {
    const problem = transferProblem(run, model)
    const dataset = datasets.get(run.datasetId)?.name ?? '–'
    const label = t('elsewhere.otherRun', { name: run.name, model: say(model.name), dataset })
    return {
      value: run.id,
      label: problem ? `${label}: ${t(`elsewhere.cannotMove.${problem}`)}` : label,
      disabled: problem !== null,
    }
  })
  return <Select label={t('elsewhere.otherRuns')} searchable data={data} value={value} onChange={onChange} />
}
