import type { MetricId } from '../contract/experiment'

/** One user's list, as a metric sees it. */
export interface JudgedList {
  /** 1 where the item at that rank is relevant, 0 elsewhere; ranks beyond the end of the list are 0. */
  readonly hits: Uint8Array
  /** Number of the user's distinct relevant items, whether they could be listed or not; at least 1. */
  readonly relevant: number
}

interface MetricText {
  readonly id: MetricId
  readonly name: string
  readonly formula: string
  readonly range: readonly [number, number]
  readonly direction: 'higher' | 'lower'
  readonly meaning: string
  readonly source: string
}

/** A metric of one list, averaged over users. */
export interface UserMetric extends MetricText {
  readonly kind: 'user'
  /** The value of the list cut at `k`. */
  value(list: JudgedList, k: number): number
}

/** A metric of all lists together. */
export interface OverallMetric extends MetricText {
  readonly kind: 'overall'
  /** `items` holds the listed training items of all users at ranks up to the cutoff; `catalogue` counts the training items. */
  value(items: Iterable<number>, catalogue: number): number
}

/** Test interactions with the ratings that a model expected. */
export interface RatedPairs {
  /** Within the range of the training ratings. */
  readonly expected: Float32Array
  readonly actual: Float32Array
  /** The distinct training ratings, ascending. */
  readonly levels: Float32Array
}

/** A metric of expected ratings, of all test interactions together; it has no cutoff. */
export interface RatingMetric extends MetricText {
  readonly kind: 'rating'
  value(pairs: RatedPairs): number
}

export type Metric = UserMetric | OverallMetric | RatingMetric

/** Hits among the first `k`. */
export function hitsAt({ hits }: JudgedList, k: number): number {
  let count = 0
  for (let rank = 0; rank < Math.min(k, hits.length); rank++) count += hits[rank]
  return count
}
