import { Button, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ExportProof, ExportResult } from '../../../main/contract/exports'
import { host } from '../../api'
import { useFormat } from '../../locales/format'
import { useSay } from '../../locales/say'
import { useAnswer } from '../../state/engine'
import { useWorkbench } from '../../state/workbench'
import { isActive } from '../../widgets/job-progress'
import { JobUnderway } from '../../widgets/job-underway'
import { Failure, Loading } from '../../widgets/states'

/** An export under way, then what it has written and how it was proved. */
export function ExportProgress({ jobId, onAgain }: { jobId: string; onAgain(): void }) {
  const { t } = useTranslation()
  const job = useWorkbench(({ jobs }) => jobs.get(jobId))
  if (!job) return <Loading />
  if (isActive(job)) return <JobUnderway job={job} />
  return (
    <Stack gap="md">
      {job.error && <Failure error={job.error} />}
      {job.state === 'done' && <Written jobId={jobId} />}
      <Button variant="default" onClick={onAgain}>
        {t('exports.again')}
      </Button>
    </Stack>
  )
}

function Written({ jobId }: { jobId: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const answer = useAnswer('exports.results', { jobId })
  if (answer.state === 'failed') return <Failure error={answer.error} onRetry={answer.retry} />
  if (!answer.value) return <Loading />
  const { path, bytes, proof }: ExportResult = answer.value
  return (
    <Stack gap="xs" role="status">
      <Text size="sm" className="data">
        {t('exports.written', { path })} · {format.bytes(bytes)}
      </Text>
      {proof && <Proof proof={proof} />}
      <Button component="a" href={host.downloadUrl(path)} download>
        {t('exports.download')}
      </Button>
    </Stack>
  )
}

function Proof({ proof }: { proof: ExportProof }) {
  const { t } = useTranslation()
  const format = useFormat()
  const say = useSay()
  const { by, users, histories, rows, largestDifference, topAgreement } = proof
  const found = { difference: largestDifference.toExponential(1), share: format.percent(topAgreement) }
  return (
    <Text size="sm" c="dimmed">
      {t('exports.proof', { by: say(by) })}{' '}
      {rows === undefined
        ? `${t('exports.proofUsers', { users, histories })} ${t('exports.proofDifference', found)}`
        : `${t('exports.proofRows', { rows: format.count(rows), users })} ${t('exports.proofNumbers', found)}`}
    </Text>
  )
}
