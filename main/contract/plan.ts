import type { CleanStep, Evaluation, ModelEntry, Split } from './experiment'

/** Good defaults for a dataset: the input of `runs.start`, and what is expected of it. */
export interface Plan {
  clean: CleanStep[]
  split: Split
  evaluation: Evaluation
  models: ModelEntry[]
  /** Expected time of all models together. */
  seconds: number
  /** Expected memory of the largest one. */
  bytes: number
  /** One for each choice, in the order of the choices. */
  reasons: PlanReason[]
}

/** Why a plan is as it is; the screens have a sentence for each code, with the data in it. */
export interface PlanReason {
  code: PlanReasonCode
  data: Record<string, number | string>
}

export type PlanReasonCode = (typeof planReasonCodes)[number]

export const planReasonCodes = [
  /** `duplicates` rows repeat a pair of user and item; the last rating counts. */
  'duplicates',
  /** Ratings reach from `lowest` to `highest`; those from `min` up count as liked. */
  'rating-filter',
  /** There are no ratings, or counts: every interaction counts. */
  'no-rating-filter',
  /** Users and items with fewer than `user` and `item` interactions say little; `interactions` of `before` are left. */
  'k-core',
  /** The k-core would leave only `interactions` of `before`, so it is left out. */
  'no-k-core',
  /** The files are a split that was made elsewhere; nothing is cleaned. */
  'split-predefined',
  /** There are timestamps: the last interaction of each user is the test. */
  'split-leave-last-out',
  /** There are no timestamps: a share `ratio` of each user's interactions, taken at random, is the test. */
  'split-random',
  /** All `items` items are ranked for each user, none sampled. */
  'candidates-all',
  /** `models` models fit into `seconds` and `bytes`. */
  'models',
  /** `model` would need `bytes`, more than the `limit`. */
  'model-too-large',
  /** `model` would take about `seconds`, more than is left of the `limit`. */
  'model-too-slow',
] as const
