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
  const format = useFormat()
  const say = useSay()
  const nameOf = useModelName()
  const measured = useObjectiveName()
  const [sort, setSort] = useState<Sort>({
    column: objective,
    direction: isLess(objective) ? 'ascending' : 'descending',
  })
  const values = study.settings.objectives.map(
    (key): Column<TrialRecord> => ({
      key,
      heading: measured(key),
      align: 'right',
      sortBy: ({ values }) => values?.[key] ?? null,
      firstDirection: isLess(key) ? 'ascending' : 'descending',
      cell: ({ values }) => (values ? format.decimal(values[key]) : '–'),
    }),
  )
  const columns: Column<TrialRecord>[] = [
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
    ...values,
    {
      key: 'params',
      heading: t('run.parameters'),
      grow: true,
      cell: (trial) => (
        <Text size="xs" c="dimmed" className="clipped" title={paramsText(study, trial, format)}>
          {trial.error ? say(trial.error.message) : paramsText(study, trial, format)}
        </Text>
      ),
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
  return (
    <Panel title={t('tune.study.trials')} flush>
      <DataTable
        label={t('tune.study.trials')}
        columns={columns}
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

/** What it was tried with: the parameters that the study searches. */
function paramsText({ settings }: StudyRecord, { model, params }: TrialRecord, format: Format): string {
  const space = settings.models.find((each) => each.model === model)?.space ?? {}
  return Object.entries(params)
    .filter(([name]) => typeof space[name] === 'object')
    .map(([name, value]) => `${name} ${typeof value === 'number' ? format.value(value) : value}`)
    .join(', ')
}

function Retrain({ study, trial: { number } }: { study: StudyRecord; trial: TrialRecord }) {
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
