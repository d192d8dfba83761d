import { Button, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CompressionOutcome, CompressionPreview } from '../../../main/contract/exports'
import { useFormat } from '../../locales/format'
import { useAction, useAnswer, useEngine } from '../../state/engine'
import { useWorkbench } from '../../state/workbench'
import { type Column, DataTable } from '../../widgets/data-table'
import { isActive } from '../../widgets/job-progress'
import { JobUnderway } from '../../widgets/job-underway'
import { Failure, Loading } from '../../widgets/states'

interface PreviewProps {
  runId: string
  /** The share of the smallest weights that become 0. */
  prune: number
}

/** What making a model smaller costs, found out when it is asked for, before anything is written. */
export function CompressionPreviewPanel({ runId, prune }: PreviewProps) {
  const { t } = useTranslation()
  const engine = useEngine()
  const [jobId, setJobId] = useState<string | null>(null)
  const job = useWorkbench(({ jobs }) => (jobId === null ? undefined : jobs.get(jobId)))
  const start = useAction(async () => setJobId((await engine.call('exports.preview', { runId, prune })).id))
  if (job && isActive(job)) return <JobUnderway job={job} />
  if (job?.state === 'done') return <Preview jobId={job.id} />
  return (
    <Stack gap="xs" align="flex-start">
      {job?.error && job.state === 'failed' && <Failure error={job.error} />}
      <Button variant="default" size="compact-sm" loading={start.busy} onClick={() => start.run()}>
        {t('exports.preview.start')}
      </Button>
    </Stack>
  )
}

function Preview({ jobId }: { jobId: string }) {
  const answer = useAnswer('exports.previewed', { jobId })
  if (answer.state === 'failed') return <Failure error={answer.error} onRetry={answer.retry} />
  return answer.value ? <Outcomes preview={answer.value} /> : <Loading />
}

function Outcomes({ preview: { users, outcomes } }: { preview: CompressionPreview }) {
  const { t } = useTranslation()
  const format = useFormat()
  const [whole] = outcomes
  const number = (key: string, cell: (outcome: CompressionOutcome) => string): Column<CompressionOutcome> => ({
    key,
    heading: t(`exports.preview.${key as 'bytes' | 'time' | 'ndcg' | 'change'}`),
    align: 'right',
    cell,
  })
  const columns: Column<CompressionOutcome>[] = [
    {
      key: 'numbers',
      heading: t('exports.precision'),
      cell: ({ precision, prune }) =>
        prune === 0
          ? t(`exports.preview.bits.${precision}`)
          : t('exports.preview.pruned', {
              bits: t(`exports.preview.bits.${precision}`),
              share: format.percent(prune),
            }),
    },
    number('bytes', ({ bytes }) => format.bytes(bytes)),
    number('time', ({ millisecondsPerUser }) => format.decimal(millisecondsPerUser, 3)),
    number('ndcg', ({ ndcg }) => format.decimal(ndcg)),
    number('change', (outcome) => (outcome === whole ? '–' : format.decimal(outcome.ndcg - whole.ndcg))),
  ]
  return (
    <Stack gap={4}>
      <DataTable
        label={t('exports.preview.title')}
        columns={columns}
        rows={outcomes}
        keyOf={({ precision, prune }) => `${precision} ${prune}`}
      />
      <Text size="xs" c="dimmed">
        {t('exports.preview.note', { users: format.count(users) })}
      </Text>
    </Stack>
  )
}
