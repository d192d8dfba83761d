import * as v from 'valibot'
import type { Subject } from './filters'

export const distances = ['cosine', 'euclidean'] as const
/** How far apart two vectors are: 1 less the cosine of their angle, or the length of their difference. */
export type Distance = (typeof distances)[number]

export const projectionMethods = ['pca', 'umap', 't-sne'] as const
export type ProjectionMethod = (typeof projectionMethods)[number]

const whole = (minimum: number, maximum: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(minimum), v.maxValue(maximum))

const common = {
  distance: v.optional(v.picklist(distances), 'cosine'),
  seed: v.optional(whole(0, 2 ** 32 - 1), 42),
}

/** How vectors become a map. */
export const projectionSettingsSchema = v.variant('method', [
  v.strictObject({ method: v.literal('pca'), ...common }),
  v.strictObject({
    method: v.literal('umap'),
    ...common,
    /** Of a point, itself counted. */
    neighbours: v.optional(whole(2, 200), 15),
    min_distance: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1)), 0.1),
    /** Null: 500 up to 10,000 points, 200 beyond. */
    epochs: v.optional(v.nullable(whole(10, 5000)), null),
  }),
  v.strictObject({
    method: v.literal('t-sne'),
    ...common,
    perplexity: v.optional(v.pipe(v.number(), v.minValue(2), v.maxValue(100)), 30),
    iterations: v.optional(whole(50, 5000), 750),
  }),
])
export type ProjectionSettings = v.InferOutput<typeof projectionSettingsSchema>

/** Where the vectors come from: the model; means of the vectors of a user's items; or a decomposition of who has what. */
export type VectorSource = 'model' | 'history' | 'co-occurrence'

/** One number of clusters that was tried. */
export interface ClusterTrial {
  k: number
  /** Sum of squared distances to the centres. */
  inertia: number
  /** Mean silhouette, -1 to 1. */
  silhouette: number
}

/** A map of a run's items or users that is stored. */
export interface ProjectionRecord {
  id: string
  runId: string
  datasetId: string
  of: Subject
  settings: ProjectionSettings
  source: VectorSource
  points: number
  dimensions: number
  /** Items, or users, that have no vector, and so no point. */
  leftOut: number
  /** Of k = 15 over some points; null where there are too few points. */
  trustworthiness: number | null
  /** Shares of the variance along both axes, of PCA alone. */
  explained: number[] | null
  /** From 2 clusters on; empty where there are too few points. */
  clusters: ClusterTrial[]
  /** The number of clusters with the best silhouette, and the one where inertia bends most. */
  bestClusters: number | null
  elbowClusters: number | null
  createdAt: string
  seconds: number
}

/** What points are coloured or sized by. */
export const pointValueSchema = v.variant('by', [
  /** Interactions of the training part. */
  v.strictObject({ by: v.literal('popularity') }),
  /** Mean of the values of interactions of the training part. */
  v.strictObject({ by: v.literal('rating') }),
  v.strictObject({ by: v.literal('cluster'), k: whole(2, 50) }),
  /** Of users: a metric of their list. Of items: the share of its test users in whose list it is, whatever the key. */
  v.strictObject({ by: v.literal('metric'), key: v.pipe(v.string(), v.minLength(1), v.maxLength(100)) }),
  /** Of items: the mean absolute error of the model's ratings of their test interactions. */
  v.strictObject({ by: v.literal('error') }),
  v.strictObject({ by: v.literal('feature'), name: v.pipe(v.string(), v.minLength(1), v.maxLength(1000)) }),
])
export type PointValue = v.InferOutput<typeof pointValueSchema>

/** One for each point; of a category the place of its name, and beyond the names: none of them. */
export type PointValues =
  | { kind: 'number'; values: Float32Array }
  | { kind: 'category'; names: string[]; codes: Uint16Array; more: number }

export interface NamedPoint {
  point: number
  id: string
  /** Null for users, and for items without a title. */
  title: string | null
}

/** What is frequent among points beside all points of the map. */
export interface PointTerm {
  /** The attribute, or `title` for a word of titles. */
  of: string
  value: string
  /** Share of these points that have it, and of all. */
  share: number
  shareOfAll: number
}

/** What is known of some points together. */
export interface PointGroup {
  points: number
  /** Most telling first. Of users: of the items in their histories, by interactions. */
  terms: PointTerm[]
  /** Interactions of the training part, the mean over points. */
  activity: number
  /** Mean of the values of these interactions; null where the data has no ratings. */
  rating: number | null
  /** Of items: the most popular ones. Of users: the items that are most frequent beside all users. */
  items: { id: string; title: string | null; share: number }[]
}

/** Another map moved onto a first one by the points that both have. */
export interface AlignedMap {
  /** x, y of each point of the second map. */
  positions: Float32Array
  /** 0 where shared points lie on one another, 1 where nothing agrees. */
  disparity: number
  shared: number
  /** For each point of the second map the same one in the first map, 2^32 - 1 where there is none. */
  places: Uint32Array
}
