import { Progress as Bar, Group, Text } from '@mantine/core'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { JobRecord, JobState } from '../../main/contract/records'
import { en } from '../locales/en'
import { type Format, useFormat } from '../locales/format'
import { say } from '../locales/say'

type Phase = keyof typeof en.jobs.phase

/** `training · epoch 3 of 20 · 41s left`. A phase that is a word of the model's own stands as it is. */
export function describeProgress({ state, progress }: JobRecord, t: TFunction, format: Format): string {
  const { epoch, epochs, secondsLeft } = progress
  const phase = state === 'running' && progress.phase === 'queued' ? 'start' : progress.phase
  const parts = [Object.hasOwn(en.jobs.phase, phase) ? t(`jobs.phase.${phase as Phase}`) : say(phase)]
  if (epoch !== null && epochs !== null) parts.push(t('jobs.epoch', { epoch, epochs }))
  if (secondsLeft !== null && secondsLeft >= 1) parts.push(t('jobs.left', { time: format.duration(secondsLeft) }))
  return parts.join(' · ')
}

export function isActive({ state }: { state: JobState }): boolean {
  return state === 'queued' || state === 'running'
}

/** The job that trains a run at the moment, or waits to. */
export function activeJob(jobs: ReadonlyMap<string, JobRecord>, runId: string): JobRecord | undefined {
  return [...jobs.values()].findLast((job) => job.kind === 'train' && job.subject === runId && isActive(job))
}

/** A job's bar and what it does at the moment. */
export function JobProgress({ job }: { job: JobRecord }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { fraction } = job.progress
  const text = describeProgress(job, t, format)
  const isUnknown = fraction === null && job.state === 'running'
  return (
    <Group gap="sm" wrap="nowrap">
      <Bar.Root w={120} size="sm" style={{ flex: 'none' }}>
        <Bar.Section
          value={(fraction ?? (isUnknown ? 1 : 0)) * 100}
          striped={isUnknown}
          animated={isUnknown}
          aria-label={t('jobs.progress', { title: job.title })}
          {...(fraction === null && { 'aria-valuetext': t(`jobs.state.${job.state}`) })}
        />
      </Bar.Root>
      <Text size="xs" c="dimmed" truncate title={text}>
        {text}
      </Text>
    </Group>
  )
}
