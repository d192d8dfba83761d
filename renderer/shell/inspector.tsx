import { ActionIcon, Group, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { DatasetRecord, RunRecord } from '../../main/contract/records'
import { useFormat } from '../locales/format'
import { toggleInspector, useInspected } from '../state/inspector'
import { inspectorWidths, remember, useMemory } from '../state/memory'
import { useWorkbench } from '../state/workbench'
import { DatasetRemarks } from '../views/data/dataset-remarks'
import { RunActions } from '../views/run/run-actions'
import { RunCurves } from '../views/run/run-curves'
import { RunCost, RunParameters } from '../views/run/run-facts'
import { RunRemarks } from '../views/run/run-remarks'
import { Fields } from '../widgets/fields'
import { Hash } from '../widgets/hash'
import { CancelIcon } from '../widgets/icons'
import { activeJob } from '../widgets/job-progress'
import { RenameButton } from '../widgets/rename-button'
import { Resizer } from '../widgets/resizer'
import { TrainingControl } from '../widgets/run-control'
import { RunMark } from '../widgets/run-mark'
import styles from './inspector.module.css'

const curveHeight = 170

/** What is selected, at a glance, in a panel as wide as it was left. */
export function Inspector() {
  const { t } = useTranslation()
  const width = useMemory(({ inspectorWidth }) => inspectorWidth)
  return (
    <>
      <Resizer
        label={t('inspector.resize')}
        edge="left"
        size={width}
        range={inspectorWidths}
        onResize={(inspectorWidth) => remember({ inspectorWidth })}
      />
      <Selected />
    </>
  )
}

/** The run that was chosen last, else the dataset in force. */
function Selected() {
  const { t } = useTranslation()
  const dataset = useWorkbench(({ datasets, datasetInForce }) => datasets.get(datasetInForce ?? ''))
  const runId = useInspected((state) => state.runId)
  const run = useWorkbench(({ runs }) => runs.get(runId ?? ''))
  if (run && run.datasetId === dataset?.id) return <RunInspector key={run.id} run={run} />
  if (dataset) return <DatasetInspector key={dataset.id} dataset={dataset} />
  return (
    <div className={styles.inspector}>
      <Heading>
        <Text size="sm" c="dimmed">
          {t('inspector.nothing')}
        </Text>
      </Heading>
    </div>
  )
}

function RunInspector({ run }: { run: RunRecord }) {
  const { t } = useTranslation()
  const job = useWorkbench((state) => activeJob(state.jobs, run.id))
  return (
    <div className={styles.inspector}>
      <Heading actions={job && <TrainingControl job={job} small />}>
        <RunMark id={run.id} name={run.name} />
        <RenameButton what="run" record={run} />
      </Heading>
      <RunActions run={run} />
      <Section title={t('run.parameters')}>
        <RunParameters run={run} />
      </Section>
      <RunCurves run={run} height={curveHeight} />
      <Section title={t('run.cost')}>
        <RunCost run={run} />
      </Section>
      <Section title={t('remarks.title')}>
        <RunRemarks run={run} />
      </Section>
    </div>
  )
}

function DatasetInspector({ dataset }: { dataset: DatasetRecord }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { profile } = dataset
  return (
    <div className={styles.inspector}>
      <Heading>
        <b className="clipped">{dataset.name}</b>
        <RenameButton what="dataset" record={dataset} />
      </Heading>
      <Section title={t('run.dataset')}>
        <Fields
          fields={[
            [t('data.interactions'), format.count(profile.interactions)],
            [t('data.users'), format.count(profile.users)],
            [t('data.items'), format.count(profile.items)],
            [t('data.profile.density'), format.percent(profile.density)],
            [t('run.size'), format.bytes(dataset.bytes)],
            [t('run.dataHash'), <Hash key="hash" value={dataset.hash} />],
          ]}
        />
      </Section>
      <Section title={t('remarks.title')}>
        <DatasetRemarks dataset={dataset} />
      </Section>
    </div>
  )
}

function Heading({ children, actions }: { children: ReactNode; actions?: ReactNode }) {
  const { t } = useTranslation()
  return (
    <div className={styles.heading}>
      {children}
      <Group gap="sm" wrap="nowrap">
        {actions}
        <ActionIcon size="sm" aria-label={t('inspector.hide')} title={t('inspector.hide')} onClick={toggleInspector}>
          <CancelIcon size={13} />
        </ActionIcon>
      </Group>
    </div>
  )
}

/** A part of the inspector, which is the landmark; screens have regions of the same names. */
function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <Title order={2} mb={4}>
        {title}
      </Title>
      {children}
    </section>
  )
}
