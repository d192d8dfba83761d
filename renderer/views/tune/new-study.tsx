import { Alert, Button, Group, MultiSelect, Stack, Text } from '@mantine/core'
import type { TOptions } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DatasetRecord } from '../../../main/contract/records'
import type { StudyProposal, StudyReason } from '../../../main/contract/tuning'
import { type Format, useFormat } from '../../locales/format'
import { useSay } from '../../locales/say'
import { describeValidation } from '../../state/describe-settings'
import { useExperiment } from '../../state/draft'
import { type Answer, useAction, useAnswer, useEngine } from '../../state/engine'
import { dataProblems, evaluationOf, evaluationProblems, splitOf } from '../../state/experiment'
import { stepsOf } from '../../state/recipe'
import { navigate } from '../../state/router'
import {
  editedDraft,
  noEdits,
  type SearchDraft,
  type StudyEdits,
  searchOf,
  studyDraftOf,
  studyProblems,
} from '../../state/study-draft'
import { useWorkbench } from '../../state/workbench'
import { Panel } from '../../widgets/panel'
import { Failure, Loading } from '../../widgets/states'
import { SearchFields } from './search-fields'
import { SpacePanel } from './space-panel'
import { problemText } from './study-problem'

const usualMinutes = 5

/** A study with sensible settings for the dataset, as Train cleans and splits it, to be changed and started. */
export function NewStudy({ dataset }: { dataset: DatasetRecord }) {
  const { t } = useTranslation()
  const { draft: experiment } = useExperiment(dataset)
  const [models, setModels] = useState<string[] | null>(null)
  const [edits, setEdits] = useState<StudyEdits>(noEdits)
  const isSound = dataProblems(experiment, dataset).length === 0 && evaluationProblems(experiment).length === 0
  const input = isSound
    ? {
        datasetId: dataset.id,
        clean: stepsOf(experiment.clean, dataset),
        split: splitOf(experiment, dataset),
        minutes: usualMinutes,
        ...(models !== null && models.length > 0 && { models }),
      }
    : null
  const proposal = useAnswer('studies.propose', input)
  const last = useLast(proposal.value)
  const chosen = models ?? last?.models.map(({ model }) => model)
  return (
    <Panel title={t('tune.new.title')} note={t('tune.new.note')}>
      {chosen && <ModelChoice models={chosen} onModels={setModels} />}
      {!last && <Missing proposal={proposal} />}
      {last && (
        <StudyForm
          dataset={dataset}
          proposal={last}
          answer={proposal}
          edits={edits}
          onEdits={setEdits}
          models={chosen ?? []}
        />
      )}
    </Panel>
  )
}

/** The last proposal that was there: a form does not vanish while another one is on its way, or where there is none. */
function useLast(proposal: StudyProposal | null): StudyProposal | null {
  const [last, setLast] = useState(proposal)
  if (proposal && proposal !== last) setLast(proposal)
  return proposal ?? last
}

type ProposalAnswer = Answer<StudyProposal> & { retry(): void }

/** Why there is no proposal to start: it failed, or the settings of Train are not right. */
function Missing({ proposal }: { proposal: ProposalAnswer }) {
  const { t } = useTranslation()
  if (proposal.state === 'failed') return <Failure error={proposal.error} onRetry={proposal.retry} />
  if (proposal.state === 'loading') return <Loading />
  if (proposal.state === 'ready') return null
  return (
    <Text size="sm" c="dimmed" role="status">
      {t('tune.new.unsound')}
    </Text>
  )
}

interface ModelChoiceProps {
  models: string[]
  onModels(models: string[]): void
}

/** Stands also where nothing can be proposed for these models, so that others can be chosen. */
function ModelChoice({ models, onModels }: ModelChoiceProps) {
  const { t } = useTranslation()
  const say = useSay()
  const tunable = useWorkbench((state) => state.models).filter(
    ({ parameters, capabilities }) => parameters.length > 0 && !capabilities.includes('memberWeights'),
  )
  return (
    <MultiSelect
      label={t('tune.new.models')}
      mb="md"
      data={tunable.map(({ id, name }) => ({ value: id, label: say(name) }))}
      value={models}
      searchable
      hidePickedOptions
      onChange={onModels}
    />
  )
}

interface StudyFormProps {
  dataset: DatasetRecord
  proposal: StudyProposal
  /** Unless it is ready, another proposal is on its way, or there is none for what was asked for. */
  answer: ProposalAnswer
  edits: StudyEdits
  onEdits(edits: StudyEdits): void
  models: string[]
}

function StudyForm({ dataset, proposal, answer, edits, onEdits, models }: StudyFormProps) {
  const { t } = useTranslation()
  const say = useSay()
  const format = useFormat()
  const engine = useEngine()
  const known = useWorkbench((state) => state.models)
  const { draft: experiment } = useExperiment(dataset)
  const draft = editedDraft(studyDraftOf(proposal, known), edits)
  const change = (search: Partial<SearchDraft>) => onEdits({ ...edits, search: { ...edits.search, ...search } })
  const [problem] = studyProblems({ ...draft, models: models.length === 0 ? [] : draft.models }, known)
  const isStale = answer.state !== 'ready'
  const nameOf = (id: string) => say(known.find((model) => model.id === id)?.name ?? id)
  const start = useAction(async () => {
    const { clean, split, features } = proposal
    const evaluation = evaluationOf(experiment)
    const { id } = await engine.call('studies.create', {
      ...{ datasetId: dataset.id, clean, split, features, evaluation },
      ...searchOf(draft),
    })
    navigate('tune', { id })
  })
  return (
    <Stack gap="md">
      <Stack gap="md" aria-busy={isStale} style={{ opacity: isStale ? 0.6 : 1 }}>
        <SearchFields draft={draft} change={change} mostParallel={proposal.mostParallel} />
        {draft.models.map((each) => {
          const model = known.find(({ id }) => id === each.model)
          const put = (space: typeof each.space) =>
            onEdits({ ...edits, spaces: { ...edits.spaces, [each.model]: space } })
          return model && <SpacePanel key={model.id} model={model} space={each.space} onChange={put} />
        })}
        {(answer.state === 'ready' || answer.state === 'loading') && (
          <div style={{ visibility: isStale ? 'hidden' : 'visible' }}>
            <Reasons
              reasons={proposal.reasons}
              nameOf={nameOf}
              validation={describeValidation(proposal.split, t, format)}
            />
          </div>
        )}
      </Stack>
      {answer.state !== 'loading' && <Missing proposal={answer} />}
      <Group justify="flex-end" gap="md">
        {problem && answer.state !== 'idle' && (
          <Text size="sm" c="dimmed" role="status">
            {problemText(problem, nameOf, t, format)}
          </Text>
        )}
        <Button disabled={problem !== undefined || isStale} loading={start.busy} onClick={() => start.run()}>
          {t('tune.new.start')}
        </Button>
      </Group>
    </Stack>
  )
}

interface ReasonsProps {
  reasons: readonly StudyReason[]
  nameOf(model: string): string
  validation: string | null
}

function Reasons({ reasons, nameOf, validation }: ReasonsProps) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <Alert variant="light" color="gray" title={t('tune.new.why')}>
      {reasons.map(({ code, data }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the reasons of a proposal never change
        <Text key={index} size="xs">
          {t(
            `tune.reasons.${code}` as 'tune.reasons.halving',
            { ...written(data, format, nameOf, validation), count: data.models } as unknown as TOptions,
          )}
        </Text>
      ))}
    </Alert>
  )
}

/** What a reason holds, as it is read. */
function written(data: StudyReason['data'], format: Format, nameOf: ReasonsProps['nameOf'], validation: string | null) {
  const texts = Object.entries(data).map(([name, value]) => {
    if (name === 'model') return [name, nameOf(String(value))]
    if (name === 'strategy') return [name, validation ?? String(value)]
    if (name === 'bytes' || name === 'limit') return [name, format.bytes(Number(value))]
    if (name === 'seconds') return [name, format.duration(Number(value))]
    return [name, typeof value === 'number' ? format.value(value) : value]
  })
  return Object.fromEntries(texts)
}
