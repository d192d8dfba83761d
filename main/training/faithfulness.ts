import type { PreparedData } from '../data/prepared'
import { noItem, type TopLists } from '../evaluation/lists'
import { faithfulnessOf } from '../explanation/faithfulness'
import { rowOf } from '../models/history-explainer'
import type { FittedModel, Model } from '../models/model'
import type { Random } from '../models/random'

/** Users whose first item is explained. */
const sampleSize = 100

/** The mean of `faithfulnessOf` the first items of some users; null where the model names nothing for any of them. */
export function faithfulnessOfLists(
  { model, fitted }: { model: Model; fitted: FittedModel },
  { train, foldIn }: Pick<PreparedData, 'train' | 'foldIn'>,
  random: Random,
  signal: AbortSignal,
): (lists: TopLists) => Promise<number | null> {
  return async ({ k, users, items }) => {
    if (!model.foldIn) return null
    const values: number[] = []
    const step = Math.max(1, Math.floor(users.length / sampleSize))
    for (let row = 0; row < users.length && values.length < sampleSize; row += step) {
      signal.throwIfAborted()
      const item = items[row * k]
      if (item === noItem) continue
      const isHeldOut = foldIn !== null && foldIn.offsets[users[row] + 1] > foldIn.offsets[users[row]]
      const history = rowOf(isHeldOut ? foldIn : train, users[row])
      const value = await faithfulnessOf({ model, fitted, history }, item, random)
      if (value !== null) values.push(value)
    }
    return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
  }
}
