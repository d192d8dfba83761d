import { ActionIcon, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StudyRecord, TrialRecord } from '../../../main/contract/tuning'
import { type Format, useFormat } from '../../locales/format'
import { useSay } from '../../locales/say'
import { useAction, useEngine } from '../../state/engine'
import { navigate } from '../../state/router'
import { isLess } from '../../state/trials'
import { type Column, DataTable } from '../../widgets/data-table'
import { AgainIcon } from '../../widgets/icons'
import { Panel } from '../../widgets/panel'
import type { Sort } from '../../widgets/sort'
import { useModelName } from './model-name'
import { useObjectiveName } from './objective-name'

interface TrialTableProps {
  study: StudyRecord
  trials: readonly TrialRecord[]
  objective: string
}

const maximumHeight = 420

/** The trials that are chosen, with their settings; each can be retrained and tested. */
export function TrialTable({ study, trials, objective }: TrialTableProps) {
  const { t } = useTranslation()
  const [sort, setSort] = useState<Sort>({
    column: objective,
    direction: isLess(objective) ? 'ascending' : 'descending',
  })
  return (
    <Panel title={t('tune.study.trials')} flush>
      <DataTable
        label={t('tune.study.trials')}
        columns={useColumns(study)}
        rows={trials}
        keyOf={({ id }) => id}
        sort={sort}
        onSort={setSort}
        isCurrent={({ number }) => number === study.best[0]}
        maximumHeight={maximumHeight}
      />
    </Panel>
  )
}

function useColumns(study: StudyRecord): Column<TrialRecord>[] {
  const { t } = useTranslation()
  const format = useFormat()
  const nameOf = useModelName()
  return [
    {
      key: 'number',
      heading: t('tune.study.trial'),
      align: 'right',
      sortBy: ({ number }) => number,
      cell: ({ number }) => number,
    },
    {
      key: 'model',
      heading: t('tune.study.model'),
      sortBy: ({ model }) => model,
      cell: ({ model }) => <span className="clipped">{nameOf(model)}</span>,
    },
    ...useObjectiveColumns(study),
    {
      key: 'params',
      heading: t('run.parameters'),
      grow: true,
      cell: (trial) => <TriedSettings study={study} trial={trial} />,
    },
    { key: 'rungs', heading: t('tune.study.rungs'), align: 'right', cell: ({ rungs }) => rungs.length },
    {
      key: 'time',
      heading: t('tune.studies.time'),
      align: 'right',
      sortBy: ({ seconds }) => seconds,
      cell: ({ seconds }) => format.duration(seconds),
    },
    {
      key: 'state',
      heading: t('tune.studies.state'),
      sortBy: ({ state }) => state,
      cell: ({ state }) => t(`tune.study.trialStates.${state}`),
    },
    {
      key: 'actions',
      heading: '',
      align: 'right',
      cell: (trial) => (trial.state === 'done' ? <Retrain study={study} trial={trial} /> : null),
    },
  ]
}

function useObjectiveColumns({ settings }: StudyRecord): Column<TrialRecord>[] {
  const format = useFormat()
  const measured = useObjectiveName()
  return settings.objectives.map((key) => ({
    key,
    heading: measured(key),
    align: 'right',
    sortBy: ({ values }) => values?.[key] ?? null,
    firstDirection: isLess(key) ? 'ascending' : 'descending',
    cell: ({ values }) => (values ? format.decimal(values[key]) : '–'),
  }))
}

interface TrialProps {
  study: StudyRecord
  trial: TrialRecord
}

/** What it was tried with, or why it failed. */
function TriedSettings({ study, trial }: TrialProps) {
  const format = useFormat()
  const say = useSay()
  const text = paramsText(study, trial, format)
  return (
    <Text size="xs" c="dimmed" className="clipped" title={text}>
      {trial.error ? say(trial.error.message) : text}
    </Text>
  )
}

/** The parameters that the study searches. */
function paramsText({ settings }: StudyRecord, { model, params }: TrialRecord, format: Format): string {
  const space = settings.models.find((each) => each.model === model)?.space ?? {}
  return Object.entries(params)
    .filter(([name]) => typeof space[name] === 'object')
    .map(([name, value]) => `${name} ${typeof value === 'number' ? format.value(value) : value}`)
    .join(', ')
}

function Retrain({ study, trial: { number } }: TrialProps) {
  const { t } = useTranslation()
  const engine = useEngine()
  const finish = useAction(async () => {
    const { id } = await engine.call('studies.finish', { studyId: study.id, trial: number })
    navigate('run', { id })
  })
  const label = t('tune.study.retrainTrial', { number })
  const isRunning = study.state === 'running' || study.state === 'queued'
  return (
    <ActionIcon
      size="sm"
      aria-label={label}
      title={label}
      disabled={isRunning}
      loading={finish.busy}
      onClick={() => finish.run()}
    >
      <AgainIcon size={13} />
    </ActionIcon>
  )
}
