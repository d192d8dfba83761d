import { NumberInput, Select, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type ExperimentDraft, type HoldOutStrategy, hasTimes, holdOutStrategies } from '../../state/experiment'
import { Panel } from '../../widgets/panel'
import type { FormProps } from './form'
import { SplitCountsView } from './split-counts'

/** How the interactions are cut into parts, with the counts that follow from it. */
export function SplitPanel(form: FormProps) {
  const { t } = useTranslation()
  return (
    <Panel title={t('train.split.title')}>
      <Stack gap="md">
        <div className="fields">
          <Strategies {...form} />
          <StrategyFields {...form} />
        </div>
        <SplitCountsView {...form} />
      </Stack>
    </Panel>
  )
}

function Strategies({ dataset, draft, change }: FormProps) {
  const { t } = useTranslation()
  const choice = (value: ExperimentDraft['strategy']) => {
    const disabled = value === 'temporal' && !hasTimes(dataset)
    const label = t(`train.split.strategies.${value}`)
    return { value, label: disabled ? `${label} (${t('train.split.needsTime')})` : label, disabled }
  }
  return (
    <>
      <Select
        label={t('train.split.strategy')}
        data={[...(dataset.parts ? (['predefined'] as const) : []), ...holdOutStrategies].map(choice)}
        value={draft.strategy}
        onChange={(value) => change({ strategy: value as ExperimentDraft['strategy'] })}
      />
      <Select
        label={t('train.split.validation')}
        description={t('train.split.validationHelp')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        data={[{ value: 'none', label: t('train.split.noValidation') }, ...holdOutStrategies.map(choice)]}
        value={draft.validation}
        onChange={(value) => change({ validation: value as HoldOutStrategy | 'none' })}
      />
    </>
  )
}

/** The fields of the strategies in use, of the test part and of the validation part alike. */
function StrategyFields({ draft, change }: FormProps) {
  const { t } = useTranslation()
  const uses = (strategy: HoldOutStrategy) => draft.strategy === strategy || draft.validation === strategy
  return (
    <>
      {uses('leave-last-out') && (
        <NumberInput
          label={t('train.split.count')}
          min={1}
          allowDecimal={false}
          value={draft.count}
          onChange={(count) => change({ count })}
        />
      )}
      {uses('random') && (
        <>
          <NumberInput
            label={t('train.split.ratio')}
            min={0.01}
            max={0.99}
            step={0.05}
            value={draft.ratio}
            onChange={(ratio) => change({ ratio })}
          />
          <Select
            label={t('train.split.per')}
            data={(['user', 'global'] as const).map((value) => ({
              value,
              label: t(`train.split.perChoices.${value}`),
            }))}
            value={draft.per}
            onChange={(per) => change({ per: per as ExperimentDraft['per'] })}
          />
        </>
      )}
      {uses('temporal') && (
        <NumberInput
          label={t('train.split.quantile')}
          min={0.01}
          max={0.99}
          step={0.05}
          value={draft.quantile}
          onChange={(quantile) => change({ quantile })}
        />
      )}
    </>
  )
}
