import { strideOf, sweepInverse } from '../../compute/inverse'
import type { FitInput, Model, Tensors } from '../model'
import { pairsOf, presence } from '../sparse'
import {
  explainByMatrix,
  gramOf,
  itemMatrixBytes,
  itemMatrixForm,
  itemMatrixScorer,
  itemMatrixTensors,
  itemMatrixWork,
  ones,
} from './item-matrix'

/**
 * EASE: the matrix B with a zero diagonal that minimises |X - X B|² + regularization |B|², in closed form. With P the
 * inverse of X'X + regularization I, B is -P with each column divided by its entry on the diagonal. A score is a row of
 * X B. items³ operations and 8 items² bytes, whatever the number of users.
 */
export const ease: Model = {
  id: 'ease',
  name: 'EASE',
  family: 'Linear',
  feedback: 'implicit',
  summary: 'Predicts each item by a weighted sum of the others in the history, with all weights solved for at once.',
  source: 'Steck 2019, Embarrassingly shallow autoencoders for sparse data',
  assumes: 'Assumes that each item is a weighted sum of the others in the history, with any weights.',
  suits:
    'Among the best wherever items are few beside users, and takes new histories as they come; memory and time grow with the square and cube of the items.',
  presets: [
    { id: 'balanced', name: 'Balanced', meaning: 'Loses least on data of any size.', params: {} },
    {
      id: 'little-data',
      name: 'Little data',
      meaning: 'Weights as free as small data lets them be.',
      params: { regularization: 50 },
    },
    {
      id: 'much-data',
      name: 'Much data',
      meaning: 'Weights kept smaller, which millions of interactions want.',
      params: { regularization: 1000 },
    },
  ],
  parameters: [
    {
      name: 'regularization',
      type: 'number',
      default: 200,
      minimum: 0.001,
      maximum: 1_000_000,
      scale: 'logarithmic',
      search: [10, 5000],
      meaning: 'How strongly weights are kept small: more for little or noisy data.',
    },
  ],
  fit,
  score: itemMatrixScorer,
  foldIn: itemMatrixScorer,
  explain: explainByMatrix,
  form: itemMatrixForm,
  scoresByItems: true,
  estimateBytes: itemMatrixBytes,
  /** items³ / 2, in blocks that stay in the cache and so take less than half the time of vectors. */
  estimateWork: (size) => ({
    dense: size.items ** 3 / 5 + size.interactions * size.items,
    sparse: pairsOf(size) + itemMatrixWork(size),
  }),
}

const rowsInChunk = 32
/** The share of the work that counting is, about. */
const countingShare = 0.2

async function fit({ train, params, compute: { kernels }, report, signal }: FitInput): Promise<Tensors> {
  signal.throwIfAborted()
  const histories = presence(train)
  const { items } = train
  const stride = strideOf(items)
  return kernels.scoped(async () => {
    const matrix = await gramOf(kernels, ones(histories), signal)
    report({ phase: 'fit', fraction: countingShare })
    for (let item = 0; item < stride; item++) {
      matrix[item * stride + item] += item < items ? Number(params.regularization) : 1
    }
    await sweepInverse(kernels, matrix, items, signal, (done) =>
      report({ phase: 'fit', fraction: countingShare + done * (1 - countingShare) }),
    )
    const divisors = kernels.float32(items)
    // The matrix is -P, so its entries over those of P's diagonal are the weights.
    for (let item = 0; item < items; item++) divisors[item] = -matrix[item * stride + item]
    const values = [matrix, stride, items, divisors, rowsInChunk]
    await kernels.run('divideColumnsChunk', Math.ceil(items / rowsInChunk), values, signal)
    return itemMatrixTensors(matrix, histories)
  })
}
