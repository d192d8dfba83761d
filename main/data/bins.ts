import type { RatingBins, TimeBins } from '../contract/exploration'

/** A bar without its count: values from `from` to `to`, both included; nothing lies between two neighbours. */
export interface Interval {
  from: number
  to: number
}

const barsPerDecade = 10
const linearBars = 40
/** From this ratio of the largest to the smallest value on, equal widths would put nearly all into one bar. */
const wideRatio = 1000

/** Bars for whole numbers from `least`, which is 1 or more, to `most`: ten to each power of ten, none below one wide. */
export function countBins(least: number, most: number): Interval[] {
  const first = Math.floor(barsPerDecade * Math.log10(least))
  const edges = [...new Set(powersUntil(first, most).map(Math.round))]
  return between(wholeIntervals(edges), least, most)
}

export interface Values {
  least: number
  most: number
  whole: boolean
  /** All different values, ascending, where they are few; null where they are many. */
  few: readonly number[] | null
}

/** Bars for ratings, or any other number: one for each value where they are few, otherwise by how far they reach. */
export function valueBins({ least, most, whole, few }: Values): Pick<RatingBins, 'scale'> & { bins: Interval[] } {
  if (few) return { scale: 'values', bins: few.map((value) => ({ from: value, to: value })) }
  const isWide = least > 0 && most / least >= wideRatio
  if (!isWide) return { scale: 'linear', bins: linearBins(least, most, whole) }
  if (whole) return { scale: 'logarithmic', bins: countBins(least, most) }
  const edges = powersUntil(Math.floor(barsPerDecade * Math.log10(least)), most)
  return { scale: 'logarithmic', bins: between(adjacent(edges), least, most) }
}

/** Bars of equal width, at round numbers: widths of 1, 2 or 5 times a power of ten. */
export function linearBins(least: number, most: number, whole: boolean): Interval[] {
  const width = roundWidth((most - least) / linearBars, whole)
  const first = Math.floor(least / width) - 1
  // Rounding may put a value on the wrong side of an edge, hence one bar more at either end.
  const edges = Array.from({ length: Math.floor(most / width) - first + 3 }, (_, at) => (first + at) * width)
  return between(whole ? wholeIntervals(edges) : adjacent(edges), least, most)
}

function roundWidth(width: number, whole: boolean): number {
  if (whole && width <= 1) return 1
  const power = 10 ** Math.floor(Math.log10(width))
  return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= width * (1 - 1e-9)) as number
}

const hour = 3600
const day = 24 * hour
const year = 365 * day
/** The longest span that each unit is used for, in seconds: 72 to 480 bars. */
const units = [
  { unit: 'hour', longest: 3 * day },
  { unit: 'day', longest: 100 * day },
  { unit: 'week', longest: 3 * year },
  { unit: 'month', longest: 40 * year },
  { unit: 'year', longest: 2000 * year },
] as const
const parts = 100
/** Dates of JavaScript end here, in seconds. */
const lastDate = 8.64e12

/** Bars over a span of time, from the first to the last second since 1970. */
export function timeBins(first: number, last: number): { unit: TimeBins['unit']; bins: Interval[] } {
  const found = units.find(({ longest }) => last - first <= longest)
  if (!found || Math.max(Math.abs(first), Math.abs(last)) > lastDate / 2)
    return { unit: 'part', bins: equalParts(first, last) }
  const edges = [startOf(found.unit, first)]
  while ((edges.at(-1) as number) <= last) edges.push(nextOf(found.unit, edges.at(-1) as number))
  return { unit: found.unit, bins: adjacent(edges) }
}

/** A hundred of them, or fewer where so many different numbers do not lie between the ends. */
function equalParts(first: number, last: number): Interval[] {
  const edges = Array.from({ length: parts }, (_, at) => first + ((last - first) * at) / parts)
  return adjacent([...new Set(edges), Number.POSITIVE_INFINITY]).map(({ from, to }) => ({
    from,
    to: Math.min(to, last),
  }))
}

type CalendarUnit = (typeof units)[number]['unit']

function startOf(unit: CalendarUnit, time: number): number {
  const date = new Date(time * 1000)
  if (unit === 'hour') return Math.floor(time / hour) * hour
  if (unit === 'day') return Math.floor(time / day) * day
  // 1 January 1970 was a Thursday.
  if (unit === 'week') return (Math.floor((time / day + 3) / 7) * 7 - 3) * day
  return monthStart(date.getUTCFullYear(), unit === 'month' ? date.getUTCMonth() : 0)
}

function nextOf(unit: CalendarUnit, start: number): number {
  const date = new Date(start * 1000)
  if (unit === 'month') return monthStart(date.getUTCFullYear(), date.getUTCMonth() + 1)
  if (unit === 'year') return monthStart(date.getUTCFullYear() + 1, 0)
  return start + { hour, day, week: 7 * day }[unit]
}

/** Date.UTC takes the years 0 to 99 for 1900 to 1999. */
function monthStart(year: number, month: number): number {
  return new Date(0).setUTCFullYear(year, month, 1) / 1000
}

/** Powers of ten in steps of a tenth, from the step `first` to the first one beyond `most`. */
function powersUntil(first: number, most: number): number[] {
  const last = Math.floor(barsPerDecade * Math.log10(most)) + 1
  // Rounding may put a value on the wrong side of an edge, hence one bar more.
  return Array.from({ length: last - first + 2 }, (_, at) => 10 ** ((first + at) / barsPerDecade))
}

/** Those bars that reach into a range. */
function between(bins: Interval[], least: number, most: number): Interval[] {
  return bins.filter(({ from, to }) => to >= least && from <= most)
}

function wholeIntervals(edges: number[]): Interval[] {
  return edges.slice(1).map((edge, at) => ({ from: edges[at], to: edge - 1 }))
}

function adjacent(edges: number[]): Interval[] {
  return edges.slice(1).map((edge, at) => ({ from: edges[at], to: below(edge) }))
}

/** The largest number below another one. */
export function below(value: number): number {
  if (value === 0) return -Number.MIN_VALUE
  const bits = new BigInt64Array(1)
  const number = new Float64Array(bits.buffer)
  number[0] = value
  bits[0] += value > 0 ? -1n : 1n
  return number[0]
}
