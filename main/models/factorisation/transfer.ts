import { biasesOf } from '../baselines/bias'
import type { FittedModel, Tensors, TransferInput } from '../model'
import { ratings, type ValuedRows } from '../sparse'
import { biasedTensors } from './biased'
import { factorTensors, knownRows } from './factors'
import { type Descent, descendUsers, type FixedItems, fixedItems } from './fold-in'
import { itemByFeatures } from './new-item'

/**
 * Items of other data by their features alone, and the vectors of its users that the steps of training find against them.
 * Null where no features were learned.
 */
export async function transferBiased(
  { tensors }: FittedModel,
  { train, items, report, signal }: TransferInput,
  descent: Descent,
): Promise<Tensors | null> {
  const { feature_factors, feature_weights } = tensors
  if (!feature_factors) return null
  const size = feature_factors.shape[1]
  const [vectors, biases] = [new Float32Array(items.rows * size), new Float32Array(items.rows)]
  const known = knownRows(items.offsets)
  for (let item = 0; item < items.rows; item++) {
    if (known[item] === 0) continue
    const [from, to] = [items.offsets[item], items.offsets[item + 1]]
    const row = { indices: items.indices.subarray(from, to), values: items.values.subarray(from, to) }
    const { vector, own } = itemByFeatures(tensors, row)
    if (Number.isNaN(own)) {
      known[item] = 0
      continue
    }
    vectors.set(vector, item * size)
    biases[item] = own
  }
  const { mean } = biasesOf(tensors)
  const none = { users: new Float32Array(train.users * size), items: vectors }
  const flags = { users: knownRows(train.offsets), items: known }
  const withItems = biasedTensors(factorTensors(none.users, none.items, flags, size, size), {
    mean,
    users: new Float32Array(train.users),
    items: biases,
  })
  const found = await descendInTurns(ratings(train), fixedItems(withItems, mean), descent, { report, signal })
  return {
    ...withItems,
    user_factors: { shape: [train.users, size], data: found.vectors },
    user_biases: { shape: [train.users], data: found.biases },
    feature_factors,
    feature_weights,
  }
}

/** Users between two turns of the event loop, in which a cancel is heard. */
const usersAtOnce = 100

async function descendInTurns(
  rated: ValuedRows,
  fixed: FixedItems,
  descent: Descent,
  { report, signal }: Pick<TransferInput, 'report' | 'signal'>,
) {
  const [vectors, biases] = [new Float32Array(rated.rows * fixed.dimensions), new Float32Array(rated.rows)]
  for (let from = 0; from < rated.rows; from += usersAtOnce) {
    await new Promise<void>((resolve) => setTimeout(resolve, 0))
    signal.throwIfAborted()
    const to = Math.min(from + usersAtOnce, rated.rows)
    const some = { ...rated, rows: to - from, offsets: rated.offsets.subarray(from, to + 1) }
    const found = descendUsers(some, fixed, descent)
    vectors.set(found.vectors, from * fixed.dimensions)
    biases.set(found.biases, from)
    report({ phase: 'fit', fraction: to / rated.rows })
  }
  return { vectors, biases }
}
