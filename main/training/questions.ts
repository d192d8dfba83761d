import type { ReasonPart, ReasonTerms } from '../contract/explanations'

/** Items by index, oldest first. */
export interface OwnHistory {
  items: number[]
  values: number[]
}

/** Whom a question is about: a user of the data by what the run knows of them, or a history of one's own. */
export type Whom = { user: number } | { history: OwnHistory }

interface OfRun {
  artifact: string
}

/** Something small that a screen waits for. */
export type Question =
  | (OfRun & { kind: 'list'; whom: Whom; k: number; hidden: Uint32Array })
  | (OfRun & { kind: 'explain'; whom: Whom; item: number; k: number; hidden: Uint32Array })
  | (OfRun & { kind: 'similar'; item: number; k: number })
  | (OfRun & { kind: 'pools'; users: number[]; k: number; excludeSeen: boolean; hidden: Uint32Array })
  | (OfRun & { kind: 'cold'; columns: string[]; k: number })
  | (OfRun & { kind: 'rating-errors' })

export interface Ranked {
  items: number[]
  scores: number[]
}

export interface FoundReasons {
  terms: ReasonTerms
  /** Null where the model has no score for the item. */
  score: number | null
  isExact: boolean
  rest: number | null
  history: { index: number; amount: number }[]
  /** Users, columns of features or members, the strongest first. */
  others: { of: ReasonPart; parts: { name: string; index: number; amount: number }[] }[]
  counterfactual: { items: number[]; rank: number | null; isSmallest: boolean } | null
}

export interface Answers {
  /** Null where the model takes no new histories. */
  list: Ranked | null
  explain: FoundReasons
  /** Null where the model has neither vectors of items nor takes new histories. */
  similar: (Ranked & { by: 'vectors' | 'history' }) | null
  pools: Ranked[]
  /** Null where the model cannot score an item by its features alone. */
  cold: { names: string[]; users: number[]; scores: number[] } | null
  /** Of each item over its test interactions, NaN where it has none; null where the model expects no ratings. */
  'rating-errors': Float32Array | null
}
export type Answer = Answers[Question['kind']]
