import * as v from 'valibot'

const file = v.pipe(v.string(), v.minLength(1), v.maxLength(4096))

/** What was made by other programs. */
export const elsewhereSchema = v.variant('kind', [v.strictObject({ kind: v.literal('lists'), file })])
export type Elsewhere = v.InferOutput<typeof elsewhereSchema>

/** How what was brought in fits the data that it is judged on. */
export interface ElsewhereFound {
  /** Rows of lists. */
  rows: number
  /** Those that are not used, since their user or item is not in the data. */
  leftOut: number
  unknownUsers: number
  unknownItems: number
  /** Users of the data that have something. */
  users: number
  /** Users with test items that have nothing: their lists are empty, and judged so. */
  withoutList: number
  /** The scores of lists order them differently than their ranks, so that 1 / rank stands for the score. */
  ranksStandIn: boolean
}

/** The files of it, each once. */
export function filesOf(elsewhere: Elsewhere): string[] {
  return [elsewhere.file]
}

/** The same with each file under another path. */
export async function mapFiles(elsewhere: Elsewhere, change: (path: string) => Promise<string>): Promise<Elsewhere> {
  return { ...elsewhere, file: await change(elsewhere.file) }
}
