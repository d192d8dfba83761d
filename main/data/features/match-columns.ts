import { blockOf } from './block'
import type { EncodedFeature } from './encode'

/** How the columns of a feature that was learned on other data fit those of this data. */
export interface MatchedColumns {
  /** Columns that were learned, and those of them that this data has. */
  learned: number
  shared: number
  /** Columns of this data that were not learned, and the first few. */
  unknown: number
  examples: string[]
  /** Numbers of this data's items, and those in unknown columns. */
  values: number
  lost: number
}

/**
 * Items of this data in the columns that were learned on other data: columns are the same where their names are. A feature
 * that this data lacks (null) is empty.
 */
export function matchColumns(
  learned: readonly EncodedFeature[],
  own: readonly (EncodedFeature | null)[],
  rows: number,
): { features: EncodedFeature[]; matched: MatchedColumns[] } {
  const pairs = learned.map((feature, at) => matchFeature(feature, own[at], rows))
  return { features: pairs.map(({ feature }) => feature), matched: pairs.map(({ matched }) => matched) }
}

function matchFeature(learned: EncodedFeature, own: EncodedFeature | null, rows: number) {
  const places = new Map(learned.names.map((name, at) => [name, at]))
  const moved = own?.names.map((name) => places.get(name)) ?? []
  const entries = Array.from({ length: rows }, (_, row) => {
    const found = new Map<number, number>()
    for (let at = own?.offsets[row] ?? 0; own && at < own.offsets[row + 1]; at++) {
      const place = moved[own.indices[at]]
      if (place !== undefined) found.set(place, own.values[at])
    }
    return found
  })
  const strange = own?.names.filter((_, at) => moved[at] === undefined) ?? []
  const kept = entries.reduce((sum, { size }) => sum + size, 0)
  const values = own?.indices.length ?? 0
  return {
    feature: { ...learned, ...blockOf(learned.names, entries) },
    matched: {
      learned: learned.names.length,
      shared: moved.length - strange.length,
      unknown: strange.length,
      examples: strange.slice(0, 3),
      values,
      lost: values - kept,
    },
  }
}
