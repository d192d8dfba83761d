import { TopnError } from '../../contract/errors'
import { type EncoderFeature, type Feature, type FeatureKind, groupOf } from '../../contract/features'
import type { Subject } from '../../contract/filters'
import { type AttributeTable, findAttribute, numbersOf, valuesOf, vectorsOf } from './attributes'
import type { Block } from './block'
import { categories, combinations } from './categories'
import { binned, scaledNumbers } from './numbers'
import { hashedTerms, tfIdf } from './text'
import { vectorBlock } from './vectors'

export type AttributeTables = Record<Subject, AttributeTable>

/** The numbers of one feature, before anything is known of the interactions. */
export interface EncodedFeature extends Block {
  readonly of: Subject
  /** Users' interests have a row for each item until the training interactions are known. */
  readonly rowsOf: Subject
  readonly group: string
}

/** The vectors of each encoder's texts or pictures, made beforehand, since that takes long. */
export type EncodedVectors = ReadonlyMap<Feature, readonly (Float32Array | null)[]>

type Encoders = {
  [K in FeatureKind]: (feature: Extract<Feature, { as: K }>, table: AttributeTable, vectors: EncodedVectors) => Block
}

const encoders: Encoders = {
  categories: ({ column, of, minimum_count }, table) =>
    categories(column, valuesOf(findAttribute(table, column, of)), minimum_count),
  number: ({ column, of, scale }, table) => scaledNumbers(column, numbersOf(findAttribute(table, column, of)), scale),
  bins: ({ column, of, bins, method }, table) =>
    binned(column, numbersOf(findAttribute(table, column, of)), bins, method),
  cross({ columns, of, minimum_count }, table) {
    const values = columns.map((column) => valuesOf(findAttribute(table, column, of)))
    return categories(columns.join(' x '), combinations(values), minimum_count)
  },
  text({ column, of, method, ngrams, minimum_documents, maximum_terms, dimensions }, table) {
    const { cells } = findAttribute(table, column, of)
    if (method === 'hashed') return hashedTerms(column, cells, ngrams, dimensions)
    return tfIdf(column, cells, { ngrams, minimumDocuments: minimum_documents, maximumTerms: maximum_terms })
  },
  encoder: encodedVectors,
  'image-encoder': encodedVectors,
  vector: ({ column, of, dimensions }, table) =>
    vectorBlock(column, vectorsOf(findAttribute(table, column, of)), dimensions),
  interests: ({ column, minimum_count }, table) =>
    categories(`interest in ${column}`, valuesOf(findAttribute(table, column, 'items')), minimum_count),
}

function encodedVectors(feature: EncoderFeature, _: AttributeTable, vectors: EncodedVectors): Block {
  return vectorBlock(feature.column, vectors.get(feature) ?? [], feature.dimensions)
}

/** Encodes one feature; throws BAD_REQUEST where the attribute is not there or not what the feature takes. */
export function encodeFeature(
  feature: Feature,
  tables: AttributeTables,
  vectors: EncodedVectors = new Map(),
): EncodedFeature {
  const rowsOf = feature.as === 'interests' ? 'items' : feature.of
  const encode = encoders[feature.as] as (feature: Feature, table: AttributeTable, vectors: EncodedVectors) => Block
  return { ...encode(feature, tables[rowsOf], vectors), of: feature.of, rowsOf, group: groupOf(feature) }
}

/** Encodes all features; an error names the one that it is about as `features[0]`. */
export function encodeFeatures(
  features: readonly Feature[],
  tables: AttributeTables,
  vectors: EncodedVectors = new Map(),
): EncodedFeature[] {
  return features.map((feature, index) => {
    try {
      return encodeFeature(feature, tables, vectors)
    } catch (error) {
      if (!(error instanceof TopnError)) throw error
      const field = `features[${index}]`
      throw new TopnError(error.code, `${field}: ${error.message}`, { ...error.data, field }, { cause: error })
    }
  })
}
