import { strideOf } from '../../compute/inverse'
import type { FitInput, Model, Tensors } from '../model'
import { explainByNeighbours, itemNeighboursForm, scoreByNeighbours } from '../neighbours/item-knn'
import { neighbourTensors } from '../neighbours/search'
import { pairsOf, presence } from '../sparse'
import { gramOf, ones } from './item-matrix'

/**
 * SLIM: for each item the weights of the others, none negative and most zero, that predict best who has chosen it: an
 * elastic net, |x - X w|² / 2 + l1_regularization |w| + l2_regularization |w|² / 2, solved by coordinate descent on the
 * co-occurrences, all items apart from each other.
 */
export const slim: Model = {
  id: 'slim',
  name: 'SLIM',
  family: 'Linear',
  feedback: 'implicit',
  summary: 'Predicts each item by a weighted sum of a few others in the history.',
  source: 'Ning and Karypis 2011, SLIM: sparse linear methods for top-N recommender systems',
  assumes: 'Assumes what EASE does with weights that are never negative and mostly zero.',
  suits:
    'Good where EASE is and where reasons are wanted, since each item rests on a few others; slower, step by step.',
  presets: [
    { id: 'balanced', name: 'Balanced', meaning: 'Does well on data of many kinds.', params: {} },
    {
      id: 'sparse',
      name: 'Sparse',
      meaning: 'Fewer weights, which are easier to explain and sooner found.',
      params: { l1_regularization: 5 },
    },
  ],
  parameters: [
    {
      name: 'l1_regularization',
      type: 'number',
      default: 0.5,
      minimum: 0,
      maximum: 1_000_000,
      search: [0.01, 10],
      scale: 'logarithmic',
      meaning: 'How many weights become zero: more for fewer weights.',
    },
    {
      name: 'l2_regularization',
      type: 'number',
      default: 100,
      minimum: 0.001,
      maximum: 1_000_000,
      scale: 'logarithmic',
      search: [5, 1000],
      meaning: 'How strongly weights are kept small: more for little or noisy data.',
    },
    {
      name: 'epochs',
      type: 'integer',
      default: 50,
      minimum: 1,
      maximum: 1000,
      meaning: 'Rounds over the weights of an item at most; it ends where they no longer change.',
    },
    {
      name: 'neighbors',
      type: 'integer',
      default: 500,
      minimum: 1,
      maximum: 10_000,
      scale: 'logarithmic',
      meaning: 'Weights kept for each item, the largest ones.',
    },
  ],
  fit,
  score: scoreByNeighbours,
  foldIn: scoreByNeighbours,
  explain: async (fitted, histories) => explainByNeighbours('weights', fitted, histories),
  form: itemNeighboursForm,
  scoresByItems: true,
  estimateBytes: ({ items, interactions }, params) =>
    4 * strideOf(items) ** 2 + items * Math.min(items, Number(params.neighbors)) * 16 + 24 * interactions,
  kernelShare: 1,
  /** Of each item some hundred weights change, more where there are more items, and each change changes a row. */
  estimateWork: (size) => ({
    dense: (700 + 0.9 * size.items) * size.items ** 2,
    sparse: pairsOf(size) + 100 * size.interactions,
  }),
}

/** Few, so that a cancel is heard soon. */
const itemsInChunk = 2
/** A change of a weight that no longer matters. */
const tolerance = 1e-3

async function fit({ train, params, compute: { kernels }, report, signal }: FitInput): Promise<Tensors> {
  const { items } = train
  const stride = strideOf(items)
  const count = Math.min(Number(params.neighbors), Math.max(1, items - 1))
  return kernels.scoped(async () => {
    const gram = await gramOf(kernels, ones(presence(train)), signal)
    const indices = kernels.uint32(items * count)
    const similarities = kernels.float32(items * count)
    const scratch = kernels.float32(kernels.threads * stride * 3)
    const penalties = [Number(params.l1_regularization), Number(params.l2_regularization)]
    const values = [gram, stride, items, ...penalties, Number(params.epochs), tolerance, count]
    await kernels.run(
      'slimChunk',
      Math.ceil(items / itemsInChunk),
      [...values, indices, similarities, itemsInChunk, scratch],
      signal,
      (fraction) => report({ phase: 'fit', fraction }),
    )
    report({ phase: 'fit', fraction: 1 })
    return neighbourTensors({ indices: indices.slice(), similarities: similarities.slice(), count })
  })
}
