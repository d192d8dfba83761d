import type { Parameter, ParameterValue } from '../../main/contract/parameters'

/** What stands in a field: a value, or the text of one that is not finished. */
export type FieldValue = ParameterValue

export type FieldProblem = { kind: 'empty' } | { kind: 'integer' } | { kind: 'range'; minimum: number; maximum: number }

/** What is wrong with the value of a number field, or null. */
export function numberProblem(
  value: FieldValue,
  rule: { integer: boolean; minimum: number; maximum: number },
): FieldProblem | null {
  if (typeof value !== 'number' || !Number.isFinite(value)) return { kind: 'empty' }
  if (rule.integer && !Number.isInteger(value)) return { kind: 'integer' }
  const { minimum, maximum } = rule
  return value < minimum || value > maximum ? { kind: 'range', minimum, maximum } : null
}

/** What is wrong with a parameter's value, or null. */
export function parameterProblem(parameter: Parameter, value: FieldValue): FieldProblem | null {
  switch (parameter.type) {
    case 'integer':
    case 'number':
      return numberProblem(value, { integer: parameter.type === 'integer', ...parameter })
    case 'boolean':
      return typeof value === 'boolean' ? null : { kind: 'empty' }
    case 'choice':
      return parameter.choices.includes(String(value)) ? null : { kind: 'empty' }
  }
}

/** The parameters that differ from their defaults. */
export function changedParameters(
  parameters: readonly Parameter[],
  values: Readonly<Record<string, FieldValue>>,
): Record<string, ParameterValue> {
  const changed = parameters.flatMap((parameter) => {
    const value = parameterValue(parameter, values)
    return value === parameter.default ? [] : [[parameter.name, value] as const]
  })
  return Object.fromEntries(changed)
}

export function parameterValue(parameter: Parameter, values: Readonly<Record<string, FieldValue>>): FieldValue {
  return Object.hasOwn(values, parameter.name) ? values[parameter.name] : parameter.default
}
