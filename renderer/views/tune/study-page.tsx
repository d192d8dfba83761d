import { Anchor, Group, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StudyRecord, TrialRecord } from '../../../main/contract/tuning'
import { useFormat } from '../../locales/format'
import { formatRoute } from '../../state/router'
import { wholeTrials } from '../../state/study-space'
import { useTrials } from '../../state/study-trials'
import { bestValues, byObjective } from '../../state/trials'
import { useWorkbench } from '../../state/workbench'
import { Facts } from '../../widgets/facts'
import { isActive, JobProgress } from '../../widgets/job-progress'
import { RenameButton } from '../../widgets/rename-button'
import { RunMark } from '../../widgets/run-mark'
import { Screen } from '../../widgets/screen'
import { Empty, Failure } from '../../widgets/states'
import { modelNames, useModelName } from './model-name'
import { useObjectiveName } from './objective-name'
import { StudyActions } from './study-actions'
import { StudyViews } from './study-views'
import { TrialTable } from './trial-table'

/** One study: how far it is, what it found, and what to do with it. */
export function StudyPage({ study }: { study: StudyRecord }) {
  const { t } = useTranslation()
  const trials = useTrials(study.id)
  const [objective, setObjective] = useState(study.settings.objectives[0])
  const [chosen, setChosen] = useState<ReadonlySet<number> | null>(null)
  const whole = wholeTrials(trials)
  const wanted = chosen === null ? whole : whole.filter(({ number }) => chosen.has(number))
  const best = byObjective(wanted, objective)[0]
  const shown = chosen === null ? trials : trials.filter(({ number }) => chosen.has(number))
  return (
    <Screen
      title={<Heading study={study} />}
      actions={<StudyActions study={study} best={best} isChosen={chosen !== null} />}
    >
      <Progress study={study} />
      <StudyFacts study={study} trials={trials} />
      <Finished study={study} />
      {whole.length === 0 && <Empty title={t('tune.study.trials')} text={t('tune.study.waiting')} />}
      {whole.length > 0 && (
        <StudyViews
          study={study}
          trials={trials}
          objective={objective}
          onObjective={setObjective}
          chosen={chosen}
          onChosen={setChosen}
        />
      )}
      <TrialTable study={study} trials={shown} objective={objective} />
    </Screen>
  )
}

function Heading({ study }: { study: StudyRecord }) {
  const { t } = useTranslation()
  const nameOf = useModelName()
  const dataset = useWorkbench((state) => state.datasets.get(study.datasetId)?.name ?? t('compare.deletedDataset'))
  return (
    <Stack gap={2} miw={0}>
      <Group gap="sm" wrap="nowrap">
        <Title order={1} className="clipped" maw={480}>
          {study.name}
        </Title>
        <RenameButton what="study" record={study} />
      </Group>
      <Group gap="sm">
        <Anchor size="xs" href={formatRoute('tune')}>
          {t('tune.study.all')}
        </Anchor>
        <Text size="xs" c="dimmed">
          {t('tune.study.of', { models: modelNames(study, nameOf), dataset })}
        </Text>
        <Text size="xs" role="status">
          {t(`tune.states.${study.state}`)}
        </Text>
      </Group>
    </Stack>
  )
}

function Progress({ study }: { study: StudyRecord }) {
  const job = useWorkbench(({ jobs }) =>
    [...jobs.values()].findLast((each) => each.kind === 'tune' && each.subject === study.id && isActive(each)),
  )
  if (study.state === 'failed' && study.error) return <Failure error={study.error} />
  return job ? <JobProgress job={job} /> : null
}

function StudyFacts({ study, trials }: { study: StudyRecord; trials: readonly TrialRecord[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const measured = useObjectiveName()
  const { best: unbeaten } = study
  const { done, stopped, failed } = study.trials
  const count = Object.values(study.trials).reduce((sum, each) => sum + each, 0)
  return (
    <Facts
      facts={[
        [t('tune.study.facts.trials'), format.count(count)],
        [t('tune.study.facts.whole'), format.count(done)],
        [t('tune.study.facts.stopped'), format.count(stopped)],
        ...(failed > 0 ? [[t('tune.study.facts.failed'), format.count(failed)] as [string, string]] : []),
        [t('tune.study.facts.time'), format.duration(study.seconds)],
        ...bestValues(study, trials).map(([objective, value]): [string, string] => [
          t('tune.study.facts.best', { objective: measured(objective) }),
          value === null ? '–' : format.decimal(value),
        ]),
        unbeaten.length > 1
          ? [t('tune.study.facts.unbeaten'), format.count(unbeaten.length)]
          : [t('tune.study.facts.bestTrial'), String(unbeaten[0] ?? '–')],
      ]}
    />
  )
}

/** The runs that came of it. */
function Finished({ study }: { study: StudyRecord }) {
  const runs = useWorkbench((state) => state.runs)
  const own = [...runs.values()].filter((run) => run.study?.id === study.id)
  if (own.length === 0) return null
  return (
    <Group gap="md">
      {own.map((run) => (
        <RunMark key={run.id} id={run.id} name={run.name} />
      ))}
    </Group>
  )
}
