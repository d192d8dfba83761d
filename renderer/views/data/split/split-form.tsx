import { Select, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { stepsOf } from '../../../state/recipe'
import { hasTimes, holdOutStrategies, needsTimes, newRule, type RuleDraft } from '../../../state/split-draft'
import { Panel } from '../../../widgets/panel'
import type { FormProps } from '../../train/form'
import { RuleFields } from './rule-fields'

/** How the test part and the validation part are cut off, each with its own fields. */
export function SplitForm({ dataset, draft: { clean, split }, change }: FormProps) {
  const { t } = useTranslation()
  const isTimed = hasTimes(dataset, stepsOf(clean, dataset))
  const { predefined, test, validation } = split
  const choice = (value: RuleDraft['strategy']) => {
    const disabled = needsTimes(value) && !isTimed
    const label = t(`split.strategies.${value}`)
    return { value, label: disabled ? `${label} (${t('split.needsTime')})` : label, disabled }
  }
  const strategies = holdOutStrategies.map(choice)
  const files = { value: 'predefined', label: t('split.strategies.predefined') }
  const put = (changes: Partial<typeof split>) => change({ split: { ...split, ...changes } })
  return (
    <Panel title={t('split.title')}>
      <Stack gap="md">
        <div className="fields">
          <Select
            label={t('split.test')}
            data={dataset.parts ? [files, ...strategies] : strategies}
            value={predefined ? 'predefined' : test.strategy}
            onChange={(value) => {
              if (value === 'predefined') put({ predefined: true })
              else put({ predefined: false, test: { ...test, strategy: value as RuleDraft['strategy'] } })
            }}
          />
          {!predefined && (
            <RuleFields
              dataset={dataset}
              isTimed={isTimed}
              rule={test}
              change={(changes) => put({ test: { ...test, ...changes } })}
            />
          )}
        </div>
        <div className="fields">
          <Select
            label={t('split.validation')}
            description={t('split.validationHelp')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            data={[{ value: 'none', label: t('split.noValidation') }, ...strategies]}
            value={validation?.strategy ?? 'none'}
            onChange={(value) => {
              const strategy = value as RuleDraft['strategy']
              put({ validation: value === 'none' ? null : { ...(validation ?? newRule(strategy)), strategy } })
            }}
          />
          {validation && (
            <RuleFields
              isTimed={isTimed}
              dataset={dataset}
              rule={validation}
              change={(changes) => put({ validation: { ...validation, ...changes } })}
            />
          )}
        </div>
      </Stack>
    </Panel>
  )
}
