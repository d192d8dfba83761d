import { Button, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { JobRecord, RunRecord } from '../../../main/contract/records'
import type { ListRules, OwnInteraction, ShownItem } from '../../../main/contract/sandbox'
import { useFormat } from '../../locales/format'
import { useSay } from '../../locales/say'
import { useAction, useAnswer, useEngine } from '../../state/engine'
import { rememberRetraining, useRetraining } from '../../state/retrainings'
import { goneFrom, useShownLists } from '../../state/shown-lists'
import { isActive } from '../../widgets/job-progress'
import { JobUnderway } from '../../widgets/job-underway'
import { useLostFocus } from '../../widgets/lost-focus'
import { Failure, Loading } from '../../widgets/states'
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
  const [isFollowed, setFollowed] = useState(false)
  const asked = { runId: run.id, user, history }
  const job = useRetraining(asked)
  const isDone = job?.state === 'done'
  const before = useShownLists([run.id], user === null ? null : { user, history: null, rules })
  const old = before.get(run.id)?.answer?.list ?? null
  const answer = useAnswer('sandbox.retrained', isDone && job.subject ? { retrainingId: job.subject, rules } : null)
  if (isDone && answer.value) return <Copy run={run} list={answer.value} old={old} isFollowed={isFollowed} />
  const isGone = isDone && answer.state === 'ready'
  const offer = { run, asked, job, isGone, isFollowed }
  return (
    <>
      {run.elsewhere && (
        <Text size="sm" p="sm">
          {t('whatIf.cannotRetrain', { name: run.name })}
        </Text>
      )}
      {isDone && answer.state === 'loading' && <Loading />}
      {!run.elsewhere && !(isDone && answer.state === 'loading') && (
        <Offer {...offer} onStart={() => setFollowed(true)} />
      )}
      {answer.state === 'failed' && <Failure error={answer.error} onRetry={answer.retry} />}
      {old && <ListTable label={t('whatIf.trainedOf', { name: run.name })} list={old} against={null} onWhy={null} />}
    </>
  )
}

interface CopyProps {
  run: RunRecord
  list: ShownItem[]
  /** As it was trained. */
  old: ShownItem[] | null
  isFollowed: boolean
}

/** The list of the copy, with places against what it was. */
function Copy({ run, list, old, isFollowed }: CopyProps) {
  const { t } = useTranslation()
  const place = useLostFocus<HTMLDivElement>(isFollowed)
  const label = t('whatIf.retrainedOf', { name: run.name })
  const gone = old ? goneFrom(old, list) : []
  return (
    <>
      <Text size="xs" c="dimmed" p="xs">
        {t('whatIf.retrained', { name: run.name })}
      </Text>
      {/* biome-ignore lint/a11y/useSemanticElements: no set of fields */}
      <div ref={place} tabIndex={-1} role="group" aria-label={label}>
        <ListTable
          label={label}
          list={list}
          against={old && { list: old, heading: t('lists.moveBefore') }}
          onWhy={null}
        />
      </div>
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
  /** It was trained with this history, and its list is no longer kept. */
  isGone: boolean
  /** Whoever started a training is led on to what stands in the place of the button. */
  isFollowed: boolean
  onStart(): void
}

/** What training again does, how long it took, the button, and how far it has come. */
function Offer({ run, asked, job, isGone, isFollowed, onStart }: OfferProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const say = useSay()
  const time = format.duration(run.fitSeconds ?? 0)
  return (
    <Stack gap="xs" p="sm" align="flex-start">
      <Text size="sm">{t('lists.cannotFoldIn')}</Text>
      <Text size="xs" c="dimmed">
        {t('whatIf.retrainText', { name: run.name, time })}
      </Text>
      {isGone && <Text size="xs">{t('whatIf.retrainedGone')}</Text>}
      {job && isActive(job) ? (
        <JobUnderway job={job} isFollowed={isFollowed} />
      ) : (
        <Start run={run} asked={asked} isFollowed={isFollowed} onStart={onStart} />
      )}
      {job?.state === 'failed' && (
        <Text size="xs" c="var(--mantine-color-error)" role="alert" className="data">
          {say(job.error?.message ?? '')}
        </Text>
      )}
    </Stack>
  )
}

function Start({ run, asked, isFollowed, onStart }: Pick<OfferProps, 'run' | 'asked' | 'isFollowed' | 'onStart'>) {
  const { t } = useTranslation()
  const engine = useEngine()
  const button = useLostFocus<HTMLButtonElement>(isFollowed)
  const start = useAction(async () => {
    onStart()
    rememberRetraining(asked, await engine.call('sandbox.retrain', asked))
  })
  return (
    <Button
      ref={button}
      size="compact-sm"
      variant="default"
      aria-label={t('whatIf.retrainOf', { name: run.name })}
      disabled={asked.history.length === 0}
      loading={start.busy}
      onClick={start.run}
    >
      {t('whatIf.retrain')}
    </Button>
  )
}
