import type { Parameter, ParameterValue } from '../../main/contract/parameters'
import { isRange, type ParameterSpace, type StudyRecord, type TrialRecord } from '../../main/contract/tuning'
import type { Format } from '../locales/format'

/** What a study searches of one parameter, from 0 to 1. */
export interface SearchAxis {
  name: string
  ticks: readonly { at: number; label: string }[]
  /** Null for numbers. */
  choices: readonly ParameterValue[] | null
  isLogarithmic: boolean
  placeOf(value: ParameterValue): number
  /** What stands at a place, in words; of choices the one whose part of the axis it is. */
  textAt(place: number): string
}

/** The searched parameters of a model, in the model's order. */
export function searchAxes(
  { settings }: Pick<StudyRecord, 'settings'>,
  model: { id: string; parameters: readonly Parameter[] },
  format: Format,
): SearchAxis[] {
  const space = settings.models.find((each) => each.model === model.id)?.space ?? {}
  return model.parameters.flatMap((parameter) => axisOf(parameter, space[parameter.name], format) ?? [])
}

function axisOf(parameter: Parameter, space: ParameterSpace | undefined, format: Format): SearchAxis | null {
  if (space === undefined) return null
  if (Array.isArray(space)) return space.length > 1 ? choiceAxis(parameter.name, space, format) : null
  if (!isRange(space)) return null
  const scale = space.scale ?? ('scale' in parameter ? parameter.scale : undefined)
  const isLogarithmic = scale === 'logarithmic' && space.from > 0
  return { name: parameter.name, ...numberAxis(space.from, space.to, isLogarithmic, format) }
}

function choiceAxis(name: string, choices: readonly ParameterValue[], format: Format): SearchAxis {
  const text = (value: ParameterValue) => (typeof value === 'number' ? format.value(value) : String(value))
  const middle = (at: number) => (at + 0.5) / choices.length
  return {
    name,
    choices,
    isLogarithmic: false,
    ticks: choices.map((value, at) => ({ at: middle(at), label: text(value) })),
    placeOf: (value) => middle(Math.max(0, choices.indexOf(value))),
    textAt: (place) => text(choices[Math.max(0, Math.min(choices.length - 1, Math.floor(place * choices.length)))]),
  }
}

const numberOfTicks = 5

/** An axis of numbers; a point where there is only one value. */
export function numberAxis(from: number, to: number, isLogarithmic: boolean, format: Format): Omit<SearchAxis, 'name'> {
  const [low, high] = isLogarithmic ? [Math.log(from), Math.log(to)] : [from, to]
  const valueAt = (place: number) => {
    const value = low + place * (high - low)
    return isLogarithmic ? Math.exp(value) : value
  }
  const textAt = (place: number) => format.value(Number(valueAt(place).toPrecision(3)))
  return {
    choices: null,
    isLogarithmic,
    ticks: Array.from({ length: numberOfTicks }, (_, tick) => {
      const at = tick / (numberOfTicks - 1)
      return { at, label: textAt(at) }
    }),
    placeOf(value) {
      const number = isLogarithmic ? Math.log(Number(value)) : Number(value)
      return high === low ? 0.5 : Math.max(0, Math.min(1, (number - low) / (high - low)))
    },
    textAt,
  }
}

/** What trials reached of an objective, as an axis. */
export function objectiveAxis(trials: readonly Judged[], objective: string, format: Format): SearchAxis {
  const values = trials.map((trial) => trial.values[objective])
  return { name: objective, ...numberAxis(Math.min(...values), Math.max(...values), false, format) }
}

export type Judged = TrialRecord & { values: Record<string, number> }

/** Trials whose training is whole: only their values may be compared. */
export function wholeTrials(trials: Iterable<TrialRecord>): Judged[] {
  return [...trials]
    .filter((trial): trial is Judged => trial.state === 'done' && trial.values !== null)
    .sort((a, b) => a.number - b.number)
}
