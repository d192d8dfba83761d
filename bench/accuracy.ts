import type { Interactions } from '../main/models/model'
import { floats, length, words } from './exchange'
import type { Work } from './works/work'

const cutoff = 10

/** How good the lists or ratings in a file are, by the same measures whoever made them. */
export function accuracyOf({ judged }: Work, held: Interactions, path: string): Record<string, number> {
  const answer = words(path)
  return judged === 'lists' ? ofLists(held, answer) : { RMSE: rootMeanSquare(floats(answer), held.values) }
}

/** Over users with a held-out item, which is one each: whether it is among the first ten, and how high. */
function ofLists(held: Interactions, lists: Uint32Array): Record<string, number> {
  let [users, hits, gain] = [0, 0, 0]
  for (let user = 0; user < held.users; user++) {
    if (held.offsets[user] === held.offsets[user + 1]) continue
    users++
    const rank = lists.subarray(user * length, user * length + cutoff).indexOf(held.itemIndices[held.offsets[user]])
    if (rank < 0) continue
    hits++
    gain += 1 / Math.log2(rank + 2)
  }
  return { 'HR@10': hits / users, 'NDCG@10': gain / users }
}

function rootMeanSquare(expected: Float32Array, actual: Float32Array): number {
  return Math.sqrt(expected.reduce((sum, value, at) => sum + (value - actual[at]) ** 2, 0) / actual.length)
}
