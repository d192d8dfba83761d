import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type MetricId, metricIds, metricScopes, metricsWithoutCutoff } from '../../../main/contract/metrics'
import type { ModelDescription } from '../../../main/contract/parameters'
import type { RunRecord } from '../../../main/contract/records'
import { useFormat } from '../../locales/format'
import { cutoffsOf, hasNoCutoff, metricKey, metricsOf } from '../../state/comparison'
import { useWorkbench } from '../../state/workbench'
import { type Column, DataTable } from '../../widgets/data-table'
import { isActive } from '../../widgets/job-progress'
import { Panel } from '../../widgets/panel'
import { AgainstBest, comparedHeight, useWillBeCompared } from './against-best'

/** Every metric at every cutoff; while it trains, the place of those that it will have. */
export function RunMetrics({ run }: { run: RunRecord }) {
  if (run.state !== 'done' && run.state !== 'paused' && !isActive(run)) return null
  return <MetricsPanel run={run} />
}

function MetricsPanel({ run }: { run: RunRecord }) {
  const { t } = useTranslation()
  const model = useWorkbench((state) => state.models.find(({ id }) => id === run.model))
  const isJudged = run.state === 'done'
  const { metrics, cutoffs } = isJudged ? judgedBy(run) : toBeJudgedBy(run, model)
  const columns = useColumns(run, cutoffs)
  return (
    <Panel title={t('run.metrics')} flush>
      <DataTable label={t('run.metrics')} columns={columns} rows={metrics} keyOf={(id) => id} />
      {isJudged && <AgainstBest run={run} />}
      {isJudged ? <LeftOutMetrics leftOut={run.leftOut} /> : <Awaited run={run} />}
    </Panel>
  )
}

/** Says when they come, in the place of what will be said of them. */
function Awaited({ run }: { run: RunRecord }) {
  const { t } = useTranslation()
  const height = leftOutHeight + (useWillBeCompared(run) ? comparedHeight : 0)
  return <Below height={height}>{t(run.elsewhere ? 'run.metricsAwaitedElsewhere' : 'run.metricsAwaited')}</Below>
}

interface Judged {
  metrics: MetricId[]
  /** Null stands for metrics without a cutoff. */
  cutoffs: (number | null)[]
}

function judgedBy(run: RunRecord): Judged {
  const metrics = metricsOf([run])
  const isPlain = metrics.some((id) => hasNoCutoff([run], id))
  return { metrics, cutoffs: [...cutoffsOf([run]), ...(isPlain ? [null] : [])] }
}

/** What was asked for, without what the model cannot be judged by. */
function toBeJudgedBy({ evaluation }: RunRecord, model: ModelDescription | undefined): Judged {
  const isRated = model?.capabilities.includes('rate') ?? false
  const metrics = metricIds.filter(
    (id) => evaluation.metrics.includes(id) && (isRated || metricScopes[id] !== 'rating'),
  )
  const isPlain = metrics.some((id) => metricsWithoutCutoff.includes(id))
  return { metrics, cutoffs: [...evaluation.cutoffs, ...(isPlain ? [null] : [])] }
}

function useColumns({ metrics }: RunRecord, cutoffs: readonly (number | null)[]): Column<MetricId>[] {
  const { t } = useTranslation()
  const format = useFormat()
  return [
    {
      key: 'metric',
      heading: t('run.metric'),
      cell: (id) => <span title={t(`metrics.${id}.formula`)}>{t(`metrics.${id}.name`)}</span>,
    },
    ...cutoffs.map(
      (k): Column<MetricId> => ({
        key: String(k),
        heading: k === null ? t('run.withoutK') : `${t('compare.k')} = ${k}`,
        align: 'right',
        cell: (id) => format.decimal(metrics[metricKey(id, k)] ?? Number.NaN),
      }),
    ),
  ]
}

/** Metrics that were asked for and could not be computed, and why; runs of older versions do not tell. */
function LeftOutMetrics({ leftOut }: Pick<RunRecord, 'leftOut'>) {
  const { t } = useTranslation()
  const told = metricIds.flatMap((id) => {
    const reason = leftOut[id]
    return reason ? [t(`metricChoice.reasons.${reason}`, { name: t(`metrics.${id}.name`) })] : []
  })
  if (told.length === 0) return null
  return <Below height={leftOutHeight}>{t('metricChoice.leftOut', { metrics: told.join('; ') })}</Below>
}

/** What was left out is mostly told in two lines, in pixels. */
const leftOutHeight = 54

function Below({ height, children }: { height: number; children: string }) {
  return (
    <Text size="sm" c="dimmed" px="md" py="sm" mih={height}>
      {children}
    </Text>
  )
}
