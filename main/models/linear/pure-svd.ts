import type { Kernels } from '../../compute/kernels/kernels'
import { multiply, type SparseMatrix, singularVectors } from '../../compute/singular'
import { dotScorer } from '../dot-scorer'
import {
  dotForm,
  factorTensors,
  itemVectors,
  knownItems,
  knownRows,
  paddedLength,
  scoreUsers,
  userVectors,
  vectorProduct,
  vectorsOf,
} from '../factorisation/factors'
import type { ScoringForm, Trained } from '../form'
import { historyExplainer } from '../history-explainer'
import type { Explainer, FitInput, FittedModel, Interactions, Model, Parameters, Scorer, Tensors } from '../model'
import { presence, ratings, transposeValues, type ValuedRows } from '../sparse'
import { ones } from './item-matrix'

/**
 * PureSVD: with Q the right singular vectors of the user-item matrix to its largest singular values, missing entries
 * counted as zero, the score of a user with row r is r Q Q'. Vectors of users are r Q, so a new history needs no
 * training. Never holds anything of users x items: see `singularVectors`.
 */
export const pureSvd: Model = {
  id: 'pure-svd',
  name: 'PureSVD',
  family: 'Linear',
  feedback: 'implicit',
  summary: 'Keeps the strongest patterns of who chooses what, and lists what completes a history to them.',
  source: 'Cremonesi, Koren and Turrin 2010; Halko, Martinsson and Tropp 2011',
  assumes:
    'Assumes that what was not chosen is a zero like any other, and that the strongest patterns are the true ones.',
  suits: 'Quick, stable, a good first look and a source of vectors; weaker than iALS, and drawn to what is popular.',
  presets: [
    { id: 'balanced', name: 'Balanced', meaning: 'Fifty patterns: does well on data of many kinds.', params: {} },
    {
      id: 'coarse',
      name: 'Coarse',
      meaning: 'Twenty patterns, for little data or a first look.',
      params: { embedding_size: 20 },
    },
    {
      id: 'fine',
      name: 'Fine',
      meaning: 'A hundred patterns, where tastes are many.',
      params: { embedding_size: 100 },
    },
    {
      id: 'ratings',
      name: 'Ratings',
      meaning: 'An interaction counts its rating, as Cremonesi et al. 2010 do.',
      params: { weighting: 'ratings' },
    },
  ],
  parameters: [
    {
      name: 'embedding_size',
      type: 'integer',
      default: 50,
      minimum: 1,
      maximum: 256,
      scale: 'logarithmic',
      search: [8, 200],
      meaning: 'Components of each vector: more can tell more apart, and take longer.',
    },
    {
      name: 'epochs',
      type: 'integer',
      default: 8,
      minimum: 1,
      maximum: 1000,
      meaning: 'Rounds over the data: more are nearer to the exact singular vectors.',
    },
    {
      name: 'weighting',
      type: 'choice',
      default: 'none',
      choices: ['none', 'ratings'],
      meaning: 'What an interaction counts: 1, or its rating.',
    },
  ],
  fit,
  score: scoreUsers,
  foldIn,
  explain,
  form,
  scoresByProduct: true,
  itemVectors,
  userVectors,
  estimateBytes({ users, items, interactions }, params) {
    const length = paddedLength(Number(params.embedding_size) + 8)
    return (2 * users + 3 * items) * length * 4 + 32 * interactions
  },
  estimateWork({ users, items, interactions }, params) {
    const length = paddedLength(Number(params.embedding_size) + 8)
    const round = 2 * interactions * length + 3 * (users + items) * length ** 2 + 10 * length ** 3
    return { dense: Number(params.epochs) * round + users * items * length + 100 * length ** 3, sparse: 0 }
  },
}

const weigh = (interactions: Interactions, { weighting }: Parameters): ValuedRows =>
  weighting === 'ratings' ? ratings(interactions) : ones(presence(interactions))

async function fit({ train, params, random, compute, report, signal }: FitInput): Promise<Tensors> {
  const { kernels } = compute
  return kernels.scoped(async () => {
    const histories = weigh(train, params)
    const byItem = transposeValues(histories)
    const count = Number(params.embedding_size)
    const epochs = Number(params.epochs)
    const matrix = shareMatrix(kernels, histories, byItem)
    const generator = random.derive('directions')
    const { right, length } = await singularVectors(kernels, matrix, {
      count,
      rounds: epochs,
      normal: generator.normal,
      signal,
      round: (epoch) => report({ phase: 'fit', fraction: epoch / epochs, epoch, epochs }),
    })
    const users = kernels.float32(train.users * length)
    await multiply(kernels, matrix.byRow, train.users, right, length, users, signal)
    const known = { users: knownRows(histories.offsets), items: knownRows(byItem.offsets) }
    return factorTensors(users, right, known, length, count)
  })
}

export function shareMatrix(kernels: Kernels, byRow: ValuedRows, byColumn: ValuedRows): SparseMatrix {
  const share = ({ offsets, indices, values }: ValuedRows) => [
    kernels.share(offsets),
    kernels.share(indices),
    kernels.share(values),
  ]
  return { rows: byRow.rows, columns: byRow.columns, byRow: share(byRow), byColumn: share(byColumn) }
}

function form({ tensors, params }: Trained): ScoringForm {
  const users = dotForm(tensors)
  const takes = params.weighting === 'ratings' ? 'ratings' : 'presence'
  const { items } = users
  return { users, histories: { kind: 'projection', takes, into: items, scaling: 'none', items, zeroIsNone: false } }
}

async function foldIn({ tensors, params, compute }: FittedModel, interactions: Interactions): Promise<Scorer> {
  const { kernels } = compute
  const items = knownItems(tensors)
  const histories = weigh(interactions, params)
  const users = await kernels.scoped(async () => {
    const data = kernels.float32(histories.rows * items.dimensions)
    const tables = [kernels.share(histories.offsets), kernels.share(histories.indices), kernels.share(histories.values)]
    await multiply(kernels, tables, histories.rows, kernels.share(items.data), items.dimensions, data)
    return data.slice()
  })
  const known = knownRows(histories.offsets)
  return dotScorer(compute, { count: histories.rows, dimensions: items.dimensions, data: users, known }, items)
}

/** A score is the sum over the history of its values times the products of the item's vector and theirs. */
async function explain({ tensors, params }: FittedModel, histories: Interactions): Promise<Explainer> {
  const vectors = vectorsOf(tensors, 'item_factors')
  const { offsets, indices, values } = weigh(histories, params)
  return historyExplainer('shares', histories, (item, own, user) => {
    const at = offsets[user] + indices.subarray(offsets[user], offsets[user + 1]).indexOf(own)
    return values[at] * vectorProduct(vectors, item, vectors, own)
  })
}
