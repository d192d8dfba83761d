import { ActionIcon, Button, Group } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import type { RunRecord } from '../../../main/contract/records'
import { changeAndRun } from '../../commands/change-run'
import { show } from '../../commands/state'
import { duplicateRun } from '../../commands/steps'
import { useAction, useEngine } from '../../state/engine'
import { formatRoute, navigate } from '../../state/router'
import { useWorkbench } from '../../state/workbench'
import { DeleteRun } from '../../widgets/delete-run'
import { CopyIcon } from '../../widgets/icons'
import { isActive } from '../../widgets/job-progress'
import { ContinueRun, ResumeRun } from '../../widgets/run-control'
import { ExperimentFileDialog } from './experiment-file-dialog'
import { UseOnOtherData } from './use-on-other-data'

/** What can be done with a run. */
export function RunActions({ run }: { run: RunRecord }) {
  const { t } = useTranslation()
  const [fileShown, file] = useDisclosure(false)
  const isDone = run.state === 'done'
  return (
    <Group gap="sm">
      {isDone && (
        <Button component="a" href={formatRoute('users', { run: run.id })}>
          {t('run.lists')}
        </Button>
      )}
      {isDone && (
        <Button
          variant="default"
          aria-label={t('exports.openOf', { name: run.name })}
          onClick={() => show({ kind: 'export', run })}
        >
          {t('exports.open')}
        </Button>
      )}
      <UseOnOtherData run={run} />
      {!run.elsewhere && <ChangeAndRun run={run} />}
      {run.state === 'paused' && <ResumeRun run={run} isButton />}
      {isDone && run.learned && <ContinueRun run={run} />}
      {!isActive(run) && <RunAgain run={run} />}
      {!run.elsewhere && (
        <Button variant="default" onClick={file.open}>
          {t('run.experiment')}
        </Button>
      )}
      <Group gap={2}>
        {isDone && <DuplicateRun run={run} />}
        {!isActive(run) && <DeleteRun run={run} />}
      </Group>
      <ExperimentFileDialog run={run} opened={fileShown} onClose={file.close} />
    </Group>
  )
}

function RunAgain({ run }: { run: RunRecord }) {
  const { t } = useTranslation()
  const engine = useEngine()
  const again = useAction(async () => {
    const { id } = await engine.call('runs.again', { runId: run.id })
    navigate('run', { id })
  })
  return (
    <Button variant="default" loading={again.busy} onClick={() => again.run()}>
      {t('run.again')}
    </Button>
  )
}

function DuplicateRun({ run }: { run: RunRecord }) {
  const { t } = useTranslation()
  const engine = useEngine()
  const duplicate = useAction(async () => {
    const { id } = await duplicateRun(engine, run)
    navigate('run', { id })
  })
  return (
    <ActionIcon
      aria-label={`${t('run.duplicate')} ${run.name}`}
      title={t('run.duplicate')}
      loading={duplicate.busy}
      onClick={() => duplicate.run()}
    >
      <CopyIcon size={14} />
    </ActionIcon>
  )
}

/** Opens Train with the run's settings in the form. */
function ChangeAndRun({ run }: { run: RunRecord }) {
  const { t } = useTranslation()
  const dataset = useWorkbench((state) => state.datasets.get(run.datasetId))
  if (!dataset) return null
  return (
    <Button variant="default" onClick={() => changeAndRun(run, dataset)}>
      {t('run.change')}
    </Button>
  )
}
