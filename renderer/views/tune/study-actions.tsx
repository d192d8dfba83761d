import { Button, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { StudyRecord } from '../../../main/contract/tuning'
import { useAction, useEngine } from '../../state/engine'
import { navigate } from '../../state/router'
import type { Judged } from '../../state/study-space'

interface StudyActionsProps {
  study: StudyRecord
  /** Of the trials that are chosen, or of all. */
  best: Judged | undefined
  isChosen: boolean
}

/** What can be done with a study. */
export function StudyActions({ study, best, isChosen }: StudyActionsProps) {
  const { t } = useTranslation()
  const engine = useEngine()
  const { id: studyId, state } = study
  const pause = useAction(async () => void (await engine.call('studies.pause', { studyId })))
  const resume = useAction(async () => void (await engine.call('studies.resume', { studyId })))
  const stop = useAction(async () => void (await engine.call('studies.stop', { studyId })))
  const finish = useAction(async () => {
    const { id } = await engine.call('studies.finish', { studyId, ...(best && { trial: best.number }) })
    navigate('run', { id })
  })
  const isRunning = state === 'running' || state === 'queued'
  return (
    <Group gap="sm">
      {isRunning && (
        <Button variant="default" loading={pause.busy} onClick={() => pause.run()}>
          {t('tune.study.pause')}
        </Button>
      )}
      {(state === 'paused' || state === 'stopped' || state === 'failed') && (
        <Button variant="default" loading={resume.busy} onClick={() => resume.run()}>
          {t('tune.study.resume')}
        </Button>
      )}
      {(isRunning || state === 'paused') && (
        <Button variant="default" loading={stop.busy} onClick={() => stop.run()}>
          {t('tune.study.stop')}
        </Button>
      )}
      <Button
        disabled={!best || isRunning}
        loading={finish.busy}
        title={t('tune.study.finishHelp')}
        onClick={() => finish.run()}
      >
        {isChosen && best ? t('tune.study.finishTrial', { number: best.number }) : t('tune.study.finish')}
      </Button>
    </Group>
  )
}
