import type { Interactions } from '../models/model'
import type { Parts } from './split'

/** All parts as one, a user's interactions in time order; without times, training first, then validation, then test. */
export function mergeParts({ train, validation, test }: Parts): Interactions {
  const parts = [train, ...(validation ? [validation] : []), test]
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
  for (let user = 0, at = 0; user < train.users; user++) {
    for (const { part, row } of rowsInTimeOrder(parts, user)) {
      merged.itemIndices[at] = part.itemIndices[row]
      merged.values[at] = part.values[row]
      if (merged.timestamps && part.timestamps) merged.timestamps[at] = part.timestamps[row]
      at++
    }
  }
  return merged
}

function rowsInTimeOrder(parts: Interactions[], user: number) {
  const rows: { part: Interactions; row: number }[] = []
  for (const part of parts) {
    for (let row = part.offsets[user]; row < part.offsets[user + 1]; row++) rows.push({ part, row })
  }
  return rows.sort((a, b) => (a.part.timestamps?.[a.row] ?? 0) - (b.part.timestamps?.[b.row] ?? 0))
}
