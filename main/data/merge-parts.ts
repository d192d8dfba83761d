import type { Interactions } from '../models/model'
import type { Parts } from './split'

/** All parts as one, a user's interactions in time order; without times, what is known first, then validation, then test. */
export function mergeParts({ train, foldIn, validation, test }: Parts): Interactions {
  const parts = [train, foldIn, validation, test].filter((part) => part !== null)
  const offsets = new Uint32Array(train.users + 1)
  for (const part of parts) for (let user = 0; user <= train.users; user++) offsets[user] += part.offsets[user]
  const length = offsets[train.users]
  const merged = {
    users: train.users,
    items: train.items,
    offsets,
    itemIndices: new Uint32Array(length),
    values: new Float32Array(length),
    timestamps: train.timestamps ? new Float64Array(length) : null,
  }
  /** The next row of each part; a user's rows follow those of the user before. */
  const next = parts.map(() => 0)
  for (let user = 0, at = 0; user < train.users; user++) {
    for (; at < offsets[user + 1]; at++) {
      const index = earliest(parts, next, user)
      const part = parts[index]
      const row = next[index]++
      merged.itemIndices[at] = part.itemIndices[row]
      merged.values[at] = part.values[row]
      if (merged.timestamps && part.timestamps) merged.timestamps[at] = part.timestamps[row]
    }
  }
  return merged
}

/** The part whose next row of the user comes first; of equal times, and without times, the first part that has one. */
function earliest(parts: readonly Interactions[], next: readonly number[], user: number): number {
  let best = -1
  let bestTime = Number.POSITIVE_INFINITY
  for (let index = 0; index < parts.length; index++) {
    const { offsets, timestamps } = parts[index]
    if (next[index] === offsets[user + 1]) continue
    const time = timestamps ? timestamps[next[index]] : 0
    if (best >= 0 && time >= bestTime) continue
    best = index
    bestTime = time
  }
  return best
}
