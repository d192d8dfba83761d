import {
  type HistoryForm,
  type ItemNeighboursForm,
  type ItemWeightsForm,
  isOfUsers,
  type KnownVectors,
  type Layer,
  type LayersForm,
  type LeastSquaresForm,
  type NeighbourHistoriesForm,
  type PairsForm,
  type ProjectionForm,
  type UsersForm,
} from '../../models/form'
import type { Vectors } from '../../models/model'
import { fuse } from './plain-fusion'
import { scoreBySequence } from './plain-sequences'

// The arithmetic of `models/form.ts` in plain loops and double precision: no kernel, no thread, nothing that the models
// score by themselves. What an export says is proved by it.

/** What a user has. */
export interface PlainHistory {
  /** Each item once, with its rating beside. */
  readonly items: Uint32Array
  readonly ratings: Float32Array
  /** The items in their order, of the last session where the model reads sessions; an item as often as it occurs. */
  readonly recent: Uint32Array
}

/** The score of each item for a user who was trained on; NaN where it is never listed. */
export function scoreUser(form: UsersForm, user: number, history: PlainHistory): Float64Array {
  switch (form.kind) {
    case 'neighbour-histories':
      return scoreByNeighbours(form, user)
    case 'pairs':
      return scoreByPairs(form, user)
    case 'personal-sequence':
      return scoreBySequence(form.sequence, history.recent, rowOf(form.users, user))
    case 'fused':
      return fuse(form, history, (own) => (isOfUsers(own) ? scoreUser(own, user, history) : scoreHistory(own, history)))
    case 'dot':
      return form.users.known[user] === 1 ? products(rowOf(form.users, user), form.items) : none(form.items.count)
  }
}

export function scoreHistory(form: HistoryForm, history: PlainHistory): Float64Array {
  switch (form.kind) {
    case 'alike':
      return Float64Array.from(form.scores)
    case 'item-weights':
      return scoreByWeights(form, history)
    case 'item-neighbours':
      return scoreByItems(form, history)
    case 'projection':
      return scoreByProjection(form, history)
    case 'layers':
      return scoreByLayers(form, history)
    case 'least-squares':
      return scoreByLeastSquares(form, history)
    case 'sequence':
      return scoreBySequence(form, history.recent)
    case 'fused':
      return fuse(form, history, (own) => scoreHistory(own, history))
  }
}

export const none = (items: number) => new Float64Array(items).fill(Number.NaN)

export function rowOf({ dimensions, data }: Vectors, row: number): Float64Array {
  return Float64Array.from(data.subarray(row * dimensions, (row + 1) * dimensions))
}

function dot(vector: Float64Array, { dimensions, data }: Vectors, row: number): number {
  let sum = 0
  for (let at = 0; at < dimensions; at++) sum += vector[at] * data[row * dimensions + at]
  return sum
}

export function products(vector: Float64Array, items: KnownVectors): Float64Array {
  return Float64Array.from({ length: items.count }, (_, item) =>
    items.known[item] === 1 ? dot(vector, items, item) : Number.NaN,
  )
}

function scoreByNeighbours(form: NeighbourHistoriesForm, user: number): Float64Array {
  const { items, count, neighbours, similarities, histories } = form
  const scores = none(items)
  for (let at = user * count; at < (user + 1) * count; at++) {
    if (similarities[at] === 0) continue
    const [from, to] = [histories.offsets[neighbours[at]], histories.offsets[neighbours[at] + 1]]
    for (const item of histories.indices.subarray(from, to)) scores[item] = (scores[item] || 0) + similarities[at]
  }
  return scores
}

function scoreByWeights({ weights, known }: ItemWeightsForm, { items: history }: PlainHistory): Float64Array {
  const items = known.length
  if (history.length === 0) return none(items)
  return Float64Array.from({ length: items }, (_, item) => {
    if (known[item] === 0) return Number.NaN
    let sum = 0
    for (const owned of history) sum += weights[owned * items + item]
    return sum
  })
}

function scoreByItems(form: ItemNeighboursForm, { items: history }: PlainHistory): Float64Array {
  const { count, neighbours, similarities } = form
  const owned = new Set(history)
  return Float64Array.from({ length: neighbours.length / count }, (_, item) => {
    let sum = Number.NaN
    for (let at = item * count; at < (item + 1) * count; at++) {
      if (similarities[at] !== 0 && owned.has(neighbours[at])) sum = (sum || 0) + similarities[at]
    }
    return sum
  })
}

function scoreByProjection(form: ProjectionForm, { items: history, ratings }: PlainHistory): Float64Array {
  const { into, averages, items, takes, zeroIsNone } = form
  if (history.length === 0) return none(items.count)
  const vector = new Float64Array(into.dimensions)
  history.forEach((item, at) => {
    const value = takes === 'ratings' ? ratings[at] : 1
    for (let each = 0; each < into.dimensions; each++) vector[each] += value * into.data[item * into.dimensions + each]
  })
  const length = lengthOf(form, vector, history.length)
  const scaled = vector.map((value, each) => {
    const sum = averages
      ? history.reduce((total, item) => total + averages.data[item * averages.dimensions + each], 0)
      : 0
    return value / length + sum / history.length
  })
  const scores = products(scaled, items)
  return zeroIsNone ? scores.map((score) => (score === 0 ? Number.NaN : score)) : scores
}

/** What a sum of vectors is divided by. */
function lengthOf({ scaling }: ProjectionForm, vector: Float64Array, items: number): number {
  if (scaling === 'none') return 1
  return scaling === 'unit' ? Math.hypot(...vector) || 1 : Math.sqrt(items)
}

const bends: Record<Layer['bend'], (value: number) => number> = {
  none: (value) => value,
  relu: (value) => Math.max(0, value),
  tanh: Math.tanh,
}

export function applyLayer({ weights, bias, bend }: Layer, input: Float64Array): Float64Array {
  const sums = Float64Array.from(bias)
  input.forEach((value, row) => {
    if (value === 0) return
    for (let at = 0; at < sums.length; at++) sums[at] += value * weights.data[row * weights.dimensions + at]
  })
  return sums.map(bends[bend])
}

function scoreByLayers({ layers, known }: LayersForm, { items: history }: PlainHistory): Float64Array {
  if (history.length === 0) return none(known.length)
  const input = new Float64Array(known.length)
  for (const item of history) input[item] = 1 / Math.sqrt(history.length)
  const scores = layers.reduce<Float64Array>((values, layer) => applyLayer(layer, values), input)
  return scores.map((score, item) => (known[item] === 1 ? score : Number.NaN))
}

function scoreByPairs({ products, first, layers, known }: PairsForm, user: number): Float64Array {
  const items = first.items.count
  if (known.users[user] !== 1) return none(items)
  const [half, vector] = [rowOf(first.users, user), products ? rowOf(products.users, user) : null]
  return Float64Array.from({ length: items }, (_, item) => {
    if (known.items[item] !== 1) return Number.NaN
    const start = half.map((value, at) => Math.max(0, value + first.items.data[item * half.length + at]))
    const [score] = layers.reduce<Float64Array>((values, layer) => applyLayer(layer, values), start)
    return score + (vector && products ? dot(vector, products.items, item) : 0)
  })
}

function scoreByLeastSquares(form: LeastSquaresForm, history: PlainHistory): Float64Array {
  const { items, biases } = form
  if (history.items.length === 0) return none(items.count)
  const level = biases ? levelOf(biases, history) : 0
  const targets = Array.from(history.items, (item, at) =>
    biases ? history.ratings[at] - biases.mean - biases.items[item] - level : form.target,
  )
  const scores = products(solve(...equations(form, history.items, targets)), items)
  return biases ? scores.map((score, item) => score + biases.mean + biases.items[item] + level) : scores
}

/** How much the user rates above the mean. */
function levelOf(
  { mean, items, userRegularization }: NonNullable<LeastSquaresForm['biases']>,
  history: PlainHistory,
): number {
  const above = history.ratings.reduce((sum, rating, at) => sum + rating - mean - items[history.items[at]], 0)
  return above / (userRegularization + history.items.length)
}

type Matrix = Float64Array[]

/** Matrix and right side of the history's normal equations. */
function equations(form: LeastSquaresForm, history: Uint32Array, targets: number[]): [Matrix, Float64Array] {
  const { items, everywhere, own, regularization } = form
  const { factor, base, each, exponent } = regularization
  const size = items.dimensions
  const ridge = factor * (base + each * history.length) ** exponent
  const matrix: Matrix = Array.from({ length: size }, () => new Float64Array(size))
  for (let at = 0; at < size; at++) matrix[at][at] = ridge
  const right = new Float64Array(size)
  if (everywhere !== 0) for (let item = 0; item < items.count; item++) addSquare(matrix, rowOf(items, item), everywhere)
  history.forEach((item, at) => {
    const row = rowOf(items, item)
    addSquare(matrix, row, own)
    for (let each = 0; each < size; each++) right[each] += targets[at] * row[each]
  })
  return [matrix, right]
}

function addSquare(matrix: Matrix, row: Float64Array, weight: number): void {
  for (let i = 0; i < row.length; i++) for (let j = 0; j < row.length; j++) matrix[i][j] += weight * row[i] * row[j]
}

/** Cholesky's method, in place. A row that is nothing but zeros, of a component that is never used, solves to 0. */
function solve(matrix: Matrix, right: Float64Array): Float64Array {
  const size = right.length
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = matrix[i][j]
      for (let at = 0; at < j; at++) rest -= matrix[i][at] * matrix[j][at]
      matrix[i][j] = i === j ? Math.sqrt(Math.max(rest, 0)) : rest / (matrix[j][j] || 1)
    }
    for (let at = 0; at < i; at++) right[i] -= matrix[i][at] * right[at]
    right[i] /= matrix[i][i] || 1
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let j = i + 1; j < size; j++) right[i] -= matrix[j][i] * right[j]
    right[i] /= matrix[i][i] || 1
  }
  return right
}
