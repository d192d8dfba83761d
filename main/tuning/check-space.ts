import { TopnError } from '../contract/errors'
import type { ModelDescription, Parameter } from '../contract/parameters'
import { defaultParameterSpace, isRange, type ParameterSpace } from '../contract/tuning'
import { allows, wanted } from '../models/registry'

type Space = Record<string, ParameterSpace>

/**
 * The space of every parameter: those that are given, and the defaults of the others; all default spaces where nothing is
 * given. Throws BAD_REQUEST at `field` with the parameter's name where a space allows what the model does not.
 */
export function checkSpace(
  { id, parameters }: Pick<ModelDescription, 'id' | 'parameters'>,
  given: Readonly<Space> | undefined,
  field: string,
): Space {
  for (const name of Object.keys(given ?? {})) {
    if (parameters.some((parameter) => parameter.name === name)) continue
    const known = parameters.map(({ name }) => name).join(', ') || 'none'
    throw refusal(`${field}.${name}`, `${id} has no such parameter; its parameters: ${known}.`)
  }
  return Object.fromEntries(
    parameters.map((parameter) => {
      if (!given) return [parameter.name, defaultParameterSpace(parameter)]
      const space = Object.hasOwn(given, parameter.name) ? given[parameter.name] : parameter.default
      checkParameterSpace(parameter, space, `${field}.${parameter.name}`)
      return [parameter.name, space]
    }),
  )
}

function checkParameterSpace(parameter: Parameter, space: ParameterSpace, field: string): void {
  if (isRange(space) && parameter.type !== 'integer' && parameter.type !== 'number') {
    throw refusal(field, `it is no number; give a list of values, or one value: ${wanted(parameter)}.`)
  }
  const values = isRange(space) ? [space.from, space.to] : Array.isArray(space) ? space : [space]
  if (!values.every((value) => allows(parameter, value))) throw refusal(field, `give ${wanted(parameter)}.`)
}

function refusal(field: string, sentence: string): TopnError {
  return new TopnError('BAD_REQUEST', `${field}: ${sentence}`, { field })
}
