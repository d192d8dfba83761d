import type { MetricId } from '../contract/experiment'
import type { FeatureRows } from '../models/model'

interface MetricText {
  readonly id: MetricId
  readonly name: string
  readonly formula: string
  readonly range: readonly [number, number]
  readonly direction: 'higher' | 'lower'
  readonly meaning: string
  readonly source: string
}

/** One user's list, as a metric sees it. */
export interface JudgedList {
  /** 1 where the item at that rank is relevant, 0 elsewhere; ranks beyond the end of the list are 0. */
  readonly hits: Uint8Array
  /** Number of the user's distinct relevant items, whether they could be listed or not; at least 1. */
  readonly relevant: number
  /** Number of listed items; fewer than there are places where the model could score no more. */
  readonly length: number
}

/** A metric of one list, averaged over users. */
export interface UserMetric extends MetricText {
  readonly kind: 'user'
  /** The value of the list cut at `k`. */
  value(list: JudgedList, k: number): number
}

/** A list with what its relevant items are worth to the user. */
export interface GradedList {
  /** The test rating of the item at that rank, 0 of others and beyond the end of the list; never negative. */
  readonly gains: Float32Array
  /** The test ratings of all relevant items, the highest first. */
  readonly ideal: Float32Array
}

/** A metric of one list and the user's test ratings, averaged over users. */
export interface GradedMetric extends MetricText {
  readonly kind: 'graded'
  value(list: GradedList, k: number): number
}

/** A list beside the one that everybody would expect. */
export interface ExpectedList {
  readonly hits: Uint8Array
  /** Of the item at that rank, the rank that it has in the user's list by popularity; infinite where it is not in it. */
  readonly expected: Float64Array
}

/** A metric of one list and the list that popularity would give the user, averaged over users. */
export interface ExpectedMetric extends MetricText {
  readonly kind: 'expected'
  value(list: ExpectedList, k: number): number
}

/** A list with what is known of items. */
export interface DescribedList {
  /** Listed items, best first. */
  readonly items: Uint32Array
  /** Items that the user is known to have, repeated where the user has them repeatedly. */
  readonly known: Uint32Array
  /** A row for each item of the data: its categories, or its vector. */
  readonly features: FeatureRows
}

/** A metric of one list and an attribute of its items, averaged over users. */
export interface DescribedMetric extends MetricText {
  readonly kind: 'described'
  /** Vectors do not do. */
  readonly needsCategories: boolean
  value(list: DescribedList, k: number): number
}

/** Where a user's relevant items stand among all candidates, not only among the listed ones. */
export interface Placing {
  /** Ranks of the relevant items that could be scored, ascending from 1. */
  readonly ranks: Float64Array
  /** Number of relevant items, whether they could be scored or not; at least 1. */
  readonly relevant: number
  /** Number of candidates that are not relevant. */
  readonly others: number
  /** Pairs of a relevant item and one of the others that stands below it; equal scores count half. */
  readonly won: number
  /** Mean over scored candidates of the log loss, the score taken as a logit. */
  readonly loss: number
}

/** A metric of all candidates of one user, averaged over users; it has no cutoff. */
export interface PlacingMetric extends MetricText {
  readonly kind: 'placing'
  /** Left out where the scores of the model are no logits. */
  readonly needsLogits: boolean
  value(placing: Placing): number
}

/** Who knows what before anything is recommended. */
export interface Catalogue {
  /** Of each item, the users who have it in training; 0 of an item outside the training catalogue. */
  readonly users: Uint32Array
  /** Users with training interactions. */
  readonly allUsers: number
}

/** All lists, cut at `k`. */
export interface AllLists {
  readonly k: number
  /** Number of lists. */
  readonly lists: number
  /** Of each item, the lists that it is in. */
  readonly times: Uint32Array
}

/** A metric of all lists together. */
export interface OverallMetric extends MetricText {
  readonly kind: 'overall'
  value(all: AllLists, catalogue: Catalogue): number
}

/** A metric of the reasons for what is listed, over a sample of users; it has no cutoff. */
export interface ExplainedMetric extends MetricText {
  readonly kind: 'explained'
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

/** Metrics of single lists. */
export type ListMetric = UserMetric | GradedMetric | ExpectedMetric | DescribedMetric
export type Metric = ListMetric | PlacingMetric | OverallMetric | ExplainedMetric | RatingMetric

/** Hits among the first `k`. */
export function hitsAt({ hits }: Pick<JudgedList, 'hits'>, k: number): number {
  let count = 0
  for (let rank = 0; rank < Math.min(k, hits.length); rank++) count += hits[rank]
  return count
}

/** Cutoffs and lists are no longer. */
const mostPlaces = 1000
const discounts = Float64Array.from({ length: mostPlaces }, (_, rank) => 1 / Math.log2(rank + 2))
const sumsOfDiscounts = new Float64Array(mostPlaces + 1)
for (let rank = 0; rank < mostPlaces; rank++) sumsOfDiscounts[rank + 1] = sumsOfDiscounts[rank] + discounts[rank]

/** What a place is worth; `rank` from 0. */
export function discount(rank: number): number {
  return discounts[rank]
}

/** What the first `places` are worth together. */
export function sumOfDiscounts(places: number): number {
  return sumsOfDiscounts[places]
}

/** Items of the training catalogue. */
export function catalogueSize({ users }: Catalogue): number {
  return users.reduce((count, n) => count + (n > 0 ? 1 : 0), 0)
}

/** The mean over listed training items, each place of a list with the same weight; 0 where nothing is listed. */
export function meanOverListed({ times }: AllLists, { users }: Catalogue, of: (item: number) => number): number {
  let [sum, count] = [0, 0]
  for (let item = 0; item < times.length; item++) {
    if (times[item] === 0 || users[item] === 0) continue
    sum += times[item] * of(item)
    count += times[item]
  }
  return count === 0 ? 0 : sum / count
}
