import { Anchor, Button, Group, Stack, Text, Title } from '@mantine/core'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { JobRecord, RunRecord } from '../../../main/contract/records'
import { useDeleted } from '../../commands/deleted'
import { restoreDataset, restoreRun } from '../../commands/steps'
import { useSay } from '../../locales/say'
import { useAction, useEngine } from '../../state/engine'
import { useInspected } from '../../state/inspector'
import { formatRoute, useRoute } from '../../state/router'
import { useWorkbench } from '../../state/workbench'
import { ElsewhereBadge, isOfFiles } from '../../widgets/elsewhere-badge'
import { activeJob, isActive, JobProgress } from '../../widgets/job-progress'
import { Panel } from '../../widgets/panel'
import { RenameButton } from '../../widgets/rename-button'
import { Pace, TrainingControl } from '../../widgets/run-control'
import { RunFailure } from '../../widgets/run-failure'
import { RunLog } from '../../widgets/run-log'
import { RunDot } from '../../widgets/run-mark'
import { Screen } from '../../widgets/screen'
import { StateText } from '../../widgets/state-text'
import { Empty } from '../../widgets/states'
import { TrainingCost } from '../../widgets/training-cost'
import { RunActions } from './run-actions'
import { RunCurves } from './run-curves'
import { RunElsewhere } from './run-elsewhere'
import { RunCost, RunParameters, RunSettings } from './run-facts'
import { RunMembers } from './run-members'
import { RunMetrics } from './run-metrics'
import { RunMoved } from './run-moved'
import { RunRemarks } from './run-remarks'
import styles from './run-screen.module.css'
import { RunSplit } from './run-split'

/** Everything that is known of one run. */
export function RunScreen() {
  const { t } = useTranslation()
  const id = useRoute().query.get('id') ?? ''
  const run = useWorkbench((state) => state.runs.get(id))
  useEffect(() => useInspected.setState({ runId: id }), [id])
  const deleted = useDeleted(({ runs }) => runs.find((run) => run.id === id))
  if (run) return <RunPage key={run.id} run={run} />
  if (deleted) return <DeletedRun run={deleted} />
  return (
    <Screen title={t('navigation.run')}>
      <Empty title={t('run.missingTitle')} text={t('run.missingText')}>
        <Button component="a" href={formatRoute('compare')}>
          {t('navigation.compare')}
        </Button>
      </Empty>
    </Screen>
  )
}

/** Offers it back, with its dataset where that was deleted too. */
function DeletedRun({ run }: { run: RunRecord }) {
  const { t } = useTranslation()
  const engine = useEngine()
  const dataset = useDeleted(({ datasets }) => datasets.find(({ id }) => id === run.datasetId))
  const restore = useAction(() => (dataset ? restoreDataset(engine, dataset) : restoreRun(engine, run)))
  return (
    <Screen title={t('navigation.run')}>
      <Empty
        title={t('run.deletedTitle', { name: run.name })}
        text={dataset ? t('run.deletedWithDataset', { dataset: dataset.name }) : t('run.deletedText')}
      >
        <Button loading={restore.busy} onClick={() => restore.run()}>
          {dataset ? t('run.restoreDataset') : t('run.restore')}
        </Button>
        <Button component="a" variant="default" href={formatRoute('compare')}>
          {t('navigation.compare')}
        </Button>
      </Empty>
    </Screen>
  )
}

function RunPage({ run }: { run: RunRecord }) {
  const { t } = useTranslation()
  return (
    <Screen title={<Heading run={run} />} actions={<RunActions run={run} />}>
      <Outcome run={run} />
      <div className={styles.columns}>
        <Stack gap="md" miw={0}>
          <RunMetrics run={run} />
          {run.members && <RunMembers members={run.members} />}
          <RunCurves run={run} />
          <RunSplit run={run} />
          <Panel title={t('run.log')} flush>
            <RunLog run={run} />
          </Panel>
        </Stack>
        <Stack gap="md" miw={0}>
          {run.elsewhere?.found?.moved && <RunMoved moved={run.elsewhere.found.moved} />}
          {isOfFiles(run) ? (
            <RunElsewhere elsewhere={run.elsewhere} cutoffs={run.evaluation.cutoffs} />
          ) : (
            <Panel title={t('run.parameters')}>
              <RunParameters run={run} />
            </Panel>
          )}
          <Panel title={t('run.cost')}>
            <RunCost run={run} />
          </Panel>
          <Panel title={t('run.data')}>
            <RunSettings run={run} />
          </Panel>
          <Panel title={t('remarks.title')}>
            <RunRemarks run={run} />
          </Panel>
        </Stack>
      </div>
    </Screen>
  )
}

function Heading({ run }: { run: RunRecord }) {
  const { t } = useTranslation()
  const say = useSay()
  const model = useWorkbench((state) => say(state.models.find(({ id }) => id === run.model)?.name ?? run.model))
  const dataset = useWorkbench((state) => state.datasets.get(run.datasetId)?.name ?? t('compare.deletedDataset'))
  return (
    <div className={styles.heading}>
      <Group gap="sm" wrap="nowrap">
        <RunDot id={run.id} />
        <Title order={1} className="clipped" maw={480}>
          {run.name}
        </Title>
        <ElsewhereBadge run={run} />
        <RenameButton what="run" record={run} />
      </Group>
      <Group gap="sm">
        <Anchor size="xs" href={formatRoute('compare')}>
          {t('navigation.compare')}
        </Anchor>
        <Text size="xs" c="dimmed">
          {t('run.of', { model: isOfFiles(run) ? t('elsewhere.badge') : model, dataset })}
        </Text>
        <StateText state={run.state} />
      </Group>
    </div>
  )
}

/** What it does at the moment, what it took, or why it has no result: of one height while it trains and after. */
function Outcome({ run }: { run: RunRecord }) {
  const job = useWorkbench((state) => activeJob(state.jobs, run.id))
  if (run.state === 'failed' && run.error) return <RunFailure run={run} error={run.error} />
  return (
    <div className={styles.outcome}>
      {isActive(run) && job && <UnderWay job={job} />}
      {run.state === 'done' && <TrainingCost run={run} />}
      <Ended state={run.state} />
    </div>
  )
}

function UnderWay({ job }: { job: JobRecord }) {
  return (
    <>
      <TrainingControl job={job} isButton />
      <JobProgress job={job} />
      <Pace job={job} />
    </>
  )
}

/** How a training that gave no result goes on. */
function Ended({ state }: Pick<RunRecord, 'state'>) {
  const { t } = useTranslation()
  if (state === 'paused') return <Text size="sm">{t('control.pausedText')}</Text>
  if (state === 'cancelled') return <Text size="sm">{t('train.runs.cancelledNext')}</Text>
  return null
}
