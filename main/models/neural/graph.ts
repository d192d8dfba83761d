import type { Tf, TfTensor } from '../../compute/tensorflow/tensorflow'
import { type Links, linkedSums, openLinks } from './links'
import type { Pairs } from './pairs'

/** Who has chosen what, and 1 / sqrt of how many choices each has, as columns. */
export interface Graph {
  readonly links: Links
  readonly ofUsers: TfTensor
  readonly ofItems: TfTensor
  close(): void
}

export function openGraph(tf: Tf, { histories }: Pick<Pairs, 'histories'>): Graph {
  const links = openLinks(tf, histories)
  const itemCounts = new Uint32Array(histories.columns)
  for (const item of histories.indices) itemCounts[item]++
  const userCounts = histories.offsets.subarray(1).map((end, user) => end - histories.offsets[user])
  const roots = (counts: Uint32Array) =>
    tf.tensor2d(
      Float32Array.from(counts, (count) => (count === 0 ? 0 : 1 / Math.sqrt(count))),
      [counts.length, 1],
    )
  const [ofUsers, ofItems] = [roots(userCounts), roots(itemCounts)]
  return {
    links,
    ofUsers,
    ofItems,
    close() {
      links.close()
      ofUsers.dispose()
      ofItems.dispose()
    },
  }
}

/**
 * The means of the vectors over the layers, e_u^(k+1) = sum over u's items of e_i^(k) / sqrt(|N_u| |N_i|) and the same
 * for items; `early` are those of the items before the last one, from which a new user's come.
 */
export function spread(tf: Tf, { links, ofUsers, ofItems }: Graph, users: TfTensor, items: TfTensor, layers: number) {
  const back = { forward: links.backward, backward: links.forward }
  const all = [{ users, items }]
  for (let step = 0; step < layers; step++) {
    const before = all[step]
    all.push({
      users: tf.mul(linkedSums(tf, tf.mul(before.items, ofItems), links), ofUsers),
      items: tf.mul(linkedSums(tf, tf.mul(before.users, ofUsers), back), ofItems),
    })
  }
  const mean = (tensors: TfTensor[]) => tf.div(tf.addN(tensors), layers + 1)
  return {
    users: mean(all.map((layer) => layer.users)),
    items: mean(all.map((layer) => layer.items)),
    early: all.slice(0, -1).map((layer) => layer.items),
  }
}
