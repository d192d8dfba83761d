import { ActionIcon, Anchor, ScrollArea, UnstyledButton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import type { JobRecord } from '../../main/contract/records'
import { host } from '../api'
import { useFormat } from '../locales/format'
import { useSay } from '../locales/say'
import { useAction, useEngine } from '../state/engine'
import { jobTrayHeights, remember, useMemory } from '../state/memory'
import { newestFirst, useWorkbench } from '../state/workbench'
import { AgainIcon, LogIcon } from '../widgets/icons'
import { isActive, JobProgress } from '../widgets/job-progress'
import { Resizer } from '../widgets/resizer'
import { CancelJob, PauseRun, ResumeRun, TrainingControl } from '../widgets/run-control'
import { RunLog } from '../widgets/run-log'
import { RunMark } from '../widgets/run-mark'
import { StateText } from '../widgets/state-text'
import styles from './job-tray.module.css'

export function toggleJobTray(): void {
  remember({ jobTrayOpened: !useMemory.getState().jobTrayOpened })
}

/** The line at the bottom: what runs now. Opened, every job of this session. */
export function JobTray() {
  const { t } = useTranslation()
  const shown = useMemory(({ jobTrayOpened }) => jobTrayOpened)
  const height = useMemory(({ jobTrayHeight }) => jobTrayHeight)
  const jobs = newestFirst(useWorkbench((state) => state.jobs).values())
  const active = jobs.filter(isActive)
  const current = active.findLast(({ state }) => state === 'running') ?? active.at(-1)
  return (
    <div className={styles.tray}>
      {shown && (
        <Resizer
          label={t('jobs.resize')}
          edge="top"
          size={height}
          range={jobTrayHeights}
          onResize={(jobTrayHeight) => remember({ jobTrayHeight })}
        />
      )}
      <div className={styles.line}>
        <UnstyledButton className={styles.toggle} aria-expanded={shown} onClick={toggleJobTray}>
          {shown ? t('jobs.hide') : t('jobs.show')}
        </UnstyledButton>
        <span role="status">{active.length > 0 ? t('jobs.active', { count: active.length }) : t('jobs.idle')}</span>
        {current && (
          <>
            <TrainingControl key={current.id} job={current} small />
            <span className="clipped">{current.title}</span>
            <JobProgress job={current} />
          </>
        )}
      </div>
      {shown && (
        <ScrollArea className={styles.list}>
          {jobs.length === 0 ? <p className={styles.none}>{t('jobs.none')}</p> : <JobList jobs={jobs} />}
        </ScrollArea>
      )}
    </div>
  )
}

function JobList({ jobs }: { jobs: JobRecord[] }) {
  return (
    <ul className={styles.jobs}>
      {jobs.map((job) => (
        <JobLine key={job.id} job={job} />
      ))}
    </ul>
  )
}

function JobLine({ job }: { job: JobRecord }) {
  const { t } = useTranslation()
  const format = useFormat()
  const run = useWorkbench(({ runs }) => (job.kind === 'train' ? runs.get(job.subject ?? '') : undefined))
  const [logShown, log] = useDisclosure(false)
  return (
    <li>
      <div className={styles.job}>
        <span className={styles.kind}>{t(`jobs.kind.${job.kind}`)}</span>
        <span className={`${styles.title} clipped`}>{run ? <RunMark id={run.id} name={job.title} /> : job.title}</span>
        <span className={styles.state}>
          <StateText state={job.state} />
        </span>
        <span className={styles.outcome}>
          <Outcome job={job} />
        </span>
        <span className={styles.time}>{format.moment(job.createdAt)}</span>
        <span className={styles.actions}>
          {run && <LogSwitch title={job.title} shown={logShown} onToggle={log.toggle} />}
          {run && isActive(job) && job.canPause && <PauseRun run={run} small />}
          {run?.state === 'paused' && job.state === 'paused' && <ResumeRun run={run} small />}
          {isActive(job) && <CancelJob job={job} small />}
          {(job.state === 'failed' || job.state === 'cancelled') && <RetryJob job={job} />}
        </span>
      </div>
      {run && logShown && (
        <div className={styles.log}>
          <RunLog run={run} />
        </div>
      )}
    </li>
  )
}

function Outcome({ job }: { job: JobRecord }) {
  const { t } = useTranslation()
  const say = useSay()
  if (isActive(job)) return <JobProgress job={job} />
  if (job.state === 'failed') return <span className="data">{say(job.error?.message ?? '')}</span>
  if (job.state !== 'done' || (job.kind !== 'lists' && job.kind !== 'export') || !job.subject) return null
  return (
    <Anchor size="xs" href={host.downloadUrl(job.subject)} download>
      {t('jobs.download')}
    </Anchor>
  )
}

function LogSwitch({ title, shown, onToggle }: { title: string; shown: boolean; onToggle(): void }) {
  const { t } = useTranslation()
  const label = t(shown ? 'jobs.hideLog' : 'jobs.log', { title })
  return (
    <ActionIcon size="xs" aria-label={label} title={label} aria-expanded={shown} onClick={onToggle}>
      <LogIcon size={12} />
    </ActionIcon>
  )
}

function RetryJob({ job }: { job: JobRecord }) {
  const { t } = useTranslation()
  const engine = useEngine()
  const retry = useAction(async () => {
    await engine.call('jobs.retry', { jobId: job.id })
  })
  const label = t('jobs.retry', { title: job.title })
  return (
    <ActionIcon size="xs" aria-label={label} title={label} loading={retry.busy} onClick={() => retry.run()}>
      <AgainIcon size={12} />
    </ActionIcon>
  )
}
