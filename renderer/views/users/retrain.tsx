import { Button, Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { JobRecord, RunRecord } from '../../../main/contract/records'
import type { ListRules, OwnInteraction } from '../../../main/contract/sandbox'
import { useFormat } from '../../locales/format'
import { useSay } from '../../locales/say'
import { useAction, useAnswer, useEngine } from '../../state/engine'
import { rememberRetraining, useRetraining } from '../../state/retrainings'
import { goneFrom, useShownLists } from '../../state/shown-lists'
import { isActive, JobProgress } from '../../widgets/job-progress'
import { Failure } from '../../widgets/states'
import { ListTable } from './list-table'

interface RetrainProps {
  run: RunRecord
  user: string | null
  history: OwnInteraction[]
  rules: ListRules
}

/** For a run that takes no new histories: its list as it was trained, and the offer to train a copy with this history. */
export function Retrain({ run, user, history, rules }: RetrainProps) {
  const { t } = useTranslation()
  const asked = { runId: run.id, user, history }
  const job = useRetraining(asked)
  const isDone = job?.state === 'done'
  const before = useShownLists([run.id], user === null ? null : { user, history: null, rules })
  const old = before.get(run.id)?.answer?.list ?? null
  const answer = useAnswer('sandbox.retrained', isDone && job.subject ? { retrainingId: job.subject, rules } : null)
  const now = isDone ? answer.value : null
  const gone = old && now ? goneFrom(old, now) : []
  return (
    <>
      {now ? (
        <Text size="xs" c="dimmed" p="xs">
          {t('whatIf.retrained', { name: run.name })}
        </Text>
      ) : (
        <Offer run={run} asked={asked} job={job} />
      )}
      {answer.state === 'failed' && <Failure error={answer.error} onRetry={answer.retry} />}
      {now && (
        <ListTable
          label={t('whatIf.retrainedOf', { name: run.name })}
          list={now}
          against={old && { list: old, heading: t('lists.moveBefore') }}
          onWhy={null}
        />
      )}
      {!now && old && (
        <ListTable label={t('whatIf.trainedOf', { name: run.name })} list={old} against={null} onWhy={null} />
      )}
      {gone.length > 0 && (
        <Text size="xs" c="dimmed" p="xs">
          {t('whatIf.gone', { items: gone.map(({ item, title }) => title ?? item).join(', ') })}
        </Text>
      )}
    </>
  )
}

interface OfferProps {
  run: RunRecord
  asked: Pick<RetrainProps, 'user' | 'history'> & { runId: string }
  job: JobRecord | undefined
}

/** What training again does, how long it took, the button, and how far it has come. */
function Offer({ run, asked, job }: OfferProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const say = useSay()
  const engine = useEngine()
  const start = useAction(async () => {
    rememberRetraining(asked, await engine.call('sandbox.retrain', asked))
  })
  const cancel = useAction(async () => {
    if (job) await engine.call('jobs.cancel', { jobId: job.id })
  })
  const time = format.duration(run.fitSeconds ?? 0)
  return (
    <Stack gap="xs" p="sm" align="flex-start">
      <Text size="sm">{t('lists.cannotFoldIn')}</Text>
      <Text size="xs" c="dimmed">
        {t('whatIf.retrainText', { name: run.name, time })}
      </Text>
      {job && isActive(job) ? (
        <Group gap="sm" role="status">
          <JobProgress job={job} />
          <Button size="compact-xs" variant="default" loading={cancel.busy} onClick={cancel.run}>
            {t('app.cancel')}
          </Button>
        </Group>
      ) : (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t('whatIf.retrainOf', { name: run.name })}
          disabled={asked.history.length === 0}
          loading={start.busy}
          onClick={start.run}
        >
          {t('whatIf.retrain')}
        </Button>
      )}
      {job?.state === 'failed' && (
        <Text size="xs" c="var(--mantine-color-error)" role="alert" className="data">
          {say(job.error?.message ?? '')}
        </Text>
      )}
    </Stack>
  )
}
