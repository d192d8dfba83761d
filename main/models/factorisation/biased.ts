import { biasesOf, biasTensors } from '../baselines/bias'
import { dotScorer } from '../dot-scorer'
import type { FittedModel, Rater, Scorer, Tensors, Vectors } from '../model'
import { type Biases, biasOf, forEachPair } from '../rating'
import { padded, vectorsOf } from './factors'

/** Vectors as from `factorTensors`, with mean and biases: rating(u, i) = mean + b_u + b_i + x_u . y_i. */
export const biasedTensors = (factors: Tensors, biases: Biases): Tensors => ({ ...factors, ...biasTensors(biases) })

/** Scores that are the expected ratings of the users trained on. */
export async function scoreBiased({ tensors, compute }: FittedModel): Promise<Scorer> {
  const { mean, users, items } = biasesOf(tensors)
  // Two components more: 1 times the item's bias, and the user's level times 1.
  const userVectors = extended(vectorsOf(tensors, 'user_factors'), (row) => [1, mean + users[row]])
  const itemVectors = extended(vectorsOf(tensors, 'item_factors'), (row) => [items[row], 1])
  return dotScorer(
    compute,
    { ...userVectors, known: tensors.user_known.data as Uint8Array },
    { ...itemVectors, known: tensors.item_known.data as Uint8Array },
  )
}

function extended({ count, dimensions, data }: Vectors, more: (row: number) => [number, number]): Vectors {
  const wider = new Float32Array(count * (dimensions + 2))
  for (let row = 0; row < count; row++) {
    wider.set(data.subarray(row * dimensions, (row + 1) * dimensions), row * (dimensions + 2))
    wider.set(more(row), row * (dimensions + 2) + dimensions)
  }
  return padded({ count, dimensions: dimensions + 2, data: wider })
}

/** Expected ratings; an unknown user or item adds neither bias nor product. */
export async function rateBiased({ tensors }: FittedModel): Promise<Rater> {
  const biases = biasesOf(tensors)
  const [users, items] = [vectorsOf(tensors, 'user_factors'), vectorsOf(tensors, 'item_factors')]
  return forEachPair((user, item) => {
    const rating = biasOf(biases, user, item)
    return user < users.count && item < items.count ? rating + product(users, user, items, item) : rating
  })
}

function product(left: Vectors, leftRow: number, right: Vectors, rightRow: number): number {
  const { dimensions } = left
  let sum = 0
  for (let at = 0; at < dimensions; at++) {
    sum += left.data[leftRow * dimensions + at] * right.data[rightRow * dimensions + at]
  }
  return sum
}
