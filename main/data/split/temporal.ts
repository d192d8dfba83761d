import { TopnError } from '../../contract/errors'
import type { HoldOut } from '../../contract/experiment'
import type { EncodedInteractions } from '../prepared'
import { requireTimestamps } from './rows'

type TemporalRule = Extract<HoldOut, { strategy: 'temporal' }>

/**
 * Everything at or after one global point in time: `at`, or the timestamp below which the share `quantile` of the
 * interactions lies, rounded to the nearest number of them. Equal timestamps are never separated, so the parts may
 * differ a little from the quantile.
 */
export function temporal(
  encoded: EncodedInteractions,
  rows: Uint32Array,
  { at, quantile }: TemporalRule,
  field: string,
): Uint32Array {
  const timestamps = requireTimestamps(encoded, 'temporal', field)
  const cut = at === undefined ? quantileOf(timestamps, rows, quantile) : secondsOf(at, field)
  const held = rows.filter((row) => timestamps[row] >= cut)
  if (held.length > 0 && held.length < rows.length) return held
  const place = `${field}.${at === undefined ? 'quantile' : 'at'}`
  const message = `${place}: no interaction lies ${held.length === 0 ? 'at or after' : 'before'} this point in time.`
  throw new TopnError('BAD_REQUEST', message, { field: place })
}

function quantileOf(timestamps: Float64Array, rows: Uint32Array, quantile: number): number {
  const sorted = Float64Array.from(rows, (row) => timestamps[row]).sort()
  return sorted[Math.min(sorted.length - 1, Math.round(sorted.length * quantile))]
}

function secondsOf(at: number | string, field: string): number {
  const seconds = typeof at === 'number' ? at : Date.parse(at) / 1000
  if (!Number.isNaN(seconds)) return seconds
  const message = `${field}.at: ${at} cannot be read. Write 2024-01-31, 2024-01-31T12:00:00Z or +01:00 for Z.`
  throw new TopnError('BAD_REQUEST', message, { field: `${field}.at` })
}
