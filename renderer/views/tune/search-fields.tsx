import { Checkbox, NumberInput, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type MetricId, metricIds, metricsWithoutCutoff } from '../../../main/contract/experiment'
import { samplerIds } from '../../../main/contract/tuning'
import { metricKey } from '../../state/comparison'
import type { SearchDraft, StudyDraft } from '../../state/study-draft'

interface SearchFieldsProps {
  draft: StudyDraft
  change(changes: Partial<SearchDraft>): void
  mostParallel: number
}

/** How a study searches: for what, in which way, and for how long. */
export function SearchFields({ draft, change, mostParallel }: SearchFieldsProps) {
  const { t } = useTranslation()
  return (
    <>
      <div className="fields">
        <Objectives draft={draft} change={change} />
        <Select
          label={t('tune.new.sampler')}
          data={samplerIds.map((value) => ({ value, label: t(`tune.new.samplers.${value}`) }))}
          value={draft.sampler}
          onChange={(sampler) => change({ sampler: sampler as StudyDraft['sampler'] })}
        />
        <Budget draft={draft} change={change} mostParallel={mostParallel} />
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

const cutoffs = [5, 10, 20]
const objectives = metricIds.flatMap((id): { id: MetricId; key: string; k: number | null }[] =>
  metricsWithoutCutoff.includes(id)
    ? [{ id, key: id, k: null }]
    : cutoffs.map((k) => ({ id, key: metricKey(id, k), k })),
)

function Objectives({ draft, change }: Omit<SearchFieldsProps, 'mostParallel'>) {
  const { t } = useTranslation()
  const choices = objectives.map(({ id, key, k }) => ({ value: key, label: metricKey(t(`metrics.${id}.name`), k) }))
  return (
    <>
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
    </>
  )
}

function Budget({ draft, change, mostParallel }: SearchFieldsProps) {
  const { t } = useTranslation()
  return (
    <>
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
    </>
  )
}

const asNumber = (value: StudyDraft['trials']) => (typeof value === 'boolean' ? '' : value)
