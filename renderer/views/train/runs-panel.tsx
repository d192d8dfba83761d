import { Anchor, Button, Group, Stack, Text } from '@mantine/core'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { DatasetRecord, JobRecord, RunRecord } from '../../../main/contract/records'
import { useFormat } from '../../locales/format'
import { useCurves } from '../../state/curves'
import { formatRoute } from '../../state/router'
import { newestFirst, useWorkbench } from '../../state/workbench'
import { DeleteRun } from '../../widgets/delete-run'
import { activeJob, isActive, JobProgress } from '../../widgets/job-progress'
import { Panel } from '../../widgets/panel'
import { ResumeRun, TrainingControl } from '../../widgets/run-control'
import { RunFailure } from '../../widgets/run-failure'
import { RunMark, useRunStyle } from '../../widgets/run-mark'
import { Sparkline } from '../../widgets/sparkline'
import { StateText } from '../../widgets/state-text'
import { Tags } from '../../widgets/tags'
import { TrainingCost } from '../../widgets/training-cost'
import styles from './runs-panel.module.css'

/** Every run on the dataset, the newest first, with what it does or how it ended. */
export function RunsPanel({ dataset }: { dataset: DatasetRecord }) {
  const { t } = useTranslation()
  const all = useWorkbench((state) => state.runs)
  const jobs = useWorkbench((state) => state.jobs)
  const runs = newestFirst([...all.values()].filter(({ datasetId }) => datasetId === dataset.id))
  const jobOf = (run: RunRecord) => activeJob(jobs, run.id)
  const hasDone = runs.some(({ state }) => state === 'done')
  return (
    <Panel
      title={t('train.runs.title')}
      flush
      actions={
        hasDone && (
          <Button component="a" variant="default" href={formatRoute('compare')}>
            {t('train.runs.compare')}
          </Button>
        )
      }
    >
      {runs.length === 0 ? (
        <Stack gap={2} p="md">
          <Text size="sm" fw={550}>
            {t('train.runs.emptyTitle')}
          </Text>
          <Text size="sm" c="dimmed">
            {t('train.runs.emptyText')}
          </Text>
        </Stack>
      ) : (
        <ul className={styles.runs}>
          {runs.map((run) => (
            <RunLine key={run.id} run={run} job={jobOf(run)} />
          ))}
        </ul>
      )}
    </Panel>
  )
}

/** Of the buttons that come when its training has ended, in pixels. */
const buttonHeight = 28

const RunLine = memo(function RunLine({ run, job }: { run: RunRecord; job: JobRecord | undefined }) {
  const { t } = useTranslation()
  return (
    <li className={styles.run} aria-label={run.name}>
      <Group justify="space-between" gap="sm" wrap="nowrap" mih={buttonHeight}>
        <RunMark id={run.id} name={run.name} />
        <Group gap="sm" wrap="nowrap">
          <Tags tags={run.tags} />
          <StateText state={run.state} />
          {run.state === 'paused' && <ResumeRun run={run} />}
          {!isActive(run) && <DeleteRun run={run} />}
        </Group>
      </Group>
      {(isActive(run) || run.state === 'paused') && (
        <div className={styles.underway}>
          {isActive(run) && job && <UnderWay job={job} />}
          <Trend run={run} />
        </div>
      )}
      {run.state === 'done' && <Outcome run={run} />}
      {run.state === 'failed' && run.error && <RunFailure run={run} error={run.error} />}
      {run.state === 'cancelled' && (
        <Text size="xs" c="dimmed">
          {t('train.runs.cancelledNext')}
        </Text>
      )}
    </li>
  )
})

function UnderWay({ job }: { job: JobRecord }) {
  return (
    <Group gap="sm" wrap="nowrap">
      <TrainingControl job={job} small />
      <JobProgress job={job} />
    </Group>
  )
}

/** Where the first of its curves is heading. */
function Trend({ run }: { run: RunRecord }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { color } = useRunStyle()(run.id)
  const [curve] = useCurves(run)
  const last = curve?.values.at(-1)
  if (!curve || typeof last !== 'number') return null
  return (
    <Group gap="sm" wrap="nowrap">
      <Sparkline values={curve.values} color={color} label={t('run.curve', { name: curve.name })} />
      <Text size="xs" c="dimmed" className="number">
        {curve.name} {format.value(last)}
      </Text>
    </Group>
  )
}

function Outcome({ run }: { run: RunRecord }) {
  const { t } = useTranslation()
  return (
    <Group justify="space-between" gap="sm">
      <TrainingCost run={run} />
      <Anchor size="xs" href={formatRoute('users', { run: run.id })}>
        {t('train.runs.lists')}
      </Anchor>
    </Group>
  )
}
