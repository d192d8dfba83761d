import { Alert, Button, Checkbox, Group, MultiSelect, NumberInput, Select, Stack, Text } from '@mantine/core'
import type { TOptions } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type MetricId, metricIds, metricsWithoutCutoff } from '../../../main/contract/experiment'
import type { DatasetRecord } from '../../../main/contract/records'
import { type StudyProposal, type StudyReason, samplerIds } from '../../../main/contract/tuning'
import { type Format, useFormat } from '../../locales/format'
import { useSay } from '../../locales/say'
import { metricKey } from '../../state/comparison'
import { describeValidation } from '../../state/describe-settings'
import { useExperiment } from '../../state/draft'
import { useAction, useAnswer, useEngine } from '../../state/engine'
import { dataProblems, evaluationOf, evaluationProblems, splitOf } from '../../state/experiment'
import { stepsOf } from '../../state/recipe'
import { navigate } from '../../state/router'
import {
  editedDraft,
  noEdits,
  type SearchDraft,
  type StudyDraft,
  type StudyEdits,
  searchOf,
  studyDraftOf,
  studyProblems,
} from '../../state/study-draft'
import { useWorkbench } from '../../state/workbench'
import { Panel } from '../../widgets/panel'
import { Failure, Loading } from '../../widgets/states'
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
  const chosen = models ?? proposal.value?.models.map(({ model }) => model)
  return (
    <Panel title={t('tune.new.title')} note={t('tune.new.note')}>
      {chosen && <ModelChoice models={chosen} onModels={setModels} />}
      {proposal.state === 'failed' && <Failure error={proposal.error} onRetry={proposal.retry} />}
      {proposal.state === 'loading' && !proposal.value && <Loading />}
      {proposal.value && (
        <StudyForm
          dataset={dataset}
          proposal={proposal.value}
          isStale={proposal.state === 'loading'}
          edits={edits}
          onEdits={setEdits}
          models={chosen ?? []}
        />
      )}
    </Panel>
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
  /** Another one is on its way. */
  isStale: boolean
  edits: StudyEdits
  onEdits(edits: StudyEdits): void
  models: string[]
}

function StudyForm({ dataset, proposal, isStale, edits, onEdits, models }: StudyFormProps) {
  const { t } = useTranslation()
  const say = useSay()
  const format = useFormat()
  const engine = useEngine()
  const known = useWorkbench((state) => state.models)
  const { draft: experiment } = useExperiment(dataset)
  const draft = editedDraft(studyDraftOf(proposal, known), edits)
  const change = (search: Partial<SearchDraft>) => onEdits({ ...edits, search: { ...edits.search, ...search } })
  const [problem] = studyProblems({ ...draft, models: models.length === 0 ? [] : draft.models }, known)
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
      <SearchFields draft={draft} change={change} mostParallel={proposal.mostParallel} />
      {draft.models.map((each) => {
        const model = known.find(({ id }) => id === each.model)
        const put = (space: typeof each.space) =>
          onEdits({ ...edits, spaces: { ...edits.spaces, [each.model]: space } })
        return model && <SpacePanel key={model.id} model={model} space={each.space} onChange={put} />
      })}
      <Reasons reasons={proposal.reasons} nameOf={nameOf} validation={describeValidation(proposal.split, t, format)} />
      <Group justify="flex-end" gap="md">
        {problem && (
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

interface SearchFieldsProps {
  draft: StudyDraft
  change(changes: Partial<SearchDraft>): void
  mostParallel: number
}

const cutoffs = [5, 10, 20]
const objectives = metricIds.flatMap((id): { id: MetricId; key: string; k: number | null }[] =>
  metricsWithoutCutoff.includes(id)
    ? [{ id, key: id, k: null }]
    : cutoffs.map((k) => ({ id, key: metricKey(id, k), k })),
)

function SearchFields({ draft, change, mostParallel }: SearchFieldsProps) {
  const { t } = useTranslation()
  const choices = objectives.map(({ id, key, k }) => ({ value: key, label: metricKey(t(`metrics.${id}.name`), k) }))
  return (
    <>
      <div className="fields">
        <Select
          label={t('tune.new.objective')}
          data={choices}
          searchable
          value={draft.objective}
          onChange={(objective) => objective !== null && change({ objective })}
        />
        <Select
          label={t('tune.new.secondObjective')}
          placeholder={t('tune.new.secondObjectiveNone')}
          data={choices.filter(({ value }) => value !== draft.objective)}
          searchable
          clearable
          value={draft.secondObjective || null}
          onChange={(secondObjective) => change({ secondObjective: secondObjective ?? '' })}
        />
        <Select
          label={t('tune.new.sampler')}
          data={samplerIds.map((value) => ({ value, label: t(`tune.new.samplers.${value}`) }))}
          value={draft.sampler}
          onChange={(sampler) => change({ sampler: sampler as StudyDraft['sampler'] })}
        />
        <NumberInput
          label={t('tune.new.trials')}
          min={1}
          allowDecimal={false}
          value={asNumber(draft.trials)}
          onChange={(trials) => change({ trials })}
        />
        <NumberInput
          label={t('tune.new.minutes')}
          min={0.1}
          value={asNumber(draft.minutes)}
          onChange={(minutes) => change({ minutes })}
        />
        <NumberInput
          label={t('tune.new.parallel')}
          description={t('tune.new.parallelHelp', { count: mostParallel })}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          min={1}
          max={mostParallel}
          allowDecimal={false}
          value={asNumber(draft.parallel)}
          onChange={(parallel) => change({ parallel })}
        />
        <NumberInput
          label={t('tune.new.seed')}
          min={0}
          allowDecimal={false}
          value={asNumber(draft.seed)}
          onChange={(seed) => change({ seed })}
        />
      </div>
      <Checkbox
        label={t('tune.new.halving')}
        checked={draft.halving}
        onChange={(event) => change({ halving: event.currentTarget.checked })}
      />
    </>
  )
}

const asNumber = (value: StudyDraft['trials']) => (typeof value === 'boolean' ? '' : value)

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
