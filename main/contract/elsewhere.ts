import * as v from 'valibot'

const file = v.pipe(v.string(), v.minLength(1), v.maxLength(4096))

/**
 * What was made by other programs: lists, vectors of users and items whose product is a score, a graph that scores, or
 * a run of other data here, whose model has learned features that this data has too.
 */
export const elsewhereSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('lists'), file }),
  v.strictObject({
    kind: v.literal('vectors'),
    /** A file of vectors; one that has both, such as an `.npz`, is named twice. */
    users: file,
    items: file,
    /** The ids of their rows; null where the file of vectors has them. */
    userIds: v.optional(v.nullable(file), null),
    itemIds: v.optional(v.nullable(file), null),
  }),
  v.strictObject({
    kind: v.literal('scorer'),
    /** A graph of ONNX. */
    file,
    /** The ids of its rows; null: `user_ids.json` and `item_ids.json` beside it, as TopN exports them. */
    userIds: v.optional(v.nullable(file), null),
    itemIds: v.optional(v.nullable(file), null),
    /** Items of a history that it reads at most; null: what the graph says, or all. */
    historyLength: v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1e6))), null),
  }),
  v.strictObject({ kind: v.literal('run'), runId: v.pipe(v.string(), v.minLength(1), v.maxLength(200)) }),
])
export type Elsewhere = v.InferOutput<typeof elsewhereSchema>
/** What other programs made. */
export type ElsewhereFiles = Exclude<Elsewhere, { kind: 'run' }>

/** What a graph scores by: users, pairs of a user and an item, histories as rows of all items, or as items in their order. */
export type GraphTakes = 'users' | 'pairs' | 'histories' | 'sequences'

/** How a model that was trained on other data fits this data. */
export interface MovedFound {
  /** What the run and its dataset were called. */
  run: string
  dataset: string
  features: MovedFeature[]
  /** Items of this data, and those with a feature that the model knows. */
  items: number
  itemsWithFeatures: number
}

/** A feature that the model has learned. */
export interface MovedFeature {
  name: string
  /** Why nothing of it is used, or null. */
  problem: MovedProblem | null
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
 * This data has no such attribute, or one of another kind; components that were found in other data mean something else;
 * users are known by their histories alone.
 */
export type MovedProblem = 'missing' | 'other-kind' | 'components' | 'of-users'

/** Unknown users or items of lists that are told apart: as a count it stands for as many or more. */
export const mostUnknown = 100_000

export function sayUnknown(count: number): string {
  return count === mostUnknown ? `${count} or more` : String(count)
}

/** How what was brought in fits the data that it is judged on. */
export interface ElsewhereFound {
  /** Rows of lists, or vectors of users and items. */
  rows: number
  /** Those that are not used, since their user or item is not in the data. */
  leftOut: number
  /** `mostUnknown` stands for as many or more. */
  unknownUsers: number
  unknownItems: number
  /** Users of the data that have something. */
  users: number
  /** Users with test items that have nothing: their lists are empty, and judged so. */
  withoutList: number
  /** Items of the longest list; null for vectors, which list everything. */
  longest: number | null
  /** What a graph scores by; left out for lists and vectors. */
  takes?: GraphTakes
  /** Items of the data that it has no score for; left out for lists. */
  withoutScore?: number
  /** Of a run of other data; left out for what other programs made. */
  moved?: MovedFound
  /** The scores of lists order them differently than their ranks, so that 1 / rank stands for the score. */
  ranksStandIn: boolean
}

/** The files of it, each once. */
export function filesOf(elsewhere: Elsewhere): string[] {
  if (elsewhere.kind === 'run') return []
  if (elsewhere.kind === 'lists') return [elsewhere.file]
  const { userIds, itemIds } = elsewhere
  const files = elsewhere.kind === 'scorer' ? [elsewhere.file] : [elsewhere.users, elsewhere.items]
  return [...new Set([...files, userIds, itemIds].filter((path) => path !== null))]
}

/** The same with each file under another path. */
export async function mapFiles(elsewhere: Elsewhere, change: (path: string) => Promise<string>): Promise<Elsewhere> {
  if (elsewhere.kind === 'run') return elsewhere
  if (elsewhere.kind === 'lists') return { ...elsewhere, file: await change(elsewhere.file) }
  const ids = {
    userIds: elsewhere.userIds && (await change(elsewhere.userIds)),
    itemIds: elsewhere.itemIds && (await change(elsewhere.itemIds)),
  }
  if (elsewhere.kind === 'scorer') return { ...elsewhere, file: await change(elsewhere.file), ...ids }
  const { kind, users, items } = elsewhere
  return { kind, users: await change(users), items: await change(items), ...ids }
}
