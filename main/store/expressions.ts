import type { TimeFormat } from '../contract/experiment'
import { unitLimits, unitsPerSecond } from '../data/time'
import { literal } from './database'

/** How large a rating may be in size: models compute with 32-bit numbers. */
export const largestRating = 3.4e38

/** SQL for a text cell as a number, NULL where it is none. DuckDB alone would read `1_000` as 1000. */
export function numberExpression(cell: string, decimal: '.' | ','): string {
  const foreign = decimal === ',' ? '.' : '_'
  const text = decimal === ',' ? `replace(${cell}, ',', '.')` : cell
  return `CASE WHEN NOT contains(${cell}, '${foreign}') THEN TRY_CAST(${text} AS DOUBLE) END`
}

/** SQL for a text cell as seconds since 1970, NULL where it is no time in this format. */
export function timeExpression(cell: string, time: TimeFormat): string {
  if (time.unit === 'iso') return secondsOf(`TRY_CAST(${cell} AS TIMESTAMPTZ)`)
  if (time.unit === 'pattern') return secondsOf(`try_strptime(${cell}, ${literal(time.pattern)})::TIMESTAMPTZ`)
  const number = numberExpression(cell, '.')
  return `CASE WHEN abs(${number}) < ${unitLimits[time.unit]}::DOUBLE THEN ${number} / ${unitsPerSecond[time.unit]} END`
}

/** Text without an offset is read in the connection's time zone. */
function secondsOf(timestamp: string): string {
  return `CASE WHEN isfinite(${timestamp}) THEN epoch(${timestamp}) END`
}

/** What a row is rejected for whose cell is no time in this format. */
export function timeReason(time: TimeFormat): string {
  switch (time.unit) {
    case 'iso':
      return 'The timestamp is not a date or time.'
    case 'pattern':
      return `The timestamp is not a time written as ${time.pattern}.`
    default:
      return `The timestamp is not a time in ${time.unit}.`
  }
}
