/** What a score is taken apart into. */
export const reasonParts = ['history', 'users', 'features', 'members'] as const
export type ReasonPart = (typeof reasonParts)[number]

/** How a model comes to a score, in its own terms. */
export const reasonTerms = [
  /** Similarities of the item to those of the history. */
  'neighbours',
  /** Weights that the model has learned from item to item. */
  'weights',
  /** What each item of the history adds to the product of two vectors. */
  'shares',
  /** Users with similar histories who have the item. */
  'users',
  /** Features that the item has in common with the history. */
  'features',
  /** The scores of the runs that the model is made of. */
  'members',
  /** The same for everyone. */
  'everyone',
  /** Drawn at random. */
  'chance',
  /** How the score changes when an item of the history is left out. */
  'removal',
  /** What was learned of the user as a whole: without new histories nothing of theirs can be left out. */
  'whole',
] as const
export type ReasonTerms = (typeof reasonTerms)[number]

/** A part of a score: an item of the history, a user, a feature or a member. */
export interface NamedPart {
  /** An id, or what a feature or member is called. */
  name: string
  /** Of an item that has one. */
  title: string | null
  amount: number
}

export interface Explanation {
  terms: ReasonTerms
  /** As folding in the history gives it; null where the model has no score for the item. */
  score: number | null
  /** The history's amounts are parts of the score, and with `rest` add up to it. */
  isExact: boolean
  rest: number | null
  /** Items of the history, the strongest first. */
  history: NamedPart[]
  /** Items of the history that are not named, which say least, and their amounts together. */
  beyond: { items: number; amount: number }
  /** Items of the history in all. */
  historyLength: number
  /** What else the model goes by, the strongest first. */
  others: { of: ReasonPart; parts: NamedPart[] }[]
  /** The items without which it would leave the list of `k`; null where none of those tried is enough. */
  counterfactual: {
    k: number
    items: { name: string; title: string | null }[]
    /** Where the item stands then; null where it has no score any more. */
    rank: number | null
    /** It is a single item, so that no smaller set does. */
    isSmallest: boolean
  } | null
}
