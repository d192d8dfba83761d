import type { Interactions, Rater } from './model'

/** Mean of all ratings, and what users and items rate or are rated above it: rating(u, i) ~ mean + user + item. */
export interface Biases {
  readonly mean: number
  readonly users: Float32Array
  readonly items: Float32Array
}

export interface BiasOptions {
  epochs: number
  userRegularization: number
  itemRegularization: number
}

/** As in Surprise's BaselineOnly. */
export const usualBiases: BiasOptions = { epochs: 10, userRegularization: 15, itemRegularization: 10 }

/**
 * Minimises the sum of (rating - mean - b_u - b_i)^2, each bias regularised, by turns: b_i = sum of (rating - mean -
 * b_u) / (regularisation + ratings of i), then b_u likewise (Koren 2010, Factor in the neighbors, 2.1). After each epoch
 * `report` gets its number and the mean squared error before it, and a cancel is heard.
 */
export async function fitBiases(
  train: Interactions,
  { epochs, userRegularization, itemRegularization }: BiasOptions,
  report: (epoch: number, error: number) => void,
  signal: AbortSignal,
): Promise<Biases> {
  const { users: userCount, items: itemCount, offsets, itemIndices, values } = train
  const mean = meanOf(values)
  const [users, items] = [new Float32Array(userCount), new Float32Array(itemCount)]
  const counts = new Float64Array(itemCount)
  for (const item of itemIndices) counts[item]++
  for (let epoch = 1; epoch <= epochs; epoch++) {
    signal.throwIfAborted()
    const sums = new Float64Array(itemCount)
    let squares = 0
    for (let user = 0; user < userCount; user++) {
      for (let at = offsets[user]; at < offsets[user + 1]; at++) {
        const item = itemIndices[at]
        const deviation = values[at] - mean - users[user]
        sums[item] += deviation
        squares += (deviation - items[item]) ** 2
      }
    }
    for (let item = 0; item < itemCount; item++) {
      items[item] = counts[item] > 0 ? sums[item] / (itemRegularization + counts[item]) : 0
    }
    for (let user = 0; user < userCount; user++) {
      let sum = 0
      for (let at = offsets[user]; at < offsets[user + 1]; at++) sum += values[at] - mean - items[itemIndices[at]]
      const count = offsets[user + 1] - offsets[user]
      users[user] = count > 0 ? sum / (userRegularization + count) : 0
    }
    report(epoch, squares / Math.max(1, values.length))
    await new Promise((resolve) => setTimeout(resolve))
  }
  return { mean, users, items }
}

/** 0 where there are none. */
export function meanOf(values: Float32Array): number {
  let sum = 0
  for (const value of values) sum += value
  return sum / Math.max(1, values.length)
}

/** mean + b_u + b_i; a user or item that is not known adds nothing. */
export function biasOf({ mean, users, items }: Biases, user: number, item: number): number {
  return mean + (users[user] ?? 0) + (items[item] ?? 0)
}

/** Rates by a formula. */
export function forEachPair(rating: (user: number, item: number) => number): Rater {
  return {
    async rate(users, items, into) {
      users.forEach((user, at) => {
        into[at] = rating(user, items[at])
      })
    },
    close() {},
  }
}
