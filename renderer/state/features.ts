import * as v from 'valibot'
import {
  type AttributeSummary,
  binMethods,
  type Feature,
  type FeatureInput,
  type FeatureKind,
  featureSchema,
  scales,
  textMethods,
} from '../../main/contract/features'
import type { Subject } from '../../main/contract/filters'

/** A feature as it stands in the form, where it may be switched off. */
export interface FeatureLine {
  /** Of this line within its list, for as long as it stands there. */
  id: number
  on: boolean
  feature: Feature
}
export type FeatureLines = readonly FeatureLine[]

export const featureLinesSchema = v.nullable(
  v.array(v.object({ id: v.pipe(v.number(), v.integer()), on: v.boolean(), feature: featureSchema })),
)

export function linesOf(features: readonly Feature[]): FeatureLine[] {
  return features.map((feature, at) => ({ id: at + 1, on: true, feature }))
}

/** The features that are switched on; null for what the attributes propose. */
export function featuresOf(lines: FeatureLines | null): Feature[] | null {
  return lines?.filter(({ on }) => on).map(({ feature }) => feature) ?? null
}

export function withFeature(lines: FeatureLines, feature: Feature): FeatureLines {
  const id = Math.max(0, ...lines.map((line) => line.id)) + 1
  return [...lines, { id, on: true, feature }]
}

export function withoutFeature(lines: FeatureLines, id: number): FeatureLines {
  return lines.filter((line) => line.id !== id)
}

export function changeFeature(
  lines: FeatureLines,
  id: number,
  changes: Partial<Omit<FeatureLine, 'id'>>,
): FeatureLines {
  return lines.map((line) => (line.id === id ? { ...line, ...changes } : line))
}

/** A new feature of a kind, with the kind's defaults. */
export function newFeature(kind: FeatureKind, of: Subject, columns: readonly string[], group?: string): Feature {
  const about = kind === 'cross' ? { columns } : { column: columns[0], ...(isEncoderKind(kind) && { path: '' }) }
  const side = kind === 'interests' ? 'users' : of
  return v.parse(featureSchema, { as: kind, of: side, ...about, ...(group && { group }) } as FeatureInput)
}

const isEncoderKind = (kind: FeatureKind) => kind === 'encoder' || kind === 'image-encoder'

/** What an attribute can be made, the usual kind first. */
export function kindsFor({ type, of }: Pick<AttributeSummary, 'type' | 'of'>): FeatureKind[] {
  const interests: FeatureKind[] = of === 'items' ? ['interests'] : []
  switch (type) {
    case 'number':
    case 'date':
      return ['number', 'bins', 'categories']
    case 'text':
      return ['text', 'encoder', 'image-encoder', 'categories']
    case 'vector':
      return ['vector']
    default:
      return ['categories', 'text', 'encoder', 'image-encoder', ...interests]
  }
}

/** Attributes by which a feature of their side can be crossed. */
export function canBeCrossed({ type }: Pick<AttributeSummary, 'type'>): boolean {
  return type === 'category' || type === 'multi-valued'
}

export function columnsOf(feature: Feature): string[] {
  return 'columns' in feature ? feature.columns : [feature.column]
}

export type OptionField =
  | { name: 'scale' | 'method'; choices: readonly string[] }
  | {
      name: 'minimum_count' | 'bins' | 'ngrams' | 'minimum_documents' | 'maximum_terms' | 'dimensions'
      minimum: number
      maximum: number
      /** What stands there while nothing is chosen. */
      optional?: boolean
    }

const minimumCount: OptionField = { name: 'minimum_count', minimum: 1, maximum: 1_000_000 }

/** The options of a feature that are in use, in the order of its form. */
export function optionsOf(feature: Feature): OptionField[] {
  switch (feature.as) {
    case 'categories':
    case 'cross':
    case 'interests':
      return [minimumCount]
    case 'number':
      return [{ name: 'scale', choices: scales }]
    case 'bins':
      return [
        { name: 'bins', minimum: 2, maximum: 1000 },
        { name: 'method', choices: binMethods },
      ]
    case 'encoder':
    case 'image-encoder':
    case 'vector':
      return [{ name: 'dimensions', minimum: 1, maximum: 1024, optional: true }]
    case 'text':
      return [
        { name: 'method', choices: textMethods },
        { name: 'ngrams', minimum: 1, maximum: 3 },
        ...(feature.method === 'hashed'
          ? [{ name: 'dimensions', minimum: 2, maximum: 65_536 } as const]
          : [
              { name: 'minimum_documents', minimum: 1, maximum: 1_000_000 } as const,
              { name: 'maximum_terms', minimum: 1, maximum: 100_000 } as const,
            ]),
      ]
  }
}

/** The feature with another option; undefined takes an optional one away. */
export function withOption(feature: Feature, name: string, value: string | number | undefined): Feature {
  const { [name]: _, ...others } = feature as Record<string, unknown>
  return { ...others, ...(value !== undefined && { [name]: value }) } as Feature
}
