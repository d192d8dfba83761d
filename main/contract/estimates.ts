import * as v from 'valibot'
import type { ParameterValue } from './parameters'

const count = v.pipe(v.number(), v.integer(), v.minValue(0))
/** Interactions, users and items that are trained on. */
export const trainCountsSchema = v.strictObject({ interactions: count, users: count, items: count })

/** What a run is expected to cost on this machine. */
export interface Estimate {
  model: string
  /** Training and judging, once the data is prepared. */
  seconds: number
  /** Memory that its process holds at the peak. */
  bytes: number
  /** Memory that it may hold. */
  limitBytes: number
  /** What would fit in its place; null where it fits itself, or nothing does. */
  offer: Offer | null
}

/** A model, its parameters that differ from the defaults, and the memory that it would take. */
export interface Offer {
  model: string
  params: Record<string, ParameterValue>
  bytes: number
}
