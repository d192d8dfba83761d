import type { Interactions, Model } from '../model'

/** Most popular items first, the same for everyone. */
export const popularity: Model = {
  id: 'popularity',
  name: 'Popularity',
  family: 'Baselines',
  summary: 'Recommends the items with the most interactions to everyone.',
  source: 'score(u, i) = number of training interactions of i',
  parameters: [],

  async fit({ train, signal, report }) {
    signal.throwIfAborted()
    const counts = new Float32Array(train.items)
    for (const item of train.itemIndices) counts[item]++
    report({ phase: 'fit', fraction: 1 })
    return { counts: { shape: [train.items], data: counts } }
  },

  score: async ({ tensors }, train) => scoreAlike(tensors.counts.data as Float32Array, train),
  foldIn: async ({ tensors }, histories) => scoreAlike(tensors.counts.data as Float32Array, histories),

  estimateBytes: ({ items }) => 4 * items,
}

function scoreAlike(counts: Float32Array, { users: known, items }: Interactions) {
  const scores = counts.map((count) => (count > 0 ? count : Number.NaN))
  return {
    async score(users: Uint32Array, into: Float32Array) {
      users.forEach((user, row) => {
        if (user < known) into.set(scores, row * items)
        else into.fill(Number.NaN, row * items, (row + 1) * items)
      })
    },
    close() {},
  }
}
