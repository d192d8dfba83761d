import { ActionIcon, Button, Group, NumberInput, Popover, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { JobRecord, RunRecord } from '../../main/contract/records'
import { useFormat } from '../locales/format'
import { useAction, useEngine } from '../state/engine'
import { navigate } from '../state/router'
import { CancelIcon, PauseIcon, ResumeIcon } from './icons'

interface ControlProps {
  /** What is done at a press. */
  act(): Promise<void>
  label: string
  icon: ReactNode
  /** Shown as a button with this text instead of the icon alone. */
  text?: string | undefined
  small?: boolean | undefined
}

function Control({ act, label, icon, text, small = false }: ControlProps) {
  const action = useAction(act)
  const shared = { 'aria-label': label, title: label, loading: action.busy, onClick: () => action.run() }
  if (text === undefined) {
    return (
      <ActionIcon {...shared} {...(small && { size: 'xs' })}>
        {icon}
      </ActionIcon>
    )
  }
  return (
    <Button {...shared} variant="default" leftSection={icon}>
      {text}
    </Button>
  )
}

type RunControlProps = { run: Pick<RunRecord, 'id' | 'name'> } & Pick<ControlProps, 'small'> & { isButton?: boolean }

/** Ends the training of a run so that it can go on. */
export function PauseRun({ run: { id, name }, small, isButton = false }: RunControlProps) {
  const { t } = useTranslation()
  const engine = useEngine()
  const act = async () => void (await engine.call('runs.pause', { runId: id }))
  const shown = isButton ? { text: t('control.pause') } : {}
  return (
    <Control
      act={act}
      label={t('control.pauseRun', { name })}
      icon={<PauseIcon size={12} />}
      {...shown}
      small={small}
    />
  )
}

export function ResumeRun({ run: { id, name }, small, isButton = false }: RunControlProps) {
  const { t } = useTranslation()
  const engine = useEngine()
  const act = async () => void (await engine.call('runs.resume', { runId: id }))
  const shown = isButton ? { text: t('control.resume') } : {}
  return (
    <Control
      act={act}
      label={t('control.resumeRun', { name })}
      icon={<ResumeIcon size={12} />}
      {...shown}
      small={small}
    />
  )
}

type JobControlProps = { job: JobRecord } & Pick<RunControlProps, 'small' | 'isButton'>

export function CancelJob({ job: { id, title }, small, isButton = false }: JobControlProps) {
  const { t } = useTranslation()
  const engine = useEngine()
  const act = async () => void (await engine.call('jobs.cancel', { jobId: id }))
  const shown = isButton ? { text: t('control.cancel') } : {}
  return (
    <Control act={act} label={t('jobs.cancel', { title })} icon={<CancelIcon size={12} />} {...shown} small={small} />
  )
}

/**
 * Cancel and pause of a run in training. Nothing that acts may come to where they stand: once it has ended, a late press
 * would meet that.
 */
export function TrainingControl({ job, ...shown }: JobControlProps) {
  return (
    <Group gap={shown.isButton ? 'sm' : 4} wrap="nowrap">
      <CancelJob job={job} {...shown} />
      {job.canPause && job.subject !== null && <PauseRun run={{ id: job.subject, name: job.title }} {...shown} />}
    </Group>
  )
}

const mostEpochs = 1000

/** Trains a run for more epochs, as a run of its own, and opens its page. */
export function ContinueRun({ run }: { run: RunRecord }) {
  const { t } = useTranslation()
  const engine = useEngine()
  const [opened, popover] = useDisclosure(false)
  const [epochs, setEpochs] = useState<number | string>(10)
  const start = useAction(async () => {
    const { id } = await engine.call('runs.continue', { runId: run.id, epochs: Number(epochs) })
    popover.close()
    navigate('run', { id })
  })
  const isValid = Number.isInteger(epochs) && Number(epochs) >= 1 && Number(epochs) <= mostEpochs
  return (
    <Popover opened={opened} onChange={popover.toggle} position="bottom-end" trapFocus withinPortal={false}>
      <Popover.Target>
        <Button variant="default" onClick={popover.toggle}>
          {t('control.continue')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Group gap="sm" align="flex-end" wrap="nowrap">
          <NumberInput
            label={t('control.moreEpochs')}
            w={120}
            min={1}
            max={mostEpochs}
            clampBehavior="none"
            allowDecimal={false}
            value={epochs}
            error={!isValid && t('control.epochsRange', { most: mostEpochs })}
            onChange={setEpochs}
          />
          <Button disabled={!isValid} loading={start.busy} onClick={() => start.run()}>
            {t('control.start')}
          </Button>
        </Group>
        <Text size="xs" c="dimmed" pt={6} maw={320}>
          {t('control.continueHelp', { name: run.name, epochs: run.learned?.epochs ?? 0 })}
        </Text>
      </Popover.Dropdown>
    </Popover>
  )
}

/** How fast a model learns at the moment; nothing of a job that says nothing of it. */
export function Pace({ job }: { job: JobRecord }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { pace } = job.progress
  if (!pace) return null
  const parts = [
    t('control.rate', { rate: format.value(Number(pace.learningRate.toPrecision(3))) }),
    t('control.examples', {
      count: Math.round(pace.examplesPerSecond),
      examples: format.count(pace.examplesPerSecond),
    }),
    t('control.memory', { bytes: format.bytes(pace.memoryBytes) }),
  ]
  return (
    <Text size="xs" c="dimmed" className="data" aria-label={t('control.pace')}>
      {parts.join(' · ')}
    </Text>
  )
}
