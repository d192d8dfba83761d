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
] as const
export type ReasonTerms = (typeof reasonTerms)[number]
