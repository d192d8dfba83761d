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
  const { field } = props
  switch (field.kind) {
    case 'number':
      return <NumberField {...props} isWhole={field.integer ?? false} />
    case 'bound':
      return <BoundField {...props} />
    case 'date':
      return <DateField {...props} />
    case 'choice':
      return <ChoiceField {...props} choices={field.choices} />
    case 'attribute':
      return <AttributeField {...props} />
    case 'values':
      return <ValuesField {...props} />
    case 'columns':
    case 'items':
    case 'users':
      return <NamesField {...props} kind={field.kind} />
    case 'weights':
      return <WeightFields {...props} />
  }
}

function NumberField({ isWhole, ...props }: LineFieldProps & { isWhole: boolean }) {
  const { line, name, onChange } = props
  const label = useLabel(props)
  return (
    <NumberInput
      className={styles.field}
      label={label}
      error={useError(props, label)}
      value={line.fields[name] as number | string}
      allowDecimal={!isWhole}
      onChange={(typed) => onChange({ [name]: typed }, name)}
    />
  )
}

function DateField(props: LineFieldProps) {
  const { line, name, onChange } = props
  return (
    <TextInput
      className={styles.field}
      label={useLabel(props)}
      type="date"
      value={String(line.fields[name])}
      onChange={({ currentTarget }) => onChange({ [name]: currentTarget.value }, name)}
    />
  )
}

function AttributeField(props: LineFieldProps) {
  const { dataset, line, name, onChange } = props
  return (
    <Select
      className={styles.field}
      label={useLabel(props)}
      data={attributesOf(dataset, line.fields.of).map((attribute) => attribute.name)}
      value={String(line.fields[name])}
      onChange={(chosen) => onChange({ [name]: chosen ?? '', values: [], from: '', to: '' }, null)}
    />
  )
}

function ValuesField(props: LineFieldProps) {
  const { dataset, line, name, onChange } = props
  const label = useLabel(props)
  return (
    <ValuesInput
      className={styles.wide ?? ''}
      label={label}
      error={useError(props, label)}
      datasetId={dataset.id}
      of={line.fields.of === 'users' ? 'users' : 'items'}
      name={String(line.fields.name)}
      values={namesOf(line, name)}
      onChange={(values) => onChange({ [name]: values }, null)}
    />
  )
}

type NamesKind = 'columns' | 'items' | 'users'

/** What is dropped: columns, or attributes of a side. */
function NamesField({ kind, ...props }: LineFieldProps & { kind: NamesKind }) {
  const { dataset, line, name, onChange } = props
  const { t } = useTranslation()
  return (
    <MultiSelect
      className={styles.wide}
      label={useLabel(props)}
      data={droppable(dataset, kind).map((column) => ({
        value: column,
        label: kind === 'columns' ? t(`recipe.columns.${column}` as 'recipe.columns.rating') : column,
      }))}
      value={namesOf(line, name)}
      onChange={(chosen) => onChange({ [name]: chosen }, null)}
    />
  )
}

function namesOf({ fields }: LineFieldProps['line'], name: string): string[] {
  return (fields[name] ?? []) as string[]
}

function ChoiceField({ choices, ...props }: LineFieldProps & { choices: readonly string[] }) {
  const { line, name, onChange, dataset } = props
  const { t } = useTranslation()
  const label = useLabel(props)
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

function useLabel({ line, name }: Pick<LineFieldProps, 'line' | 'name'>): string {
  const { t } = useTranslation()
  return t(`recipe.fields.${line.step}.${name}` as 'recipe.fields.duplicates.keep')
}

function useError({ error }: Pick<LineFieldProps, 'error'>, label: string): string | null {
  const { t } = useTranslation()
  const format = useFormat()
  return error && problemText({ field: label, problem: error }, label, t, format)
}

function droppable(dataset: DatasetRecord, kind: NamesKind): string[] {
  return kind === 'columns' ? columnsOf(dataset) : attributesOf(dataset, kind).map(({ name }) => name)
}
