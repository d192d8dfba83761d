import { useTranslation } from 'react-i18next'
import type { MetricId } from '../../../main/contract/experiment'
import type { RunRecord } from '../../../main/contract/records'
import { useFormat } from '../../locales/format'
import { cutoffsOf, hasNoCutoff, metricKey, metricsOf } from '../../state/comparison'
import { type Column, DataTable } from '../../widgets/data-table'
import { Panel } from '../../widgets/panel'

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
        heading: k === null ? t('run.allRatings') : `${t('compare.k')} = ${k}`,
        align: 'right',
        cell: (id) => format.decimal(run.metrics[metricKey(id, k)] ?? Number.NaN),
      }),
    ),
  ]
  return (
    <Panel title={t('run.metrics')} flush>
      <DataTable label={t('run.metrics')} columns={columns} rows={metrics} keyOf={(id) => id} />
    </Panel>
  )
}
