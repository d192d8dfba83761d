import * as v from 'valibot'
import { type Subject, subjectSchema } from './filters'

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(1000))
const whole = (minimum: number, maximum: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(minimum), v.maxValue(maximum))
const folder = v.pipe(v.string(), v.maxLength(4096))
const frequency = v.optional(whole(1, 1_000_000), 1)

/** Whose attribute it is, and the features that are left out together in an ablation: the attribute's name by default. */
const common = { of: v.optional(subjectSchema, 'items'), group: v.optional(name) }
const single = { ...common, column: name }

export const scales = ['standard', 'min-max', 'log', 'none'] as const
export type Scale = (typeof scales)[number]
export const binMethods = ['equal-frequency', 'equal-width'] as const
export const textMethods = ['tf-idf', 'hashed'] as const

/**
 * How an attribute becomes numbers. Columns are attributes by their names; `title` is the items' title. Everything is
 * fitted on the attributes of all users, or items, of the prepared data: attributes are known before anyone interacts,
 * so no interaction is looked at, apart from `interests`, which looks at training interactions alone.
 */
export const featureSchema = v.variant('as', [
  /** 1 for each value that a row has; values of fewer than `minimum_count` rows are left out. */
  v.strictObject({ as: v.literal('categories'), ...single, minimum_count: frequency }),
  /** The number (of a date: seconds since 1970), scaled; a row without one has 0 and 1 in a column of its own. */
  v.strictObject({ as: v.literal('number'), ...single, scale: v.optional(v.picklist(scales), 'standard') }),
  /** 1 for the interval that the number lies in. */
  v.strictObject({
    as: v.literal('bins'),
    ...single,
    bins: v.optional(whole(2, 1000), 10),
    method: v.optional(v.picklist(binMethods), 'equal-frequency'),
  }),
  /** 1 for each combination of the columns' values that a row has. */
  v.strictObject({
    as: v.literal('cross'),
    ...common,
    columns: v.pipe(v.array(name), v.minLength(2), v.maxLength(3)),
    minimum_count: frequency,
  }),
  /** Words, and runs of up to `ngrams` words: weighed by TF-IDF, or counted in `dimensions` hashed columns. */
  v.strictObject({
    as: v.literal('text'),
    ...single,
    method: v.optional(v.picklist(textMethods), 'tf-idf'),
    ngrams: v.optional(whole(1, 3), 1),
    /** Of TF-IDF: terms of fewer rows are left out, and of the others the most frequent ones are kept. */
    minimum_documents: v.optional(whole(1, 1_000_000), 2),
    maximum_terms: v.optional(whole(1, 100_000), 5000),
    /** Of hashed terms. */
    dimensions: v.optional(whole(2, 65_536), 1024),
  }),
  /** Texts as vectors of an ONNX encoder in a local folder, or their first `dimensions` principal components. */
  v.strictObject({
    as: v.literal('encoder'),
    ...single,
    path: folder,
    dimensions: v.optional(whole(1, 1024)),
  }),
  /** Pictures as vectors of an ONNX encoder. The attribute names the files: paths within `images`. */
  v.strictObject({
    as: v.literal('image-encoder'),
    ...single,
    path: folder,
    /** The folder of the pictures; of the file of attributes where it is left out. */
    images: v.optional(folder),
    dimensions: v.optional(whole(1, 1024)),
  }),
  /** A list of numbers as it is given, or its first `dimensions` principal components. */
  v.strictObject({ as: v.literal('vector'), ...single, dimensions: v.optional(whole(1, 1024)) }),
  /** Of users: the mean of an item attribute's categories over the items of their training history. */
  v.strictObject({
    as: v.literal('interests'),
    of: v.literal('users'),
    group: v.optional(name),
    column: name,
    minimum_count: frequency,
  }),
])
export type Feature = v.InferOutput<typeof featureSchema>
export type FeatureKind = Feature['as']
/** A feature whose vectors a model in a local folder makes. */
export type EncoderFeature = Extract<Feature, { as: 'encoder' | 'image-encoder' }>
export type ImageFeature = Extract<Feature, { as: 'image-encoder' }>
/** As it is written, defaults left out. */
export type FeatureInput = v.InferInput<typeof featureSchema>

/** In order; columns of the one come before those of the next. */
export const featuresSchema = v.pipe(v.array(featureSchema), v.maxLength(100))

export function isEncoder(feature: Feature): feature is EncoderFeature {
  return feature.as === 'encoder' || feature.as === 'image-encoder'
}

/** Paths of encoders and pictures by `change`. */
export function mapFeaturePaths(features: readonly Feature[], change: (path: string) => string): Feature[] {
  return features.map((feature) => {
    if (!isEncoder(feature)) return feature
    const path = change(feature.path)
    if (feature.as === 'encoder' || feature.images === undefined) return { ...feature, path }
    return { ...feature, path, images: change(feature.images) }
  })
}

/** What an ablation leaves out together. */
export function groupOf(feature: Feature): string {
  return feature.group ?? ('columns' in feature ? feature.columns.join(' x ') : feature.column)
}

/** What is known of an attribute before it is made a feature. */
export interface AttributeSummary {
  of: Subject
  name: string
  type: string
  /** Users, or items, that the file of attributes has. */
  rows: number
  /** Those without a value. */
  missing: number
  /** Different values; of a multi-valued attribute, the single ones. */
  distinct: number
}

/** What a feature gives. */
export interface FeaturePreview {
  /** Why it cannot be made; everything else is empty then. */
  problem: string | null
  /** Null for what is encoded only where a model is trained. */
  columns: number | null
  /** Numbers other than 0, over all rows; null where they are known only then. */
  values: number | null
  /** What models hold of it: an index and a number for each value. */
  bytes: number | null
  /** The columns with the most rows, and how many have them. */
  top: { name: string; rows: number }[]
  /** Of principal components, the share of the variance of each, in order; null for other features. */
  explainedVariance: number[] | null
  /** Files of pictures that have no vector; null for other features. */
  gaps: ImageGaps | null
}

/** Pictures that cannot be encoded. */
export interface ImageGaps {
  /** Pictures that are named, each once. */
  named: number
  /** Those that cannot be encoded. */
  missing: number
  /** The first of these, and why. */
  examples: { file: string; reason: string }[]
}

export interface FeaturesPreview {
  attributes: AttributeSummary[]
  /** What is used where an experiment says nothing about features. */
  defaults: Feature[]
  /** One for each feature that was asked for. */
  features: FeaturePreview[]
}
