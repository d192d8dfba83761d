import { type Block, blockOf, normalised } from './block'
import { hashOf, termsOf } from './terms'

export interface TextOptions {
  ngrams: number
  minimumDocuments: number
  maximumTerms: number
}

/**
 * TF-IDF: the count of a term in a text times ln((1 + n) / (1 + texts with the term)) + 1 over all n texts, empty ones
 * too; each row then divided by its length. The same as scikit-learn's TfidfVectorizer (Pedregosa et al. 2011) with its
 * defaults. Of the terms of at least `minimumDocuments` texts the `maximumTerms` most frequent ones are columns, in the
 * order of their texts.
 */
export function tfIdf(name: string, texts: readonly string[], options: TextOptions): Block {
  const counted = texts.map((text) => countsOf(termsOf(text, options.ngrams)))
  const vocabulary = chooseTerms(counted, options)
  const place = new Map(vocabulary.map(({ term }, at) => [term, at]))
  const weights = vocabulary.map(({ documents }) => Math.log((1 + texts.length) / (1 + documents)) + 1)
  const rows = counted.map((counts) => {
    const row = new Map<number, number>()
    for (const [term, count] of counts) {
      const at = place.get(term)
      if (at !== undefined) row.set(at, count * weights[at])
    }
    return normalised(row)
  })
  return blockOf(
    vocabulary.map(({ term }) => `${name}: ${term}`),
    rows,
  )
}

/**
 * Terms counted in `dimensions` columns by their hash, added or taken away by its highest bit, so that collisions
 * cancel out on average (Weinberger et al. 2009, Feature hashing for large scale multitask learning); rows have length 1.
 */
export function hashedTerms(name: string, texts: readonly string[], ngrams: number, dimensions: number): Block {
  const rows = texts.map((text) => {
    const row = new Map<number, number>()
    for (const term of termsOf(text, ngrams)) {
      const hash = hashOf(term)
      const at = (hash & 0x7fffffff) % dimensions
      row.set(at, (row.get(at) ?? 0) + (hash >>> 31 === 0 ? 1 : -1))
    }
    return normalised(row)
  })
  return blockOf(
    Array.from({ length: dimensions }, (_, at) => `${name}: #${at + 1}`),
    rows,
  )
}

function countsOf(terms: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1)
  return counts
}

interface Term {
  term: string
  documents: number
  /** In all texts together. */
  occurrences: number
}

function chooseTerms(counted: readonly Map<string, number>[], options: TextOptions): Term[] {
  const terms = new Map<string, Term>()
  for (const counts of counted) {
    for (const [term, count] of counts) {
      const known = terms.get(term) ?? { term, documents: 0, occurrences: 0 }
      known.documents++
      known.occurrences += count
      terms.set(term, known)
    }
  }
  const byText = (a: Term, b: Term) => (a.term < b.term ? -1 : 1)
  return [...terms.values()]
    .filter(({ documents }) => documents >= options.minimumDocuments)
    .sort((a, b) => b.occurrences - a.occurrences || byText(a, b))
    .slice(0, options.maximumTerms)
    .sort(byText)
}
