import type { FitInput, FittedModel, Interactions, Model, Scorer, Tensors } from '../model'
import { presence, transpose } from '../sparse'

/**
 * Item neighbours by cosine over who has chosen them: similarity of i and j = users of both / (sqrt(users of i x
 * users of j) + shrinkage). Each item keeps its `neighbors` most similar items, and its score for a user is the sum
 * of its similarities to those of them that are in the user's history (Sarwar et al. 2001). The other direction, in which
 * each item of the history votes for its own neighbours (Deshpande and Karypis 2004), did worse in validation: see
 * docs/models/item-knn-defaults.md. Counting takes the sum over users of squared history lengths, and memory for one row of counts
 * for each thread.
 */
export const itemKnn: Model = {
  id: 'item-knn',
  name: 'Item k-NN',
  family: 'Neighbours',
  feedback: 'implicit',
  summary: 'Recommends items that were chosen by the same users as those in the history.',
  source: 'Sarwar, Karypis, Konstan and Riedl 2001, Item-based collaborative filtering recommendation algorithms',
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
      default: 5,
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
  /**
   * Every pair of items in a history is counted; histories are far from equally long, which about quadruples the sum of
   * their squares. A score adds the similarities of the items in the history.
   */
  estimateWork: ({ users, interactions }, params) => ({
    dense: 0,
    sparse: (4 * interactions ** 2) / Math.max(1, users) + interactions * Number(params.neighbors),
  }),
}

/** Few, so that a cancel is heard soon even where items have very many users. */
const itemsInChunk = 4
const usersInChunk = 8

async function fit({ train, params, compute, report, signal }: FitInput): Promise<Tensors> {
  const { kernels } = compute
  const items = train.items
  const count = Math.min(Number(params.neighbors), Math.max(1, items - 1))
  return kernels.scoped(async () => {
    const users = presence(train)
    const byItem = transpose(users)
    const degrees = kernels.float32(items)
    for (let item = 0; item < items; item++) degrees[item] = byItem.offsets[item + 1] - byItem.offsets[item]
    const indices = kernels.uint32(items * count)
    const similarities = kernels.float32(items * count)
    const scratch = kernels.uint32(kernels.threads * (2 * items + 1))
    const rows = [byItem.offsets, byItem.indices, users.offsets, users.indices].map((array) => kernels.share(array))
    const sizes = [items, count, Number(params.shrinkage)]
    const chunks = Math.ceil(items / itemsInChunk)
    await kernels.run(
      'neighboursChunk',
      chunks,
      [...rows, degrees, ...sizes, indices, similarities, itemsInChunk, scratch],
      signal,
      (fraction) => report({ phase: 'fit', fraction }),
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
  const [items] = tensors.neighbor_indices.shape
  const { offsets, indices } = presence(histories)
  const listings = listingsOf(tensors)
  const tables = [offsets, indices, listings.offsets, listings.items, listings.similarities]
  const places = tables.map((array) => kernels.share(array))
  return {
    score: (users, into) =>
      kernels.scoped(async () => {
        const known = users.filter((user) => user < histories.users)
        const scores = kernels.float32(known.length * items)
        const chunks = Math.ceil(known.length / usersInChunk)
        const rows = [kernels.share(known), known.length]
        await kernels.run('neighbourScoresChunk', chunks, [...rows, ...places, items, scores, usersInChunk])
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

/** For each item the items that keep it as a neighbour, and how similar they are: the neighbour lists transposed. */
function listingsOf({ neighbor_indices, neighbor_similarities }: Tensors) {
  const [items, count] = neighbor_indices.shape
  const [neighbours, similarities] = [neighbor_indices.data, neighbor_similarities.data]
  const offsets = new Uint32Array(items + 1)
  neighbours.forEach((neighbour, at) => {
    if (similarities[at] > 0) offsets[neighbour + 1]++
  })
  for (let item = 0; item < items; item++) offsets[item + 1] += offsets[item]
  const next = offsets.slice()
  const listing = { offsets, items: new Uint32Array(offsets[items]), similarities: new Float32Array(offsets[items]) }
  neighbours.forEach((neighbour, at) => {
    if (similarities[at] === 0) return
    const place = next[neighbour]++
    listing.items[place] = Math.floor(at / count)
    listing.similarities[place] = similarities[at]
  })
  return listing
}
