import type { Interactions } from '../../models/model'
import { type Block, blockOf } from './block'

/**
 * The mean of the items' rows over each user's interactions, repeated ones counted each time. Whoever has none has no
 * interests. The interactions are those that the model trains on, never the ones that it is judged by.
 */
export function interestsOf(items: Block, { users, offsets, itemIndices }: Interactions): Block {
  const rows = Array.from({ length: users }, (_, user) => {
    const interests = new Map<number, number>()
    const count = offsets[user + 1] - offsets[user]
    for (let at = offsets[user]; at < offsets[user + 1]; at++) {
      const item = itemIndices[at]
      for (let entry = items.offsets[item]; entry < items.offsets[item + 1]; entry++) {
        const column = items.indices[entry]
        interests.set(column, (interests.get(column) ?? 0) + items.values[entry] / count)
      }
    }
    return interests
  })
  return blockOf(items.names, rows)
}
