import type { Candidate, Catalogue } from './catalogue'

export interface Rules {
  /** Only items of this category; null: of any. */
  readonly only: number | null
  /** So many items of each category at most; null: any number. */
  readonly mostOfCategory: number | null
  /** Users who have the item in training, at least. */
  readonly leastPopularity: number
}

/**
 * The candidates that business rules leave, in their order. An item of several categories counts in each of them, and is
 * left out as soon as one of them is full.
 */
export function applyRules(candidates: readonly Candidate[], rules: Rules, catalogue: Catalogue): Candidate[] {
  const counts = new Map<number, number>()
  const { only, mostOfCategory, leastPopularity } = rules
  return candidates.filter(({ item }) => {
    const categories = catalogue.categoriesOf(item)
    if (only !== null && !categories.includes(only)) return false
    if (catalogue.popularityOf(item) < leastPopularity) return false
    if (mostOfCategory === null) return true
    if (categories.some((category) => (counts.get(category) ?? 0) >= mostOfCategory)) return false
    for (const category of categories) counts.set(category, (counts.get(category) ?? 0) + 1)
    return true
  })
}
