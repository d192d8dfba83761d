import * as v from 'valibot'

const file = v.pipe(v.string(), v.minLength(1), v.maxLength(4096))

/** What was made by other programs: lists, or vectors of users and items whose product is a score. */
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
])
export type Elsewhere = v.InferOutput<typeof elsewhereSchema>

/** How what was brought in fits the data that it is judged on. */
export interface ElsewhereFound {
  /** Rows of lists, or vectors of users and items. */
  rows: number
  /** Those that are not used, since their user or item is not in the data. */
  leftOut: number
  unknownUsers: number
  unknownItems: number
  /** Users of the data that have something. */
  users: number
  /** Users with test items that have nothing: their lists are empty, and judged so. */
  withoutList: number
  /** Items of the longest list; null for vectors, which list everything. */
  longest: number | null
  /** The scores of lists order them differently than their ranks, so that 1 / rank stands for the score. */
  ranksStandIn: boolean
}

/** The files of it, each once. */
export function filesOf(elsewhere: Elsewhere): string[] {
  if (elsewhere.kind === 'lists') return [elsewhere.file]
  const { users, items, userIds, itemIds } = elsewhere
  return [...new Set([users, items, userIds, itemIds].filter((path) => path !== null))]
}

/** The same with each file under another path. */
export async function mapFiles(elsewhere: Elsewhere, change: (path: string) => Promise<string>): Promise<Elsewhere> {
  if (elsewhere.kind === 'lists') return { ...elsewhere, file: await change(elsewhere.file) }
  const { users, items, userIds, itemIds } = elsewhere
  return {
    kind: 'vectors',
    users: await change(users),
    items: await change(items),
    userIds: userIds && (await change(userIds)),
    itemIds: itemIds && (await change(itemIds)),
  }
}
