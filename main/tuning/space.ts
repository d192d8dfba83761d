import type { ModelDescription, Parameter, ParameterValue } from '../contract/parameters'
import { isActive, isRange, type ModelSpace, type ParameterRange, type ParameterSpace } from '../contract/tuning'

/** A parameter that is searched. */
export type Dimension = { name: string } & (
  | { kind: 'range'; from: number; to: number; isLogarithmic: boolean; isInteger: boolean; points: number }
  | { kind: 'choice'; values: readonly ParameterValue[] }
)

/** One number for each dimension: 0 to 1 in a range, the place of a choice; NaN where the dimension does not matter. */
export type Point = readonly number[]

export type Params = Record<string, ParameterValue>

/** What a study tries of one model. */
export interface SearchSpace {
  model: string
  dimensions: readonly Dimension[]
  /** All parameters of the model; those that do not matter beside the others have their default. */
  decode(point: Point): Params
  /** What lies outside the space is taken at its border. */
  encode(params: Readonly<Params>): Point
  /** As `encode`, with the place of the value also where it does not matter. */
  places(params: Readonly<Params>): number[]
  defaults: Readonly<Params>
}

const usualPoints = 5

export function searchSpace(
  { parameters }: Pick<ModelDescription, 'parameters'>,
  { model, space }: ModelSpace,
): SearchSpace {
  const of = new Map(parameters.map((parameter) => [parameter.name, parameter]))
  const dimensions = parameters.flatMap((parameter) => dimensionOf(parameter, space[parameter.name]) ?? [])
  const defaults = Object.fromEntries(parameters.map((parameter) => [parameter.name, parameter.default]))
  const fixed = Object.fromEntries(
    parameters.map((parameter) => [parameter.name, fixedValue(space[parameter.name]) ?? parameter.default]),
  )

  function withoutIdle(params: Params): Params {
    const idle = parameters.filter((parameter) => !isActive(parameter, params))
    return { ...params, ...Object.fromEntries(idle.map((parameter) => [parameter.name, parameter.default])) }
  }

  return {
    model,
    dimensions,
    defaults,
    decode(point) {
      const searched = dimensions.map((dimension, at) => {
        const isIdle = Number.isNaN(point[at])
        return [dimension.name, isIdle ? defaults[dimension.name] : valueAt(dimension, point[at])]
      })
      return withoutIdle({ ...fixed, ...Object.fromEntries(searched) })
    },
    places: (params) => dimensions.map((dimension) => placeOf(dimension, params[dimension.name])),
    encode: (params) =>
      dimensions.map((dimension) => {
        const matters = isActive(of.get(dimension.name) as Parameter, params)
        return matters ? placeOf(dimension, params[dimension.name]) : Number.NaN
      }),
  }
}

/** The one value of a space that has one; undefined where it has several, and where nothing is said. */
function fixedValue(space: ParameterSpace | undefined): ParameterValue | undefined {
  if (Array.isArray(space)) return space.length === 1 ? space[0] : undefined
  return space === undefined || isRange(space) ? undefined : space
}

function dimensionOf(parameter: Parameter, space: ParameterSpace | undefined): Dimension | null {
  const { name } = parameter
  if (space === undefined || fixedValue(space) !== undefined) return null
  if (Array.isArray(space)) return { name, kind: 'choice', values: [...new Set(space)] }
  return { name, kind: 'range', ...rangeOf(parameter, space as ParameterRange) }
}

function rangeOf(parameter: Parameter, { from, to, scale, points = usualPoints }: ParameterRange) {
  const own = 'scale' in parameter ? parameter.scale : undefined
  // A range that begins at zero has no logarithm.
  const isLogarithmic = (scale ?? own) === 'logarithmic' && from > 0
  return { from, to, isLogarithmic, isInteger: parameter.type === 'integer', points }
}

type Range = Extract<Dimension, { kind: 'range' }>

/** Whole numbers take half a step at either end, so that each has the same room. */
function ends({ from, to, isInteger, isLogarithmic }: Range): [number, number] {
  const room = isInteger ? 0.5 : 0
  return isLogarithmic ? [Math.log(from - room), Math.log(to + room)] : [from - room, to + room]
}

export function valueAt(dimension: Dimension, place: number): ParameterValue {
  if (dimension.kind === 'choice') return dimension.values[place]
  const { from, to, isInteger, isLogarithmic } = dimension
  const [low, high] = ends(dimension)
  const linear = low + place * (high - low)
  const value = isLogarithmic ? Math.exp(linear) : linear
  return Math.min(to, Math.max(from, isInteger ? Math.round(value) : significant(value)))
}

function placeOf(dimension: Dimension, value: ParameterValue): number {
  if (dimension.kind === 'choice') return Math.max(0, dimension.values.indexOf(value))
  const [low, high] = ends(dimension)
  const number = Number(value)
  const linear = dimension.isLogarithmic ? Math.log(Math.max(number, Number.MIN_VALUE)) : number
  return Math.min(1, Math.max(0, (linear - low) / (high - low)))
}

/** Four digits say what was tried, and can be written down. */
function significant(value: number): number {
  return Number(value.toPrecision(4))
}

/** The same for the same parameters. */
export function keyOf(model: string, params: Readonly<Params>): string {
  return JSON.stringify([model, ...Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1))])
}
