import { biasesOf, biasTensors } from '../baselines/bias'
import { dotScorer } from '../dot-scorer'
import type { DotForm, KnownVectors } from '../form'
import { derived } from '../history-explainer'
import type { FittedModel, Interactions, Rater, Scorer, Tensors, Vectors } from '../model'
import { type Biases, biasOf, forEachPair } from '../rating'
import { ratings } from '../sparse'
import { knownRows, padded, vectorProduct, vectorsOf, widened } from './factors'
import { type Descent, descendUsers, fixedItems } from './fold-in'

/** Vectors as from `factorTensors`, with mean and biases: rating(u, i) = mean + b_u + b_i + x_u . y_i. */
export const biasedTensors = (factors: Tensors, biases: Biases): Tensors => ({ ...factors, ...biasTensors(biases) })

/** Scores that are the expected ratings of the users trained on. */
export async function scoreBiased({ tensors, compute }: FittedModel): Promise<Scorer> {
  const { users, items } = biasedForm(tensors)
  return dotScorer(compute, users, items)
}

/** Biases are components of the vectors, so that a product is the whole rating. */
export function biasedForm(tensors: Tensors): DotForm {
  const known = tensors.user_known.data as Uint8Array
  const users = extendedUsers(vectorsOf(tensors, 'user_factors'), biasesOf(tensors), known)
  return { kind: 'dot', users, items: extendedItems(tensors) }
}

/** Scores of new histories, by the steps of training; `startOf` where a vector starts that does not start from nothing. */
export function foldInBiased(
  { tensors, compute }: FittedModel,
  histories: Interactions,
  descent: Descent,
  startOf?: (items: Uint32Array) => Float64Array<ArrayBuffer>,
): Scorer {
  const { mean, items } = biasesOf(tensors)
  const fixed = fixedItems(tensors, mean)
  const rated = ratings(histories)
  const found = descendUsers(rated, fixed, descent, startOf)
  const vectors = { count: rated.rows, dimensions: fixed.dimensions, data: found.vectors }
  const users = extendedUsers(vectors, { mean, users: found.biases, items }, knownRows(rated.offsets))
  return dotScorer(compute, users, extendedItems(tensors))
}

/** Two components more, 1 for the item's bias and the user's level; of `vectors` the first `size` components count. */
export function extendedUsers(
  vectors: Vectors,
  { mean, users }: Biases,
  known: Uint8Array,
  size = vectors.dimensions,
): KnownVectors {
  return { ...padded(widened(vectors, (row) => [1, mean + users[row]], size)), known }
}

export const extendedItems = derived((tensors): KnownVectors => {
  const { items } = biasesOf(tensors)
  const vectors = vectorsOf(tensors, 'item_factors')
  const known = tensors.item_known.data as Uint8Array
  return { ...padded(widened(vectors, (row) => [items[row], 1])), known }
})

/** Expected ratings; an unknown user or item adds neither bias nor product. */
export async function rateBiased({ tensors }: FittedModel): Promise<Rater> {
  const biases = biasesOf(tensors)
  const [users, items] = [vectorsOf(tensors, 'user_factors'), vectorsOf(tensors, 'item_factors')]
  return forEachPair((user, item) => {
    const rating = biasOf(biases, user, item)
    return user < users.count && item < items.count ? rating + vectorProduct(users, user, items, item) : rating
  })
}
