import { Alert, Checkbox, Group, Input, NumberInput, Select, Stack, TagsInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type ExperimentDraft, hasFolds, maximumRepeats, readCutoffs } from '../../state/experiment'
import { fileName } from '../../state/import'
import { FilePicker } from '../../widgets/file-picker'
import { Panel } from '../../widgets/panel'
import { DeviceSelect } from './device-select'
import type { FormProps } from './form'
import { MetricChoice } from './metric-choice'

/** How lists are judged. */
export function EvaluationPanel({ dataset, draft, change }: FormProps) {
  const { t } = useTranslation()
  const form = { draft, change }
  return (
    <Panel title={t('train.evaluation.title')}>
      <Stack gap="md">
        <div className="fields">
          <Cutoffs {...form} />
          <Candidates {...form} />
          <NumberInput
            label={t('train.evaluation.seed')}
            min={0}
            allowDecimal={false}
            value={draft.seed}
            onChange={(seed) => change({ seed })}
          />
          <DeviceSelect value={draft.device} onChange={(device) => change({ device })} />
          <Repetition {...form} />
        </div>
        <Checkbox
          label={t('train.evaluation.excludeSeen')}
          checked={draft.excludeSeen}
          onChange={(event) => change({ excludeSeen: event.currentTarget.checked })}
        />
        <MetricChoice dataset={dataset} draft={draft} change={change} />
        {draft.candidates === 'sampled' && (
          <Alert color="yellow" variant="light">
            {t('train.evaluation.sampledWarning')}
          </Alert>
        )}
      </Stack>
    </Panel>
  )
}

type EvaluationProps = Pick<FormProps, 'draft' | 'change'>

function Cutoffs({ draft, change }: EvaluationProps) {
  const { t } = useTranslation()
  return (
    <TagsInput
      label={t('train.evaluation.cutoffs')}
      description={t('train.evaluation.cutoffsHelp')}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      style={{ gridColumn: 'span 2' }}
      value={draft.cutoffs}
      splitChars={[',', ' ']}
      error={readCutoffs(draft.cutoffs) === null && t('train.problems.cutoffs')}
      onChange={(cutoffs) => change({ cutoffs })}
    />
  )
}

/** Which items are ranked, and of a choice of them how many, or where they stand. */
function Candidates({ draft, change }: EvaluationProps) {
  const { t } = useTranslation()
  return (
    <>
      <Select
        label={t('train.evaluation.candidates')}
        data={(['all', 'sampled', 'file'] as const).map((value) => ({
          value,
          label: t(`train.evaluation.candidatesChoices.${value}`),
        }))}
        value={draft.candidates}
        onChange={(value) => change({ candidates: value as ExperimentDraft['candidates'] })}
      />
      {draft.candidates === 'sampled' && (
        <NumberInput
          label={t('train.evaluation.sampled')}
          min={1}
          allowDecimal={false}
          value={draft.sampled}
          onChange={(sampled) => change({ sampled })}
        />
      )}
      {draft.candidates === 'file' && <CandidatesFile draft={draft} change={change} />}
    </>
  )
}

/** Over what each model is trained again, and over how many seeds. */
function Repetition({ draft, change }: EvaluationProps) {
  const { t } = useTranslation()
  return (
    <>
      <Select
        label={t('train.evaluation.repeat')}
        data={(['none', 'seeds', 'folds'] as const).map((value) => ({
          value,
          label: t(`train.evaluation.repeatChoices.${value}`),
          disabled: value === 'folds' && !hasFolds(draft),
        }))}
        value={draft.repeat}
        onChange={(value) => change({ repeat: value as ExperimentDraft['repeat'] })}
      />
      {draft.repeat === 'seeds' && (
        <NumberInput
          label={t('train.evaluation.repeats')}
          min={2}
          max={maximumRepeats}
          allowDecimal={false}
          value={draft.repeats}
          onChange={(repeats) => change({ repeats })}
        />
      )}
    </>
  )
}

function CandidatesFile({ draft, change }: EvaluationProps) {
  const { t } = useTranslation()
  return (
    <Input.Wrapper
      size="xs"
      label={t('train.evaluation.file')}
      description={t('train.evaluation.fileHelp')}
      inputWrapperOrder={['label', 'input', 'description']}
    >
      <Group gap="sm">
        <FilePicker
          label={t('train.evaluation.chooseFile')}
          variant="default"
          onPicked={(candidatesFile) => change({ candidatesFile })}
        />
        {draft.candidatesFile && <span className="data">{fileName(draft.candidatesFile)}</span>}
      </Group>
    </Input.Wrapper>
  )
}
