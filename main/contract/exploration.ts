import type { Subject } from './filters'
import type { AttributeType } from './formats'
import type { PartCounts } from './records'

/**
 * What interactions a recipe and filters leave, in numbers and distributions. Bars and periods are those of the data
 * without filters, so that both can be drawn on top of each other.
 */
export interface Exploration extends Partial<ExplorationParts> {
  /** After the recipe, before the filters. */
  all: Amounts
  /** After the filters. */
  left: Amounts
}

/** Each can be asked for on its own. Null where the data has nothing of the kind. */
export interface ExplorationParts {
  tail: Record<Subject, LongTail>
  activity: Record<Subject, Activity>
  ratings: RatingBins | null
  time: TimeBins | null
  /** How many interactions fall on each day of the week (7, Monday first) and hour (24), in UTC. */
  calendar: number[][] | null
  /** The most frequent first, up to 100. */
  events: { value: string; count: number }[] | null
  attributes: AttributeSummary[]
  /** The most popular first, up to 50. */
  popularItems: PopularItem[]
  suspiciousUsers: Suspicions
}

export const explorationParts = [
  'tail',
  'activity',
  'ratings',
  'time',
  'calendar',
  'events',
  'attributes',
  'popularItems',
  'suspiciousUsers',
] as const satisfies (keyof ExplorationParts)[]
export type ExplorationPart = (typeof explorationParts)[number]

export interface Amounts extends PartCounts {
  /** interactions / (users x items); 0 where nothing is left. Sparsity is 1 - density. */
  density: number
  /** Interactions whose user had the same item before, in all of the data. */
  repeats: number
  /** Seconds since 1970; null without times. */
  firstTimestamp: number | null
  lastTimestamp: number | null
}

/**
 * One bar of a histogram. Both ends are included, and nothing lies between two neighbours: a range of bars is the
 * filter from the first one's `from` to the last one's `to`.
 */
export interface Bin {
  from: number
  to: number
  count: number
}

/** How unequally the interactions that are left are spread over those users or items that have any. */
export interface LongTail {
  /** 0: all have the same number; towards 1: one has all. */
  gini: number
  /**
   * The Lorenz curve, up to 101 points from (0, 0) to (1, 1): the `share` of users or items with the fewest interactions
   * has the share `interactions` of all of them.
   */
  lorenz: { share: number; interactions: number }[]
  /** The smallest number of the most popular that has 20 % of the interactions. */
  head: TailPart
  torso: TailPart
  /** The largest number of the least popular that has no more than 20 % of the interactions. */
  tail: TailPart
}

export interface TailPart {
  /** Users or items. */
  count: number
  interactions: number
}

export interface Activity {
  /** Users or items that are left, by the number of all their interactions, before any filter. Ten bars a decade. */
  bins: Bin[]
  /** Interactions that are left, of those users or items that have any. */
  mean: number
  median: number
  maximum: number
}

export interface RatingBins {
  /** `values`: a bar for each value; otherwise bars of the same width, or of the same ratio. */
  scale: 'values' | 'linear' | 'logarithmic'
  bins: Bin[]
  /** Of what is left; null where nothing with a rating is. */
  mean: number | null
  /** Interactions without a rating. */
  missing: number
}

export interface TimeBins {
  /** What a bar is: a calendar's unit in UTC (weeks from Monday), or the span in equal parts where it is absurdly long. */
  unit: 'hour' | 'day' | 'week' | 'month' | 'year' | 'part'
  bins: TimeBin[]
  /** Interactions without a time. */
  missing: number
}

/** `count` interactions from `from` to `to`, seconds since 1970. */
export interface TimeBin extends Bin {
  /** Interactions that are the first one of their user, or item, in all of the data. */
  newUsers: number
  newItems: number
  /** Interactions whose user had the same item before, in all of the data. */
  repeats: number
}

/** An attribute of the users or items that are left. */
export interface AttributeSummary {
  of: Subject
  name: string
  type: AttributeType
  /** Users or items without a value. */
  missing: number
  /** Different values; of a multi-valued attribute its single values. */
  distinct: number
  /** The most frequent values with their users or items, up to 20; empty for texts, vectors, numbers and dates. */
  values: { value: string; count: number }[]
  /** For numbers and dates (seconds since 1970); null for others. */
  bins: Bin[] | null
}

/** Values that an attribute has; of a multi-valued attribute the single ones. */
export interface AttributeValues {
  values: { value: string; count: number }[]
  /** How many values there are, those beyond the limit included. */
  distinct: number
}

export interface PopularItem {
  item: string
  title: string | null
  interactions: number
  users: number
  /** Null without ratings. */
  meanRating: number | null
}

export interface Suspicions {
  thresholds: {
    /** More interactions than this within less than 60 seconds; null where times are no finer than hours. */
    perMinute: number | null
    /** This number of ratings or more, all the same; null where all of the data has one rating, or none. */
    constantRating: number | null
    /** More interactions than this: twice the 99.9th percentile of the users. */
    interactions: number
  }
  /** The most active first, up to 100; a user with several reasons stands there several times. */
  users: SuspiciousUser[]
  /** Of all reasons together, those that are not listed too. */
  total: number
}

/** `perMinute` interactions within the minute that begins at `at`, seconds since 1970. */
export type SuspiciousUser = { user: string; interactions: number } & (
  | { reason: 'burst'; perMinute: number; at: number }
  | { reason: 'constant-rating'; rating: number }
  | { reason: 'many-interactions' }
)
