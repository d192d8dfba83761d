import { NumberInput, Select, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { DatasetRecord } from '../../../../main/contract/records'
import { type NumberField, type RuleDraft, type ruleNumbers, secondsOf } from '../../../state/split-draft'

export interface RuleProps {
  dataset: DatasetRecord
  /** Whether the rows that are split have times. */
  isTimed: boolean
  rule: RuleDraft
  change(changes: Partial<RuleDraft>): void
}

/** The fields of a strategy. */
export function RuleFields(props: RuleProps) {
  const { rule } = props
  switch (rule.strategy) {
    case 'leave-last-out':
      return <Whole {...props} field="count" minimum={1} />
    case 'leave-one-out':
      return null
    case 'random':
      return (
        <>
          <Share {...props} field="ratio" />
          <Choice {...props} field="per" />
        </>
      )
    case 'temporal':
      return (
        <>
          <Choice {...props} field="cutBy" />
          {rule.cutBy === 'quantile' ? <Share {...props} field="quantile" /> : <PointInTime {...props} />}
        </>
      )
    case 'user-holdout':
      return (
        <>
          <Choice {...props} field="usersBy" />
          {rule.usersBy === 'share' ? (
            <Share {...props} field="userShare" />
          ) : (
            <Whole {...props} field="userCount" minimum={1} />
          )}
          <Share {...props} field="foldIn" />
          <Choice {...props} field="tested" />
        </>
      )
    case 'k-fold':
      return (
        <>
          <Whole {...props} field="folds" minimum={2} />
          <Whole {...props} field="fold" minimum={0} />
          <Choice {...props} field="per" />
        </>
      )
  }
}

type NumberFields = (typeof ruleNumbers)[number]

function Whole({ rule, change, field, minimum }: RuleProps & { field: NumberFields; minimum: number }) {
  const { t } = useTranslation()
  return (
    <NumberInput
      label={t(`split.fields.${field}`)}
      min={minimum}
      allowDecimal={false}
      value={rule[field]}
      onChange={(value) => change({ [field]: value })}
    />
  )
}

function Share({ rule, change, field }: RuleProps & { field: NumberFields }) {
  const { t } = useTranslation()
  return (
    <NumberInput
      label={t(`split.fields.${field}`)}
      min={0.01}
      max={0.99}
      step={0.05}
      value={rule[field]}
      onChange={(value) => change({ [field]: value })}
    />
  )
}

const choices = {
  per: ['user', 'global'],
  cutBy: ['quantile', 'at'],
  usersBy: ['share', 'count'],
  tested: ['random', 'latest'],
} as const

function Choice({ dataset, isTimed, rule, change, field }: RuleProps & { field: keyof typeof choices }) {
  const { t } = useTranslation()
  return (
    <Select
      label={t(`split.fields.${field}`)}
      data={choices[field].map((value) => ({
        value,
        label: t(`split.choices.${value}`),
        disabled: value === 'latest' && !isTimed,
      }))}
      value={rule[field]}
      onChange={(value) => change({ [field]: value, ...(value === 'at' && rule.at === '' && middleOf(dataset)) })}
    />
  )
}

/** The date to begin with: four fifths on the way from the first to the last interaction, at midnight. */
function middleOf({ profile }: DatasetRecord): Partial<RuleDraft> {
  const { firstTimestamp: first, lastTimestamp: last } = profile
  if (first === null || last === null) return {}
  const day = 86_400
  return { at: Math.floor((first + 0.8 * (last - first)) / day) * day }
}

function PointInTime({ rule, change }: RuleProps) {
  const { t } = useTranslation()
  return (
    <TextInput
      type="datetime-local"
      label={t('split.fields.at')}
      step={1}
      value={writtenTime(rule.at)}
      onChange={({ currentTarget: { value } }) => change({ at: value === '' ? '' : Date.parse(`${value}Z`) / 1000 })}
    />
  )
}

/** As the browser's field takes it, in UTC. */
function writtenTime(at: NumberField): string {
  const seconds = secondsOf(at)
  return seconds === null ? '' : new Date(seconds * 1000).toISOString().slice(0, 19)
}
