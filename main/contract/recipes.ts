import type { CleanStep } from './clean'
import type { PartCounts } from './records'

/** What a recipe leaves of a dataset, step by step. */
export interface RecipePreview {
  before: PartCounts
  steps: RecipeEffect[]
  /** A fingerprint of the rows that are left, whatever their order: the same rows have the same. Null if not asked for. */
  contentHash: string | null
}

export interface RecipeEffect {
  step: CleanStep
  after: PartCounts
  /** What was run, in order; `interactions` is the dataset, `step_1` what the first step has left of it. */
  sql: string[]
  /** Time it took; steps that were not run again keep theirs. */
  seconds: number
}

/** How well users hide among others who have the same values of some attributes (Samarati & Sweeney 1998). */
export interface Anonymity {
  users: number
  /** k: every user shares their values with at least k - 1 others. */
  smallest: number
  /** Combinations of values that occur. */
  groups: number
  /** How many groups, and users in them, there are of each size; the smallest sizes first, up to 50. */
  sizes: { size: number; groups: number; users: number }[]
  /** Users whose combination no one else has. */
  unique: number
}

/** The key that pseudonyms of this workspace are made with. */
export interface PseudonymKey {
  /** When it was made; null where there is none. */
  createdAt: string | null
}
