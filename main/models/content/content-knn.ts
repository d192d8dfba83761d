import { TopnError } from '../../contract/errors'
import type { ScoringForm, Trained } from '../form'
import { breakdownExplainer, rowOf } from '../history-explainer'
import type {
  Explainer,
  FeatureRows,
  FitInput,
  FittedModel,
  Interactions,
  Model,
  Parameters,
  Scorer,
  Tensors,
} from '../model'
import { sparseScorer } from '../neighbours/scorer'
import { transposeValues, type ValuedRows } from '../sparse'
import { foldedVectors } from './folded-vectors'

/** Assumed where nothing is known of the features yet. */
const valuesOfItem = 10

/**
 * Item vectors x are features divided by their length. A user's profile is p = sum of w x over the history, with w = 1 or
 * the interaction's value, times 2^(-later / half_life) where `later` interactions follow; an item's score is the cosine
 * p . x / |p| (Pazzani and Billsus 2007). Items need no interactions to be scored; those that share no feature with the
 * profile are not. Scoring takes, for each feature of a profile, the number of items that have it.
 */
export const contentKnn: Model = {
  id: 'content-knn',
  name: 'Content k-NN',
  family: 'Content',
  feedback: 'implicit',
  summary: 'Recommends the items whose features are most like those of the history, new items included.',
  source: 'Pazzani and Billsus 2007, Content-based recommendation systems',
  features: 'required',
  assumes: 'Assumes that people want more of what is like what they have.',
  suits: 'Lists items that nobody has chosen yet; knows nothing of taste or quality, and is as good as the features.',
  presets: [
    { id: 'whole-history', name: 'Whole history', meaning: 'All interactions of a history count alike.', params: {} },
    {
      id: 'recent',
      name: 'Recent',
      meaning: 'An interaction counts half after 10 later ones.',
      params: { half_life: 10 },
    },
    {
      id: 'rated',
      name: 'Rated',
      meaning: 'An interaction counts as much as its rating or value.',
      params: { weighting: 'value' },
    },
  ],
  parameters: [
    {
      name: 'weighting',
      type: 'choice',
      default: 'equal',
      choices: ['equal', 'value'],
      search: ['equal', 'value'],
      meaning: 'What an interaction of the history counts: all alike, or its rating or value.',
    },
    {
      name: 'half_life',
      type: 'number',
      default: 0,
      minimum: 0,
      maximum: 100_000,
      search: [0, 100],
      meaning: 'After so many later interactions one counts half; 0: all count alike.',
    },
  ],

  fit,
  score: scoreHistories,
  foldIn: scoreHistories,
  explain,
  form,
  scoreNewItem,
  transfer: async (_, { items }) => vectorTensors(items),
  itemVectors: ({ tensors }) => foldedVectors(itemRows(tensors)),

  /** The items' vectors, and those by their columns and the users' profiles, each of these with a copy for the kernels. */
  estimateBytes(size) {
    const { users, items, interactions, featureValues = valuesOfItem * items } = size
    const { featureColumns = featureValues } = size
    const profiles = Math.min(interactions * (featureValues / Math.max(1, items)), users * featureColumns)
    return 8 * featureValues + 16 * (featureValues + profiles) + 8 * users + 24 * featureColumns + 4 * items
  },
  estimateWork: ({ users, items, interactions, featureValues = valuesOfItem * items }) => ({
    dense: 0,
    sparse: (interactions * featureValues) / Math.max(1, items) + users * featureValues,
  }),
}

async function fit({ features, signal, report }: FitInput): Promise<Tensors> {
  signal.throwIfAborted()
  if (!features || features.items.columns === 0) {
    const message = 'Content k-NN needs features of items. Open the data with a file of items, or choose features.'
    throw new TopnError('BAD_REQUEST', message, { field: 'features' })
  }
  const { items } = features
  report({ phase: 'fit', fraction: 1 })
  return vectorTensors(items)
}

function vectorTensors(items: FeatureRows): Tensors {
  return {
    item_offsets: { shape: [items.offsets.length], data: items.offsets },
    item_features: { shape: [items.indices.length], data: items.indices },
    item_values: { shape: [items.values.length], data: unitRows(items) },
  }
}

/** The values of rows divided by the row's length. */
function unitRows({ rows, offsets, values }: Pick<FeatureRows, 'rows' | 'offsets' | 'values'>): Float32Array {
  const units = new Float32Array(values.length)
  for (let row = 0; row < rows; row++) {
    let squares = 0
    for (let at = offsets[row]; at < offsets[row + 1]; at++) squares += values[at] ** 2
    const length = Math.sqrt(squares)
    for (let at = offsets[row]; at < offsets[row + 1]; at++) units[at] = values[at] / length
  }
  return units
}

function itemRows({ item_offsets, item_features, item_values }: Tensors): ValuedRows {
  const indices = item_features.data as Uint32Array
  return {
    rows: item_offsets.data.length - 1,
    columns: indices.reduce((most, index) => Math.max(most, index + 1), 0),
    offsets: item_offsets.data as Uint32Array,
    indices,
    values: item_values.data as Float32Array,
  }
}

/** Later interactions that count more are no arithmetic of which items are in a history. */
function form({ tensors, params }: Trained): ScoringForm | null {
  if (Number(params.half_life) > 0) return null
  const { rows, columns, offsets, indices, values } = itemRows(tensors)
  const data = new Float32Array(rows * columns)
  for (let row = 0; row < rows; row++) {
    for (let at = offsets[row]; at < offsets[row + 1]; at++) data[row * columns + indices[at]] = values[at]
  }
  const into = { count: rows, dimensions: columns, data }
  const items = {
    ...into,
    known: Uint8Array.from({ length: rows }, (_, row) => Number(offsets[row + 1] > offsets[row])),
  }
  const takes = params.weighting === 'value' ? 'ratings' : 'presence'
  return { histories: { kind: 'projection', takes, into, scaling: 'unit', items, zeroIsNone: true } }
}

async function scoreHistories({ tensors, params, compute }: FittedModel, histories: Interactions): Promise<Scorer> {
  const items = itemRows(tensors)
  return sparseScorer(compute.kernels, profilesOf(items, histories, params), transposeValues(items))
}

/** A score is a sum over the features of the item, and over the history: each is a share of the same product. */
async function explain({ tensors, params }: FittedModel, histories: Interactions): Promise<Explainer> {
  const items = itemRows(tensors)
  return breakdownExplainer('features', async (user, item) => {
    const history = rowOf(histories, user)
    const profile = profilesOf(items, history, params)
    const [from, to] = [items.offsets[item], items.offsets[item + 1]]
    const places = new Map(Array.from(profile.indices, (column, at) => [column, profile.values[at]]))
    const features = Array.from(items.indices.subarray(from, to), (index, at) => {
      return { index, amount: items.values[from + at] * (places.get(index) ?? 0) }
    }).filter(({ amount }) => amount !== 0)
    if (features.length === 0) return []
    const own = new Map(Array.from(items.indices.subarray(from, to), (column, at) => [column, items.values[from + at]]))
    return [
      { of: 'features', parts: features, rest: 0 },
      { of: 'history', parts: sharesOf(items, history, params, own), rest: 0 },
    ]
  })
}

/** The cosine of each profile with the item; NaN where they share no feature. */
async function scoreNewItem(
  { tensors, params }: FittedModel,
  train: Interactions,
  item: Pick<FeatureRows, 'indices' | 'values'>,
): Promise<Float32Array> {
  const profiles = profilesOf(itemRows(tensors), train, params)
  const units = unitRows({ rows: 1, offsets: Uint32Array.of(0, item.values.length), values: item.values })
  const vector = new Map(Array.from(item.indices, (column, at) => [column, units[at]]))
  return Float32Array.from({ length: train.users }, (_, user) => {
    let sum = 0
    for (let at = profiles.offsets[user]; at < profiles.offsets[user + 1]; at++) {
      sum += profiles.values[at] * (vector.get(profiles.indices[at]) ?? 0)
    }
    return sum === 0 ? Number.NaN : sum
  })
}

/** What each item of a single history adds to the cosine with a vector that is given by its columns. */
function sharesOf(items: ValuedRows, history: Interactions, params: Parameters, vector: ReadonlyMap<number, number>) {
  const sums = new Float64Array(items.columns)
  const columns = addHistory(items, history, params, 0, sums)
  const length = Math.sqrt(columns.reduce((total, column) => total + sums[column] ** 2, 0))
  const amounts = new Map<number, number>()
  history.itemIndices.forEach((item, at) => {
    let product = 0
    for (let entry = items.offsets[item]; entry < items.offsets[item + 1]; entry++) {
      product += items.values[entry] * (vector.get(items.indices[entry]) ?? 0)
    }
    const amount = (weightOf(history, params, at, history.itemIndices.length) * product) / length
    amounts.set(item, (amounts.get(item) ?? 0) + amount)
  })
  return [...amounts].map(([index, amount]) => ({ index, amount })).filter(({ amount }) => amount !== 0)
}

/** What the interaction at a place of a history counts that ends before `end`. */
function weightOf({ values }: Interactions, { weighting, half_life }: Parameters, at: number, end: number): number {
  const recency = Number(half_life) > 0 ? 2 ** ((at + 1 - end) / Number(half_life)) : 1
  return (weighting === 'value' ? values[at] : 1) * recency
}

/** The profile of each user, of length 1. */
function profilesOf(items: ValuedRows, histories: Interactions, params: Parameters): ValuedRows {
  const offsets = new Uint32Array(histories.users + 1)
  const most = countColumns(items, histories)
  const indices = new Uint32Array(most)
  const values = new Float32Array(most)
  const sums = new Float64Array(items.columns)
  let size = 0
  for (let user = 0; user < histories.users; user++) {
    const columns = addHistory(items, histories, params, user, sums)
    const length = Math.sqrt(columns.reduce((total, column) => total + sums[column] ** 2, 0))
    for (const column of columns) {
      if (sums[column] !== 0) {
        indices[size] = column
        values[size++] = sums[column] / length
      }
      sums[column] = 0
    }
    offsets[user + 1] = size
  }
  const shape = { rows: histories.users, columns: items.columns, offsets }
  return { ...shape, indices: indices.subarray(0, size), values: values.subarray(0, size) }
}

/** Columns that the items of each history have, added up over the histories: so many numbers profiles have at most. */
function countColumns(items: ValuedRows, { users, offsets, itemIndices }: Interactions): number {
  const lastUser = new Uint32Array(items.columns)
  let count = 0
  for (let user = 0; user < users; user++) {
    for (let at = offsets[user]; at < offsets[user + 1]; at++) {
      const item = itemIndices[at]
      for (let entry = items.offsets[item]; entry < items.offsets[item + 1]; entry++) {
        const column = items.indices[entry]
        if (lastUser[column] === user + 1) continue
        lastUser[column] = user + 1
        count++
      }
    }
  }
  return count
}

/** Adds up the vectors of a user's history; answers the columns that any of them has, ascending. */
function addHistory(
  items: ValuedRows,
  histories: Interactions,
  params: Parameters,
  user: number,
  sums: Float64Array,
): number[] {
  const { offsets, itemIndices } = histories
  const columns = new Set<number>()
  const end = offsets[user + 1]
  for (let at = offsets[user]; at < end; at++) {
    const weight = weightOf(histories, params, at, end)
    const item = itemIndices[at]
    for (let entry = items.offsets[item]; entry < items.offsets[item + 1]; entry++) {
      columns.add(items.indices[entry])
      sums[items.indices[entry]] += weight * items.values[entry]
    }
  }
  return [...columns].sort((a, b) => a - b)
}
