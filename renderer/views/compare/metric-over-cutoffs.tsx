import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { MetricId } from '../../../main/contract/experiment'
import type { RunRecord } from '../../../main/contract/records'
import { ChartPanel } from '../../charts/chart-panel'
import { type Line, LineChart } from '../../charts/line-chart'
import { useFormat } from '../../locales/format'
import { bestValue, metricKey } from '../../state/comparison'
import { type Column, DataTable } from '../../widgets/data-table'
import { RunMark, useRunStyle } from '../../widgets/run-mark'

interface MetricOverCutoffsProps {
  runs: RunRecord[]
  metric: MetricId
  cutoff: number
  cutoffs: number[]
}

/** A metric of every run at every cutoff. */
export function MetricOverCutoffs({ runs, metric, cutoff, cutoffs }: MetricOverCutoffsProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const styleOf = useRunStyle()
  const best = bestValue(runs, metricKey(metric, cutoff))
  const lines: Line[] = runs.map(({ id, name, metrics }) => ({
    ...styleOf(id),
    name,
    strong: metrics[metricKey(metric, cutoff)] === best,
    values: cutoffs.map((k) => metrics[metricKey(metric, k)] ?? null),
  }))
  const title = t('compare.chart', { metric: t(`metrics.${metric}.name`) })
  const columns: Column<RunRecord>[] = [
    { key: 'run', heading: t('compare.run'), cell: ({ id, name }) => <RunMark id={id} name={name} /> },
    ...cutoffs.map((k) => ({
      key: String(k),
      heading: `${t('compare.k')} = ${k}`,
      align: 'right' as const,
      cell: ({ metrics }: RunRecord) => format.decimal(metrics[metricKey(metric, k)] ?? Number.NaN),
    })),
  ]
  // The chart is drawn anew only where what it shows has changed.
  const drawn = JSON.stringify([lines, cutoffs])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text stands for the lines and cutoffs
  const stable = useMemo(() => ({ lines, cutoffs }), [drawn])
  return (
    <ChartPanel
      title={title}
      chart={<LineChart label={title} positions={stable.cutoffs} axis={t('compare.k')} lines={stable.lines} />}
      table={<DataTable label={title} columns={columns} rows={runs} keyOf={({ id }) => id} maximumHeight={300} />}
    />
  )
}
