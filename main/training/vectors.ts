import type { Compute } from '../compute/compute'
import type { Subject } from '../contract/filters'
import type { VectorSource } from '../contract/projection'
import { pureSvd } from '../models/linear/pure-svd'
import type { FittedModel, Interactions, Model, Vectors } from '../models/model'
import { createRandom } from '../models/random'
import { checkParameters } from '../models/registry'

/** Components of vectors that are decomposed from who has what. */
const decomposed = 64

interface Given {
  model: Model
  fitted: FittedModel
  train: Interactions
  compute: Compute
  signal: AbortSignal
}

/**
 * Vectors of all items, or users, that a trained model stands for: its own; of users otherwise the means of the vectors of
 * their items; for a model without any, those of a decomposition of who has what (PureSVD).
 */
export async function vectorsOfModel(of: Subject, given: Given): Promise<{ vectors: Vectors; source: VectorSource }> {
  const { model, fitted, train } = given
  const own = of === 'items' ? model.itemVectors?.(fitted) : model.userVectors?.(fitted)
  if (own) return { vectors: own, source: 'model' }
  const items = of === 'users' ? model.itemVectors?.(fitted) : undefined
  if (items) return { vectors: meansOfHistories(items, train), source: 'history' }
  return { vectors: await decompose(of, given), source: 'co-occurrence' }
}

function meansOfHistories({ dimensions, data }: Vectors, { users, offsets, itemIndices }: Interactions): Vectors {
  const means = new Float32Array(users * dimensions)
  for (let user = 0; user < users; user++) {
    const count = offsets[user + 1] - offsets[user]
    for (let entry = offsets[user]; entry < offsets[user + 1]; entry++) {
      const start = itemIndices[entry] * dimensions
      for (let at = 0; at < dimensions; at++) means[user * dimensions + at] += data[start + at] / count
    }
  }
  return { count: users, dimensions, data: means }
}

/** Of users X Q, of items Q with each component as long as that of X Q is: products of items are how often they go together. */
async function decompose(of: Subject, { train, compute, signal }: Given): Promise<Vectors> {
  const size = Math.min(decomposed, train.users, train.items)
  const params = checkParameters(pureSvd, { embedding_size: size })
  const random = createRandom(0).derive('vectors')
  const tensors = await pureSvd.fit({ train, params, random, compute, signal, report() {} })
  const [users, items] = [tensors.user_factors.data as Float32Array, tensors.item_factors.data as Float32Array]
  if (of === 'users') return { count: train.users, dimensions: size, data: users }
  const lengths = new Float64Array(size)
  users.forEach((value, at) => {
    lengths[at % size] += value * value
  })
  const scaled = items.map((value, at) => value * Math.sqrt(lengths[at % size]))
  return { count: train.items, dimensions: size, data: scaled }
}
