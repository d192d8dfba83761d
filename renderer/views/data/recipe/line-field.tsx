import { MultiSelect, NumberInput, Select, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { DatasetRecord } from '../../../../main/contract/records'
import { useFormat } from '../../../locales/format'
import type { FieldProblem } from '../../../state/parameters'
import { attributesOf, columnsOf, type StepField } from '../../../state/recipe-steps'
import { problemText } from '../../train/problem-text'
import { ValuesInput } from '../values-input'
import type { LineFieldsProps } from './line-fields'
import styles from './recipe.module.css'
import { WeightFields } from './weight-fields'

interface LineFieldProps extends LineFieldsProps {
  name: string
  field: StepField
  error: FieldProblem | null
}

/** One field of a step, as its kind is entered. */
export function LineField(props: LineFieldProps) {
  const { dataset, line, name, field, onChange } = props
  const { t } = useTranslation()
  const label = useLabel(props)
  const error = useError(props, label)
  const value = line.fields[name]
  const names = (value ?? []) as string[]
  switch (field.kind) {
    case 'number':
      return (
        <NumberInput
          className={styles.field}
          label={label}
          error={error}
          value={value as number | string}
          allowDecimal={!field.integer}
          onChange={(typed) => onChange({ [name]: typed }, name)}
        />
      )
    case 'bound':
      return <BoundField {...props} />
    case 'date':
      return (
        <TextInput
          className={styles.field}
          label={label}
          type="date"
          value={String(value)}
          onChange={({ currentTarget }) => onChange({ [name]: currentTarget.value }, name)}
        />
      )
    case 'choice':
      return <ChoiceField {...props} choices={field.choices} />
    case 'attribute':
      return (
        <Select
          className={styles.field}
          label={label}
          data={attributesOf(dataset, line.fields.of).map((attribute) => attribute.name)}
          value={String(value)}
          onChange={(chosen) => onChange({ [name]: chosen ?? '', values: [], from: '', to: '' }, null)}
        />
      )
    case 'values':
      return (
        <ValuesInput
          className={styles.wide ?? ''}
          label={label}
          error={error}
          datasetId={dataset.id}
          of={line.fields.of === 'users' ? 'users' : 'items'}
          name={String(line.fields.name)}
          values={names}
          onChange={(values) => onChange({ [name]: values }, null)}
        />
      )
    case 'columns':
    case 'items':
    case 'users':
      return (
        <MultiSelect
          className={styles.wide}
          label={label}
          data={droppable(dataset, field.kind).map((column) => ({
            value: column,
            label: field.kind === 'columns' ? t(`recipe.columns.${column}` as 'recipe.columns.rating') : column,
          }))}
          value={names}
          onChange={(chosen) => onChange({ [name]: chosen }, null)}
        />
      )
    case 'weights':
      return <WeightFields {...props} />
  }
}

function ChoiceField({
  dataset,
  line,
  name,
  onChange,
  choices,
  ...props
}: LineFieldProps & { choices: readonly string[] }) {
  const { t } = useTranslation()
  const label = useLabel({ dataset, line, name, onChange, ...props })
  const labelOf = (choice: string) =>
    t(`recipe.choices.${line.step}.${name}.${choice}` as 'recipe.choices.duplicates.keep.last')
  function choose(chosen: string | null) {
    // Another side has other attributes.
    const first = name === 'of' ? { name: attributesOf(dataset, chosen ?? '')[0]?.name ?? '', values: [] } : {}
    onChange({ [name]: chosen ?? '', ...first }, null)
  }
  return (
    <Select
      className={styles.field}
      label={label}
      data={choices.map((choice) => ({ value: choice, label: labelOf(choice) }))}
      value={String(line.fields[name])}
      onChange={choose}
    />
  )
}

/** An end of a range: a day where the attribute is a date, else a number. */
function BoundField(props: LineFieldProps) {
  const { dataset, line, name, onChange } = props
  const label = useLabel(props)
  const value = line.fields[name] as number | string
  const attribute = attributesOf(dataset, line.fields.of).find((each) => each.name === line.fields.name)
  if (attribute?.type !== 'date') {
    const change = (typed: number | string) => onChange({ [name]: typed }, name)
    return <NumberInput className={styles.field} label={label} value={value} onChange={change} />
  }
  const day = typeof value === 'number' ? new Date(value * 1000).toISOString().slice(0, 10) : ''
  return (
    <TextInput
      className={styles.field}
      label={label}
      type="date"
      value={day}
      onChange={({ currentTarget: { value: typed } }) =>
        onChange({ [name]: typed === '' ? '' : Date.parse(typed) / 1000 }, name)
      }
    />
  )
}

function useLabel({ line, name }: LineFieldProps): string {
  const { t } = useTranslation()
  return t(`recipe.fields.${line.step}.${name}` as 'recipe.fields.duplicates.keep')
}

function useError({ error }: LineFieldProps, label: string): string | null {
  const { t } = useTranslation()
  const format = useFormat()
  return error && problemText({ field: label, problem: error }, label, t, format)
}

function droppable(dataset: DatasetRecord, kind: 'columns' | 'items' | 'users'): string[] {
  return kind === 'columns' ? columnsOf(dataset) : attributesOf(dataset, kind).map(({ name }) => name)
}
