import type { Scale } from '../../contract/features'
import { type Block, blockOf } from './block'

/**
 * A column of numbers, NaN where there is none, scaled: `standard` (x - mean) / standard deviation of the population,
 * `min-max` (x - minimum) / (maximum - minimum), `log` sign(x) ln(1 + |x|), `none` x. A constant column becomes 0. Rows
 * without a number have 1 in a second column.
 */
export function scaledNumbers(name: string, numbers: Float64Array, scale: Scale): Block {
  const known = numbers.filter((number) => !Number.isNaN(number))
  const scaled = scalings[scale](known)
  const hasMissing = known.length < numbers.length
  const rows = Array.from(numbers, (number) =>
    Number.isNaN(number) ? new Map([[1, 1]]) : new Map([[0, scaled(number)]]),
  )
  return blockOf([name, ...(hasMissing ? [`${name}: missing`] : [])], rows)
}

const scalings: Record<Scale, (known: Float64Array) => (number: number) => number> = {
  none: () => (number) => number,
  log: () => (number) => Math.sign(number) * Math.log1p(Math.abs(number)),
  standard(known) {
    const mean = known.reduce((sum, number) => sum + number, 0) / known.length
    const variance = known.reduce((sum, number) => sum + (number - mean) ** 2, 0) / known.length
    return (number) => (variance > 0 ? (number - mean) / Math.sqrt(variance) : 0)
  },
  'min-max'(known) {
    const { minimum, maximum } = range(known)
    return (number) => (maximum > minimum ? (number - minimum) / (maximum - minimum) : 0)
  },
}

/** 1 for the interval that a row's number lies in. Equal numbers are always in one interval, so there may be fewer. */
export function binned(
  name: string,
  numbers: Float64Array,
  bins: number,
  method: 'equal-frequency' | 'equal-width',
): Block {
  const known = numbers.filter((number) => !Number.isNaN(number)).sort()
  const cuts = method === 'equal-width' ? equalWidth(known, bins) : equalFrequency(known, bins)
  const rows = Array.from(numbers, (number) =>
    Number.isNaN(number) ? new Map<number, number>() : new Map([[binOf(number, cuts), 1]]),
  )
  return blockOf(binNames(name, cuts), rows)
}

/** The lower ends of all intervals but the first, ascending, each once. */
function equalFrequency(sorted: Float64Array, bins: number): number[] {
  const ends = Array.from({ length: bins - 1 }, (_, at) => sorted[Math.floor(((at + 1) * sorted.length) / bins)])
  return [...new Set(ends)].filter((end) => end > sorted[0])
}

function equalWidth(sorted: Float64Array, bins: number): number[] {
  const { minimum, maximum } = range(sorted)
  if (maximum === minimum) return []
  return Array.from({ length: bins - 1 }, (_, at) => minimum + ((at + 1) * (maximum - minimum)) / bins)
}

function binOf(number: number, cuts: readonly number[]): number {
  const above = cuts.findIndex((cut) => cut > number)
  return above < 0 ? cuts.length : above
}

function binNames(name: string, cuts: readonly number[]): string[] {
  const [texts, last] = [cuts.map(shortly), cuts.length]
  if (last === 0) return [`${name}: any`]
  return Array.from({ length: last + 1 }, (_, at) => {
    if (at === 0) return `${name}: < ${texts[0]}`
    return at === last ? `${name}: >= ${texts[last - 1]}` : `${name}: ${texts[at - 1]} to < ${texts[at]}`
  })
}

function shortly(number: number): string {
  return String(Number(number.toPrecision(10)))
}

function range(numbers: Float64Array): { minimum: number; maximum: number } {
  let [minimum, maximum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const number of numbers) {
    minimum = Math.min(minimum, number)
    maximum = Math.max(maximum, number)
  }
  return { minimum, maximum }
}
