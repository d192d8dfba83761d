import type { Bin, TimeBins } from '../../../../main/contract/exploration'
import type { HistogramBar } from '../../../charts/histogram'
import type { Format } from '../../../locales/format'

/** Bars of whole numbers; those with 1, 2 or 5 at the front have a tick. */
export function countBars(bins: readonly Bin[], format: Format): HistogramBar[] {
  return bins.map(({ from, to }) => {
    const round = roundNumberWithin(from, to)
    return { label: rangeText(from, to, format.count), tick: round === null ? '' : format.compact(round) }
  })
}

/** 1, 2, 5, 10, 20, 50 ... where one lies between both ends. */
function roundNumberWithin(from: number, to: number): number | null {
  const power = 10 ** Math.floor(Math.log10(to))
  return [5, 2, 1].map((digit) => digit * power).find((number) => number >= from && number <= to) ?? null
}

/** Bars of any numbers, each with a tick. */
export function valueBars(bins: readonly Bin[], write: (value: number) => string): HistogramBar[] {
  return bins.map(({ from, to }) => ({ label: rangeText(from, to, write), tick: write(from) }))
}

export function rangeText(from: number, to: number, write: (value: number) => string): string {
  const [first, last] = [write(from), write(to)]
  return first === last ? first : `${first} – ${last}`
}

type Unit = TimeBins['unit']
type Written = Parameters<Format['period']>[1]

/** A bar for each period; where many stand side by side, those that begin a longer one have a tick. */
export function periodBars({ unit, bins }: Pick<TimeBins, 'unit' | 'bins'>, format: Format): HistogramBar[] {
  const ticked = tickUnit(unit, bins.length)
  const ticks = bins.map(({ from }) => format.period(from, ticked))
  return bins.map(({ from, to }, at) => ({
    label:
      unit === 'week' || unit === 'part'
        ? rangeText(from, to, (time) => format.period(time, 'day'))
        : format.period(from, unit),
    tick: ticks[at] === ticks[at - 1] ? '' : ticks[at],
  }))
}

function tickUnit(unit: Unit, count: number): Written {
  switch (unit) {
    case 'hour':
      return count > 48 ? 'day' : 'hour'
    case 'day':
      return count > 62 ? 'month' : 'day'
    case 'week':
      return count > 80 ? 'year' : 'month'
    case 'month':
      return count > 36 ? 'year' : 'month'
    case 'year':
    case 'part':
      return 'year'
  }
}
