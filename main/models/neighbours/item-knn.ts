import type { FitInput, FittedModel, Interactions, Model, Scorer, Tensors } from '../model'
import { presence, transpose } from '../sparse'

/**
 * Item neighbours by cosine over who has chosen them: similarity of i and j = users of both / (sqrt(users of i) x
 * sqrt(users of j) + shrinkage). Of each item the `neighbors` most similar are kept; the score of an item is the sum of
 * its similarities as a neighbour of the items in the user's history (Deshpande and Karypis 2004). Counting takes the
 * sum over users of squared history lengths, and memory for one row of counts per thread.
 */
export const itemKnn: Model = {
  id: 'item-knn',
  name: 'Item k-NN',
  family: 'Neighbours',
  summary: 'Recommends items that were chosen by the same users as those in the history.',
  source: 'Deshpande and Karypis 2004, Item-based top-N recommendation algorithms',
  parameters: [
    {
      name: 'neighbors',
      type: 'integer',
      default: 100,
      minimum: 1,
      maximum: 10_000,
      scale: 'logarithmic',
      meaning: 'Similar items kept for each item.',
    },
    {
      name: 'shrinkage',
      type: 'number',
      default: 0,
      minimum: 0,
      maximum: 10_000,
      meaning: 'Lowers similarities that rest on few users.',
    },
  ],
  fit,
  score: (fitted, train) => neighbourScorer(fitted, train),
  foldIn: (fitted, histories) => neighbourScorer(fitted, histories),
  estimateBytes: ({ items, interactions }, params) =>
    items * Math.min(items, Number(params.neighbors)) * 8 * 2 + interactions * 4 * 4 + items * 8 * 32,
}

const itemsInChunk = 32
const usersInChunk = 8

async function fit({ train, params, compute, report, signal }: FitInput): Promise<Tensors> {
  const { kernels } = compute
  const items = train.items
  const count = Math.min(Number(params.neighbors), Math.max(1, items - 1))
  return kernels.scoped(async () => {
    const users = presence(train)
    const byItem = transpose(users)
    const norms = kernels.float32(items)
    for (let item = 0; item < items; item++) norms[item] = Math.sqrt(byItem.offsets[item + 1] - byItem.offsets[item])
    const indices = kernels.uint32(items * count)
    const similarities = kernels.float32(items * count)
    const scratch = kernels.float32(kernels.threads * items * 2)
    const rows = [byItem.offsets, byItem.indices, users.offsets, users.indices].map((array) => kernels.share(array))
    const sizes = [items, count, Number(params.shrinkage)]
    const chunks = Math.ceil(items / itemsInChunk)
    await kernels.run(
      'neighboursChunk',
      chunks,
      [...rows, norms, ...sizes, indices, similarities, itemsInChunk, scratch],
      signal,
    )
    report({ phase: 'fit', fraction: 1 })
    return {
      neighbor_indices: { shape: [items, count], data: indices.slice() },
      neighbor_similarities: { shape: [items, count], data: similarities.slice() },
    }
  })
}

async function neighbourScorer({ tensors, compute }: FittedModel, histories: Interactions): Promise<Scorer> {
  const { kernels } = compute
  const release = kernels.hold()
  const { offsets, indices } = presence(histories)
  const [items, count] = tensors.neighbor_indices.shape
  const neighbours = tensors.neighbor_indices.data as Uint32Array
  const similarities = tensors.neighbor_similarities.data as Float32Array
  const tables = [offsets, indices, neighbours, similarities].map((array) => kernels.share(array))
  return {
    score: (users, into) =>
      kernels.scoped(async () => {
        const known = users.filter((user) => user < histories.users)
        const scores = kernels.float32(known.length * items)
        const chunks = Math.ceil(known.length / usersInChunk)
        const [rows, own] = [
          [kernels.share(known), known.length],
          [items, count],
        ]
        await kernels.run('neighbourScoresChunk', chunks, [...rows, ...tables, ...own, scores, usersInChunk])
        into.fill(Number.NaN)
        let at = 0
        users.forEach((user, row) => {
          if (user >= histories.users) return
          into.set(scores.subarray(at * items, ++at * items), row * items)
        })
      }),
    close: release,
  }
}
