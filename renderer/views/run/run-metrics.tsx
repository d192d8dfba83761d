import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type MetricId, metricIds } from '../../../main/contract/experiment'
import type { RunRecord } from '../../../main/contract/records'
import { useFormat } from '../../locales/format'
import { cutoffsOf, hasNoCutoff, metricKey, metricsOf } from '../../state/comparison'
import { type Column, DataTable } from '../../widgets/data-table'
import { Panel } from '../../widgets/panel'
import { AgainstBest } from './against-best'

/** Every metric at every cutoff. */
export function RunMetrics({ run }: { run: RunRecord }) {
  const { t } = useTranslation()
  const format = useFormat()
  const metrics = metricsOf([run])
  const columnsOf = [...cutoffsOf([run]), ...(metrics.some((id) => hasNoCutoff([run], id)) ? [null] : [])]
  const columns: Column<MetricId>[] = [
    {
      key: 'metric',
      heading: t('run.metric'),
      cell: (id) => <span title={t(`metrics.${id}.formula`)}>{t(`metrics.${id}.name`)}</span>,
    },
    ...columnsOf.map(
      (k): Column<MetricId> => ({
        key: String(k),
        heading: k === null ? t('run.withoutK') : `${t('compare.k')} = ${k}`,
        align: 'right',
        cell: (id) => format.decimal(run.metrics[metricKey(id, k)] ?? Number.NaN),
      }),
    ),
  ]
  return (
    <Panel title={t('run.metrics')} flush>
      <DataTable label={t('run.metrics')} columns={columns} rows={metrics} keyOf={(id) => id} />
      <AgainstBest run={run} />
      <LeftOutMetrics leftOut={run.leftOut} />
    </Panel>
  )
}

/** Metrics that were asked for and could not be computed, and why; runs of older versions do not tell. */
function LeftOutMetrics({ leftOut }: Pick<RunRecord, 'leftOut'>) {
  const { t } = useTranslation()
  const told = metricIds.flatMap((id) => {
    const reason = leftOut[id]
    return reason ? [t(`metricChoice.reasons.${reason}`, { name: t(`metrics.${id}.name`) })] : []
  })
  if (told.length === 0) return null
  return (
    <Text size="sm" c="dimmed" px="md" py="sm">
      {t('metricChoice.leftOut', { metrics: told.join('; ') })}
    </Text>
  )
}
