import type { FitProgress, Interactions, Rater } from '../models/model'
import type { RatedPairs } from './metric'

export interface RatingRequest {
  /** Made on the training part. */
  rater: Rater
  train: Interactions
  test: Interactions
  signal: AbortSignal
  report(progress: FitProgress): void
}

/** Pairs that are rated at a time. */
const batchPairs = 65_536

/**
 * What a model expects of each test interaction, kept within the training ratings. Null where all training ratings are
 * the same, or nothing is to be rated: then there is nothing to be right about.
 */
export async function rateTestPairs(request: RatingRequest): Promise<RatedPairs | null> {
  const { rater, train, test, signal, report } = request
  const levels = Float32Array.from(new Set(train.values)).sort()
  const length = test.itemIndices.length
  if (levels.length < 2 || length === 0) return null
  const users = usersOf(test)
  const expected = new Float32Array(length)
  for (let from = 0; from < length; from += batchPairs) {
    signal.throwIfAborted()
    const to = Math.min(from + batchPairs, length)
    await rater.rate(users.subarray(from, to), test.itemIndices.subarray(from, to), expected.subarray(from, to))
    report({ phase: 'evaluate', fraction: to / length })
    await new Promise((resolve) => setImmediate(resolve))
  }
  const [lowest, highest] = [levels[0], levels[levels.length - 1]]
  for (let at = 0; at < length; at++) expected[at] = Math.min(highest, Math.max(lowest, expected[at]))
  return { expected, actual: test.values, levels }
}

/** The user of each interaction. */
function usersOf({ users, offsets, itemIndices }: Interactions): Uint32Array {
  const result = new Uint32Array(itemIndices.length)
  for (let user = 0; user < users; user++) result.fill(user, offsets[user], offsets[user + 1])
  return result
}
