import type { NamedArrays } from '../../compute/tensorflow/tensorflow'
import type { FittedModel, Tensors, TransferInput } from '../model'
import { featureTower } from './feature-tower'
import { itemFactors } from './item-tower'

/**
 * The items of other data as the tower of items makes them of their features alone: none has a vector of its own, and
 * neither has a user. Null where no features were learned.
 */
export async function transferTower(
  { tensors, params, compute }: FittedModel,
  { train, items }: TransferInput,
): Promise<Tensors | null> {
  const { feature_is_dense } = tensors
  if (!feature_is_dense) return null
  const size = Number(params.embedding_size)
  const tower = featureTower(items, {
    chosen: new Uint8Array(items.rows),
    identityDropout: 0,
    isDeep: false,
    isWhole: false,
    dense: feature_is_dense.data as Uint8Array,
  })
  const identities = { shape: [items.rows, size], data: new Float32Array(items.rows * size) }
  const ofFeatures = Object.entries(tensors).filter(([name]) => /^(features|dense_features)$|^joined/.test(name))
  const weights: NamedArrays = { ...Object.fromEntries(ofFeatures), identities }
  const users = { shape: [train.users, size], data: new Float32Array(train.users * size) }
  return {
    ...tensors,
    identities,
    ...(tensors.user_factors && { user_factors: users }),
    ...(await itemFactors(await compute.tensorflow(), tower, weights, size)),
    item_known: { shape: [items.rows], data: tower.known },
  }
}
