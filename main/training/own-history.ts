import type { EncodedFeature } from '../data/features/encode'
import type { PreparedData } from '../data/prepared'
import { withEmptyRow, withHistory, withUser } from '../data/with-history'
import type { ListOneGoal } from './tasks'

export interface OwnData {
  data: PreparedData
  /** Whose list is asked for. */
  user: number
  /** Their place where they are not in the prepared data as it lies on disk; null where they are. */
  added: number | null
}

/** Prepared data in which the training part of the user who is asked about is their own history. */
export function withOwnHistory(base: PreparedData, goal: ListOneGoal): OwnData {
  if (goal.user !== null) return { data: withHistory(base, goal.user, goal.history), user: goal.user, added: null }
  const { data, user } = withUser(base, newId(base.userIds))
  return { data: withHistory(data, user, goal.history), user, added: user }
}

function newId(ids: readonly string[]): string {
  const known = new Set(ids)
  let id = 'what-if'
  while (known.has(id)) id += '-'
  return id
}

/** Encoded features with one more user, who has none; interests follow from histories and stay. */
export function withEmptyUser(encoded: readonly EncodedFeature[], user: number): EncodedFeature[] {
  return encoded.map((block) =>
    block.of === 'users' && block.rowsOf === 'users' ? { ...block, offsets: withEmptyRow(block.offsets, user) } : block,
  )
}
