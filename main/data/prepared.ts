import type { Interactions } from '../models/model'

/**
 * A dataset after cleaning, encoding and splitting: what a job reads. Users and items are numbered in the ascending
 * order of their ids (see `ids.ts`), over all parts, so that a tie broken by index is broken by id.
 */
export interface PreparedData {
  /** sha-256 of everything that determines the content; also the folder's name. */
  readonly hash: string
  readonly userIds: readonly string[]
  readonly itemIds: readonly string[]
  /** One for each item, or null where no item file was given; an item without a title has ''. */
  readonly titles: readonly string[] | null
  readonly train: Interactions
  /** Known histories of held-out users, who are in no row of `train`; null where no user is held out. */
  readonly foldIn: Interactions | null
  readonly validation: Interactions | null
  readonly test: Interactions
  /** Given candidates: for row `i` of `users`, the items to rank for it (the test items are among them). */
  readonly candidates: CandidateRows | null
}

/** The candidates of each test case: `users[i]` ranks `items[offsets[i] .. offsets[i + 1]]`, each item once. */
export interface CandidateRows {
  readonly users: Uint32Array
  readonly offsets: Uint32Array
  readonly items: Uint32Array
}

/** What is known of users when they get their lists; its items are the ones that they have seen. */
export function knownParts({ train, foldIn, validation }: PreparedData): Interactions[] {
  return [train, foldIn, validation].filter((part) => part !== null)
}

/** Interactions of all users before the split, one array element each, in order of user, timestamp and file position. */
export interface EncodedInteractions {
  readonly userIds: readonly string[]
  readonly itemIds: readonly string[]
  readonly titles: readonly string[] | null
  readonly users: Uint32Array
  readonly items: Uint32Array
  readonly values: Float32Array
  readonly timestamps: Float64Array | null
  /** 0 train, 1 validation, 2 test: given by a `predefined` split, null otherwise. */
  readonly parts: Uint8Array | null
}
