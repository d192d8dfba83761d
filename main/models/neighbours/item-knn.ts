import type { ScoringForm } from '../form'
import { areFew, derived, distinctItems, historyExplainer, rowScorer } from '../history-explainer'
import type { Explainer, FitInput, FittedModel, Interactions, Model, Scorer, Tensors } from '../model'
import { presence, ratings, transposeValues, type ValuedRows } from '../sparse'
import { neighbourRater, ratingParameter } from './rater'
import { sparseScorer } from './scorer'
import { findNeighbours, neighboursOf, neighbourTensors, searchBytes, searchWork } from './search'
import { profilesOf, similarityParameters } from './similarity'

/**
 * Item neighbours, by default by cosine over who has chosen them: similarity of i and j = users of both / (sqrt(users of
 * i x users of j) + shrinkage). Each item keeps its `neighbors` most similar items, and its score for a user is the sum
 * of its similarities to those of them that are in the user's history (Sarwar et al. 2001). The other direction, in which
 * each item of the history votes for its own neighbours (Deshpande and Karypis 2004), did worse in validation: see
 * docs/models/item-knn-defaults.md. Counting takes the sum over users of squared history lengths, and memory for one row
 * of counts for each thread.
 */
export const itemKnn: Model = {
  id: 'item-knn',
  name: 'Item k-NN',
  family: 'Neighbours',
  feedback: 'implicit',
  summary: 'Recommends items that were chosen by the same users as those in the history.',
  source: 'Sarwar, Karypis, Konstan and Riedl 2001, Item-based collaborative filtering recommendation algorithms',
  assumes: 'Assumes that people want more of what goes with what they have.',
  suits: 'Good on dense data with long histories and easy to explain; weak for items with few users.',
  presets: [
    { id: 'cosine', name: 'Cosine', meaning: 'Compares who has chosen what, every interaction alike.', params: {} },
    {
      id: 'tf-idf',
      name: 'TF-IDF',
      meaning: 'Cosine in which choices of less active users count more.',
      params: { weighting: 'tf-idf' },
    },
    { id: 'bm25', name: 'BM25', meaning: 'As TF-IDF, with long rows held back.', params: { weighting: 'bm25' } },
  ],
  parameters: [
    {
      name: 'neighbors',
      type: 'integer',
      default: 100,
      minimum: 1,
      maximum: 10_000,
      scale: 'logarithmic',
      search: [10, 500],
      meaning: 'Similar items kept for each item.',
    },
    ...similarityParameters,
    ratingParameter,
  ],

  async fit({ train, params, compute, report, signal }: FitInput): Promise<Tensors> {
    const profiles = profilesOf(transposeValues(ratings(train)), params)
    const options = { report, signal }
    return neighbourTensors(
      await findNeighbours(compute.kernels, profiles, profiles, Number(params.neighbors), options),
    )
  },

  score: scoreByNeighbours,
  foldIn: scoreByNeighbours,
  explain: async (fitted, histories) => explainByNeighbours('neighbours', fitted, histories),
  form: itemNeighboursForm,
  scoresByItems: true,
  rate: (fitted, train) => neighbourRater(fitted, train, 'items'),

  estimateBytes: ({ items, interactions }, params) => searchBytes(items, items, interactions, Number(params.neighbors)),
  /** A score adds the similarities of the items in the history. */
  estimateWork: (size, params) => ({
    dense: 0,
    sparse: searchWork(size.items, size) + size.interactions * Number(params.neighbors),
  }),
}

/** Scores by the neighbours of each item that are in the history. */
export async function scoreByNeighbours({ tensors, compute }: FittedModel, histories: Interactions): Promise<Scorer> {
  if (areFew(histories, neighboursOf(tensors).count)) return scoreFew(tensors, histories)
  const rows = presence(histories)
  const ones = new Float32Array(rows.indices.length).fill(1)
  return sparseScorer(compute.kernels, { ...rows, values: ones }, listingsOf(tensors))
}

/** As the kernel adds them up, in the same order and precision. */
function scoreFew(tensors: Tensors, histories: Interactions): Scorer {
  const { offsets, indices, values } = listingsOf(tensors)
  return rowScorer(histories, (user, into) => {
    for (const own of distinctItems(histories, user)) {
      for (let at = offsets[own]; at < offsets[own + 1]; at++) into[indices[at]] += values[at]
    }
    for (let item = 0; item < into.length; item++) if (into[item] === 0) into[item] = Number.NaN
  })
}

/** A score is the sum of the item's similarities to those of its neighbours that are in the history. */
export function explainByNeighbours(
  terms: 'neighbours' | 'weights',
  { tensors }: FittedModel,
  histories: Interactions,
): Explainer {
  const { indices, similarities, count } = neighboursOf(tensors)
  return historyExplainer(terms, histories, (item, own) => {
    const place = indices.subarray(item * count, (item + 1) * count).indexOf(own)
    return place < 0 ? 0 : similarities[item * count + place]
  })
}

export function itemNeighboursForm({ tensors }: Pick<FittedModel, 'tensors'>): ScoringForm {
  const { indices, similarities, count } = neighboursOf(tensors)
  return { histories: { kind: 'item-neighbours', count, neighbours: indices, similarities } }
}

/** For each item the items that keep it as a neighbour, and how similar they are: the neighbour lists transposed. */
const listingsOf = derived((tensors): ValuedRows => {
  const { indices: neighbours, similarities, count } = neighboursOf(tensors)
  const items = neighbours.length / count
  const offsets = new Uint32Array(items + 1)
  neighbours.forEach((neighbour, at) => {
    if (similarities[at] > 0) offsets[neighbour + 1]++
  })
  for (let item = 0; item < items; item++) offsets[item + 1] += offsets[item]
  const next = offsets.slice()
  const indices = new Uint32Array(offsets[items])
  const values = new Float32Array(offsets[items])
  neighbours.forEach((neighbour, at) => {
    if (similarities[at] === 0) return
    const place = next[neighbour]++
    indices[place] = Math.floor(at / count)
    values[place] = similarities[at]
  })
  return { rows: items, columns: items, offsets, indices, values }
})
