/** What re-ranking knows of items. */
export interface Catalogue {
  /** The categories of an item, each once. */
  categoriesOf(item: number): readonly number[]
  /** Users who have an item in training. */
  popularityOf(item: number): number
}

/** An item that may be listed, and its score; lists of them stand best first. */
export interface Candidate {
  readonly item: number
  readonly score: number
}

/** Scores of candidates between 0, the lowest, and 1; all 1 where they are the same. */
export function relevances(candidates: readonly Candidate[]): number[] {
  const scores = candidates.map(({ score }) => score)
  const [low, high] = [Math.min(...scores), Math.max(...scores)]
  return scores.map((score) => (high > low ? (score - low) / (high - low) : 1))
}
