import type { Bar, SplitCounts } from './records'

/** `fold-in` is the known history of users that are held out: no model is trained on it. */
export const partNames = ['train', 'fold-in', 'validation', 'test'] as const
export type PartName = (typeof partNames)[number]

/** Users and items that occur in exactly these of train, validation and test. */
export interface Overlap {
  parts: Exclude<PartName, 'fold-in'>[]
  users: number
  items: number
}

/** What a split looks like. Times are in seconds since 1970. */
export interface SplitPicture {
  /** Interactions of each part in intervals of equal length, the last one closed; null without timestamps. */
  timeline: { from: number; to: number; counts: Record<PartName, number[]> } | null
  /** The first and last interaction of each part; null of an empty part, and without timestamps. */
  spans: Record<PartName, { first: number; last: number } | null>
  /** Where a global point in time begins a part. */
  cuts: { part: 'validation' | 'test'; at: number }[]
  /** Those that occur at all, the largest sets of parts last. */
  overlap: Overlap[]
  /** Users by their number of test interactions, in bars that double in width. */
  testSizes: Bar[]
  /** Users with a known history and no test interaction. */
  usersWithoutTest: number
  /** Test interactions whose pair of user and item occurs in another part too. */
  repeatedAcross: number
  /** Test interactions earlier than the latest training interaction of all; null without timestamps. */
  beforeLastTraining: number | null
  /** Test interactions at the same time as a training interaction of the same user; null without timestamps. */
  tied: number | null
}

export const splitWarningCodes = [
  /** The part `part` has no interactions. */
  'empty-part',
  /** `share` of the test interactions (`found`) lie before the latest training interaction, at `last`. */
  'future-leak',
  /** Train and test files share pairs of user and item: `found` test interactions, `share` of them. */
  'parts-overlap',
  /** `found` test interactions, `share` of them, repeat a pair of user and item of another part. */
  'repeated-across',
  /** `found` of `users` users have no test interactions. */
  'users-without-test',
  /** `found` users with test interactions, `share` of them, have no known history. */
  'cold-users',
  /** `found` items with test interactions, `share` of them, have no training interactions. */
  'cold-items',
  /** There are no timestamps, so that a leak of the future cannot be seen. */
  'no-order',
  /** `found` test interactions, `share` of them, have the time of a training interaction: the file's order decided. */
  'tied-times',
  /** `sampled` items stand for all candidates. */
  'sampled-candidates',
  /** With `users` users no difference below `detectable` can be relied upon; hoped for is `difference`. */
  'small-test',
] as const
export type SplitWarningCode = (typeof splitWarningCodes)[number]

/** `block`: cannot be trained. `warn`: the numbers may mislead. `info`: good to know. */
export const warningLevels = ['block', 'warn', 'info'] as const
export type WarningLevel = (typeof warningLevels)[number]

/** Doors have a sentence for each code, with the data in it. */
export interface SplitWarning {
  code: SplitWarningCode
  level: WarningLevel
  data: Record<string, number | string>
}

/** What is known of how far apart two models must be for the test part to show it. */
export interface SplitPower {
  /** The metric's key, such as `ndcg@10`. */
  metric: string
  /** Standard deviation of the difference between two models over users. */
  deviation: number
  /** Pairs of earlier runs on the dataset that the deviation was measured on; 0 where it is assumed. */
  comparisons: number
  /** Users with test interactions. */
  users: number
}

/** What follows from data, cleaning and split alone. */
export interface SplitInspection extends SplitCounts {
  /** Of the rows that the recipe leaves; null in a preview, and where an older version did not note it. */
  contentHash: string | null
  picture: SplitPicture
}

export interface SplitPreview extends SplitInspection {
  /** Without the one about the size of the test part, which depends on the difference hoped for: see `smallTest`. */
  warnings: SplitWarning[]
  power: SplitPower
}
