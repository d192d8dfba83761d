import { derived } from '../history-explainer'
import type { Parameters, Tensors } from '../model'
import { createRandom, type Random } from '../random'
import type { ValuedRows } from '../sparse'

/** What a user's vector is found against: items as they are. */
export interface FixedItems {
  readonly dimensions: number
  /** A row for each item. */
  readonly vectors: Float32Array
  readonly biases: ArrayLike<number>
  readonly mean: number
  /** Items that may be drawn as not chosen. */
  readonly members: Uint32Array
}

export interface Descent {
  /** Squared errors of ratings, or choices against drawn items: each by itself, or in pairs. */
  readonly loss: 'squared' | 'logistic' | 'bpr'
  readonly epochs: number
  readonly rate: number
  readonly regularization: number
  /** Items drawn for each interaction; not used for squared errors. */
  readonly negatives: number
}

export function fixedItems(tensors: Tensors, mean: number): FixedItems {
  const { item_factors, item_biases } = tensors
  return {
    dimensions: item_factors.shape[1],
    vectors: item_factors.data as Float32Array,
    biases: item_biases.data,
    mean,
    members: membersOf(tensors),
  }
}

const membersOf = derived(({ item_known: { data } }): Uint32Array => {
  const members = new Uint32Array(data.length)
  let count = 0
  for (let item = 0; item < data.length; item++) if (data[item] === 1) members[count++] = item
  return members.slice(0, count)
})

export function descentOf(params: Parameters, loss: Descent['loss']): Descent {
  return {
    loss,
    epochs: Number(params.epochs),
    rate: Number(params.learning_rate),
    regularization: Number(params.regularization),
    negatives: Number(params.negatives),
  }
}

/** Of one user, each item once and ascending. */
export interface OwnItems {
  readonly items: Uint32Array
  readonly values: Float32Array
}

const seed = 1
/** So many steps are as good as more for a single vector. */
const mostSteps = 24_000
const fewestEpochs = 2

/**
 * A vector of dimensions + 1 numbers, the last one the user's bias, by the steps of training with the items held as they
 * are: from nothing, or from `start`, as many epochs at the same rate, fewer for a long history. What counts is the mean over the second
 * half of the epochs, which evens out what is drawn. Every history starts the same sequence of draws, so that what is
 * found depends on it alone.
 */
export function descendUser(
  own: OwnItems,
  fixed: FixedItems,
  descent: Descent,
  start = new Float64Array(fixed.dimensions + 1),
): Float64Array {
  const now = start.slice()
  const mean = new Float64Array(now.length)
  const random = createRandom(seed)
  const order = Uint32Array.from(own.items.keys())
  const epochs = epochsOf(own, descent)
  const counted = Math.ceil(epochs / 2)
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random)
    for (const at of order) visit(own, at, fixed, descent, now, random)
    if (epoch < epochs - counted) continue
    for (let place = 0; place < now.length; place++) mean[place] += now[place] / counted
  }
  return mean
}

/** `descendUser` of each history; a row of `dimensions + 1` numbers for each. */
export function descendUsers(
  { rows, offsets, indices, values }: ValuedRows,
  fixed: FixedItems,
  descent: Descent,
  startOf: (items: Uint32Array) => Float64Array<ArrayBuffer> | undefined = () => undefined,
) {
  const { dimensions } = fixed
  const [vectors, biases] = [new Float32Array(rows * dimensions), new Float32Array(rows)]
  for (let user = 0; user < rows; user++) {
    const [from, to] = [offsets[user], offsets[user + 1]]
    if (from === to) continue
    const own = { items: indices.subarray(from, to), values: values.subarray(from, to) }
    const vector = descendUser(own, fixed, descent, startOf(own.items))
    vectors.set(vector.subarray(0, dimensions), user * dimensions)
    biases[user] = vector[dimensions]
  }
  return { vectors, biases }
}

function epochsOf({ items }: OwnItems, { loss, epochs, negatives }: Descent): number {
  const steps = items.length * (loss === 'squared' ? 1 : negatives + (loss === 'logistic' ? 1 : 0))
  return Math.min(epochs, Math.max(fewestEpochs, Math.ceil(mostSteps / steps)))
}

function visit(
  own: OwnItems,
  at: number,
  fixed: FixedItems,
  { loss, rate, regularization, negatives }: Descent,
  user: Float64Array,
  random: Random,
): void {
  const item = own.items[at]
  const keep = 1 - rate * regularization
  if (loss === 'squared') {
    moveTo(user, fixed, item, keep, rate * (own.values[at] - fixed.mean - scoreOf(user, fixed, item)))
    return
  }
  if (loss === 'logistic') moveTo(user, fixed, item, keep, rate * (1 - sigmoid(scoreOf(user, fixed, item))))
  for (let drawn = 0; drawn < negatives; drawn++) {
    const other = drawOther(own.items, fixed.members, random)
    if (other < 0) continue
    if (loss === 'logistic') moveTo(user, fixed, other, keep, -rate * sigmoid(scoreOf(user, fixed, other)))
    else moveApart(user, fixed, item, other, keep, rate)
  }
}

export function scoreOf(user: Float64Array, { dimensions, vectors, biases }: FixedItems, item: number): number {
  const start = item * dimensions
  let sum = user[dimensions] + biases[item]
  for (let at = 0; at < dimensions; at++) sum += user[at] * vectors[start + at]
  return sum
}

function moveTo(user: Float64Array, fixed: FixedItems, item: number, keep: number, step: number): void {
  const { dimensions, vectors } = fixed
  const start = item * dimensions
  for (let at = 0; at < dimensions; at++) user[at] = keep * user[at] + step * vectors[start + at]
  user[dimensions] = keep * user[dimensions] + step
}

function moveApart(
  user: Float64Array,
  { dimensions, vectors, biases }: FixedItems,
  item: number,
  other: number,
  keep: number,
  rate: number,
): void {
  const [chosen, against] = [item * dimensions, other * dimensions]
  let difference = biases[item] - biases[other]
  for (let at = 0; at < dimensions; at++) difference += user[at] * (vectors[chosen + at] - vectors[against + at])
  const step = rate * sigmoid(-difference)
  for (let at = 0; at < dimensions; at++) {
    user[at] = keep * user[at] + step * (vectors[chosen + at] - vectors[against + at])
  }
}

const mostDraws = 20

/** -1 where none was found that is not in the history. */
function drawOther(own: Uint32Array, members: Uint32Array, random: Random): number {
  for (let draw = 0; draw < mostDraws && members.length > 0; draw++) {
    const item = members[Math.floor(random.uniform() * members.length)]
    if (!has(own, item)) return item
  }
  return -1
}

function has(ascending: Uint32Array, item: number): boolean {
  let [low, high] = [0, ascending.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (ascending[middle] < item) low = middle + 1
    else high = middle
  }
  return ascending[low] === item
}

function shuffle(order: Uint32Array, random: Random): void {
  for (let at = order.length - 1; at > 0; at--) {
    const other = random.integer(at + 1)
    const moved = order[at]
    order[at] = order[other]
    order[other] = moved
  }
}

export const sigmoid = (value: number) => 1 / (1 + Math.exp(-value))
