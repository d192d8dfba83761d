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

/** Who knows what before anything is recommended. */
export interface Catalogue {
  /** Of each item, the users who have it in training; 0 of an item outside the training catalogue. */
  readonly users: Uint32Array
  /** Users with training interactions. */
  readonly allUsers: number
}

/** A metric of all lists together. */
export interface OverallMetric extends MetricText {
  readonly kind: 'overall'
  /** `items` holds the listed training items of all users at ranks up to the cutoff. */
  value(items: Iterable<number>, catalogue: Catalogue): number
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

/** How often each item is listed that is listed at all. */
export function timesListed(items: Iterable<number>): Map<number, number> {
  const counts = new Map<number, number>()
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1)
  return counts
}

/** The mean over listed items, each place of a list with the same weight; 0 where nothing is listed. */
export function meanOverListed(items: Iterable<number>, of: (item: number) => number): number {
  let [sum, count] = [0, 0]
  for (const item of items) {
    sum += of(item)
    count++
  }
  return count === 0 ? 0 : sum / count
}
