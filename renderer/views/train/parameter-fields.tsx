import { Checkbox, NumberInput, Select, SimpleGrid, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Parameter, ParameterValue } from '../../../main/contract/parameters'
import { useFormat } from '../../locales/format'
import { useSay } from '../../locales/say'
import type { FormProblem } from '../../state/experiment'
import { parameterProblem, parameterValue } from '../../state/parameters'
import styles from './models-panel.module.css'
import { problemText } from './problem-text'

interface ParameterFieldsProps {
  parameters: readonly Parameter[]
  values: Readonly<Record<string, ParameterValue>>
  /** What keeps values that are right by themselves from being used, by the parameter's name as `field`. */
  refused: readonly FormProblem[]
  onChange(values: Record<string, ParameterValue>): void
}

/** A form made from parameter descriptions: the kind of field, its range, default and help. */
export function ParameterFields({ parameters, values, ...rest }: ParameterFieldsProps) {
  const { t } = useTranslation()
  const own = parameters.filter(({ group }) => group === undefined)
  const learning = parameters.filter(
    (parameter) => parameter.group === 'learning' && matters(parameter, parameters, values),
  )
  return (
    <>
      {own.length > 0 && <FieldGrid parameters={own} values={values} {...rest} />}
      {learning.length > 0 && (
        <fieldset className={styles.group}>
          <Text component="legend" size="sm" fw={550} pb={6}>
            {t('control.learning')}
          </Text>
          <FieldGrid parameters={learning} values={values} {...rest} />
        </fieldset>
      )}
    </>
  )
}

/** Whether it does anything beside the values of the others. */
function matters({ when = {} }: Parameter, all: readonly Parameter[], values: ParameterFieldsProps['values']): boolean {
  return Object.entries(when).every(([name, wanted]) => {
    const other = all.find((parameter) => parameter.name === name)
    return !other || wanted.includes(parameterValue(other, values))
  })
}

function FieldGrid({ parameters, values, refused, onChange }: ParameterFieldsProps) {
  return (
    <SimpleGrid cols={3} spacing="md">
      {parameters.map((parameter) => (
        <ParameterField
          key={parameter.name}
          parameter={parameter}
          value={parameterValue(parameter, values)}
          refusal={refused.find(({ field }) => field === parameter.name)}
          onChange={(value) => onChange({ ...values, [parameter.name]: value })}
        />
      ))}
    </SimpleGrid>
  )
}

interface ParameterFieldProps {
  parameter: Parameter
  value: ParameterValue
  refusal: FormProblem | undefined
  onChange(value: ParameterValue): void
}

const order: ('label' | 'input' | 'description' | 'error')[] = ['label', 'input', 'error', 'description']

function ParameterField({ parameter, value, refusal, onChange }: ParameterFieldProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { name } = parameter
  const meaning = useSay()(parameter.meaning)
  switch (parameter.type) {
    case 'boolean':
      return (
        <Checkbox
          label={name}
          description={meaning}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      )
    case 'choice':
      return (
        <Select
          label={name}
          description={meaning}
          inputWrapperOrder={order}
          data={[...parameter.choices]}
          value={String(value)}
          error={refusal && problemText(refusal, refusal.model ?? name, t, format)}
          onChange={(choice) => choice !== null && onChange(choice)}
        />
      )
    default:
      return <NumberField parameter={parameter} meaning={meaning} value={value} onChange={onChange} />
  }
}

interface NumberFieldProps extends Omit<ParameterFieldProps, 'refusal'> {
  parameter: Extract<Parameter, { type: 'integer' | 'number' }>
  meaning: string
}

function NumberField({ parameter, meaning, value, onChange }: NumberFieldProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { name, type, minimum, maximum } = parameter
  const range = t('train.models.range', { minimum: format.value(minimum), maximum: format.value(maximum) })
  const problem = parameterProblem(parameter, value)
  return (
    <NumberInput
      label={name}
      description={`${meaning} ${range}`}
      inputWrapperOrder={order}
      value={typeof value === 'boolean' ? '' : value}
      min={minimum}
      max={maximum}
      step={stepOf(type, minimum, maximum)}
      clampBehavior="none"
      allowDecimal={type === 'number'}
      error={problem && problemText({ field: name, problem }, name, t, format)}
      onChange={onChange}
    />
  )
}

/** Whole numbers go by one; others by a power of ten that is about a hundredth of the range. */
function stepOf(type: 'integer' | 'number', minimum: number, maximum: number): number {
  return type === 'integer' ? 1 : 10 ** Math.round(Math.log10((maximum - minimum) / 100))
}
