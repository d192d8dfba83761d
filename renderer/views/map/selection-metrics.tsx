import { Select, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { rankedItems } from '../../../main/contract/comparison'
import type { RunRecord } from '../../../main/contract/records'
import { hitMetrics } from '../../../main/contract/segments'
import type { SelectionRecord } from '../../../main/contract/selections'
import { useFormat } from '../../locales/format'
import { useAnswer } from '../../state/engine'
import { runsWithLists } from '../../state/list-runs'
import { useWorkbench } from '../../state/workbench'
import { type Column, DataTable } from '../../widgets/data-table'
import { RunMark } from '../../widgets/run-mark'
import { Failure, Loading } from '../../widgets/states'

interface SelectionMetricsProps {
  selection: SelectionRecord
  /** Runs that were judged as this one was are shown. */
  runId: string
}

const usual = 'ndcg@10'

/** A metric of each comparable run over all users, and over a selection: its users, or hits on its items. */
export function SelectionMetrics({ selection, runId }: SelectionMetricsProps) {
  const { t } = useTranslation()
  const all = useWorkbench((state) => state.runs)
  const own = all.get(runId)
  const runs = runsWithLists({ runs: all }, selection.datasetId).filter(
    (run) => own && run.prepared === own.prepared && rankedItems(run) === rankedItems(own),
  )
  const keys = Object.keys(own?.metrics ?? {}).filter((key) => hitMetrics.some((id) => key.startsWith(`${id}@`)))
  const [chosen, setChosen] = useState<string | null>(null)
  const metric = chosen ?? (keys.includes(usual) ? usual : keys[0])
  if (!metric) return null
  const judged = runs.filter(({ metrics }) => metric in metrics)
  return (
    <>
      <Select
        label={t('map.selection.metrics', { name: selection.name })}
        mb="xs"
        data={keys}
        value={metric}
        onChange={setChosen}
      />
      {selection.of === 'users' && <OfUsers {...{ selection, metric }} runs={judged} />}
      {selection.of === 'items' && judged.length > 1 && <OfItems {...{ selection, metric }} runs={judged} />}
      {selection.of === 'items' && judged.length < 2 && (
        <Text size="xs" c="dimmed">
          {t('map.selection.twoRuns')}
        </Text>
      )}
    </>
  )
}

interface Judged {
  selection: SelectionRecord
  metric: string
  runs: RunRecord[]
}

function useColumns(metric: string, within: (run: RunRecord) => React.ReactNode): Column<RunRecord>[] {
  const { t } = useTranslation()
  const format = useFormat()
  return [
    {
      key: 'run',
      heading: t('map.selection.run'),
      grow: true,
      cell: ({ id, name }) => <RunMark id={id} name={name} />,
    },
    {
      key: 'all',
      heading: t('map.selection.all'),
      align: 'right',
      cell: ({ metrics }) => format.decimal(metrics[metric]),
    },
    { key: 'within', heading: t('map.selection.within'), align: 'right', cell: within },
  ]
}

function OfUsers({ selection, metric, runs }: Judged) {
  const columns = useColumns(metric, (run) => <OfRun run={run} selection={selection} metric={metric} />)
  return <MetricTable columns={columns} runs={runs} name={selection.name} />
}

function OfRun({ run, selection, metric }: { run: RunRecord; selection: SelectionRecord; metric: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { value } = useAnswer('runs.metrics', { runId: run.id, selectionId: selection.id })
  const own = value?.metrics[metric]
  if (!value || own === undefined) return '–'
  return <span title={t('map.selection.judged', { count: value.users })}>{format.decimal(own)}</span>
}

function OfItems({ selection, metric, runs }: Judged) {
  const format = useFormat()
  const runIds = runs.map(({ id }) => id)
  const answer = useAnswer('comparison.segments', {
    runIds,
    metric,
    segmentations: [{ by: 'selection', selectionId: selection.id }],
  })
  const inside = answer.value?.groups[0]?.segments.find(({ name }) => name.kind === 'inside')
  const columns = useColumns(metric, ({ id }) => {
    const mean = inside?.means[runIds.indexOf(id)] ?? null
    return mean === null ? '–' : format.decimal(mean)
  })
  if (answer.state === 'failed') return <Failure error={answer.error} onRetry={answer.retry} />
  if (!answer.value) return <Loading />
  return <MetricTable columns={columns} runs={runs} name={selection.name} />
}

function MetricTable({ columns, runs, name }: { columns: Column<RunRecord>[]; runs: RunRecord[]; name: string }) {
  const { t } = useTranslation()
  return (
    <DataTable
      label={t('map.selection.metrics', { name })}
      columns={columns}
      rows={runs}
      keyOf={({ id }) => id}
      maximumHeight={220}
    />
  )
}
