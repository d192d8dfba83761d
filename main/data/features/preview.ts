import { TopnError } from '../../contract/errors'
import { type Feature, type FeaturePreview, type ImageGaps, isEncoder } from '../../contract/features'
import { findAttribute } from './attributes'
import { rowsPerColumn } from './block'
import { type AttributeTables, encodeFeature } from './encode'

const topColumns = 10
/** A 32-bit index and a 32-bit number. */
const bytesOfValue = 8

const nothing: FeaturePreview = {
  problem: null,
  columns: null,
  values: null,
  bytes: null,
  top: [],
  explainedVariance: null,
  gaps: null,
}

/** What each feature gives, or why it cannot be made; `gaps` has what was found out about pictures. */
export function previewFeatures(
  features: readonly Feature[],
  tables: AttributeTables,
  gaps: ReadonlyMap<Feature, ImageGaps> = new Map(),
): FeaturePreview[] {
  return features.map((feature) => {
    try {
      return { ...previewFeature(feature, tables), gaps: gaps.get(feature) ?? null }
    } catch (error) {
      if (!(error instanceof TopnError)) throw error
      return { ...nothing, problem: error.message, columns: 0 }
    }
  })
}

function previewFeature(feature: Feature, tables: AttributeTables): FeaturePreview {
  if (isEncoder(feature)) {
    findAttribute(tables[feature.of], feature.column, feature.of)
    return { ...nothing, columns: feature.dimensions ?? null }
  }
  const block = encodeFeature(feature, tables)
  const values = block.rowsOf === block.of ? block.indices.length : null
  return {
    ...nothing,
    columns: block.names.length,
    values,
    bytes: values === null ? null : values * bytesOfValue,
    // The entries of a vector have no meaning of their own.
    top: feature.as === 'vector' ? [] : topOf(block.names, rowsPerColumn(block)),
    explainedVariance: block.explainedVariance ? [...block.explainedVariance] : null,
  }
}

function topOf(names: readonly string[], counts: Uint32Array): FeaturePreview['top'] {
  return [...counts.keys()]
    .sort((a, b) => counts[b] - counts[a] || a - b)
    .slice(0, topColumns)
    .map((at) => ({ name: names[at], rows: counts[at] }))
}
