import { TopnError } from '../../contract/errors'
import type { HoldOut } from '../../contract/experiment'
import type { EncodedInteractions } from '../prepared'
import { requireTimestamps } from './rows'

type TemporalRule = Extract<HoldOut, { strategy: 'temporal' }>

/**
 * Everything at or after one global point in time: `at`, or the timestamp below which the share `quantile` of the
 * interactions lies. Equal timestamps are never separated, so the parts may differ a little from the quantile.
 */
export function temporal(encoded: EncodedInteractions, rows: Uint32Array, { at, quantile }: TemporalRule): Uint32Array {
  const timestamps = requireTimestamps(encoded, 'temporal')
  const cut = at === undefined ? quantileOf(timestamps, rows, quantile) : secondsOf(at)
  const held = rows.filter((row) => timestamps[row] >= cut)
  if (held.length > 0 && held.length < rows.length) return held
  const field = at === undefined ? 'split.quantile' : 'split.at'
  const message = `${field}: no interaction lies ${held.length === 0 ? 'at or after' : 'before'} this point in time.`
  throw new TopnError('BAD_REQUEST', message, { field })
}

function quantileOf(timestamps: Float64Array, rows: Uint32Array, quantile: number): number {
  const sorted = Float64Array.from(rows, (row) => timestamps[row]).sort()
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * quantile))]
}

function secondsOf(at: number | string): number {
  return typeof at === 'number' ? at : Date.parse(at) / 1000
}
