import type { Random } from '../models/random'
import { reasonsOf } from './evidence'
import { type Asked, scoreWithout } from './without'

/** Sets of random evidence that the strongest is compared with. */
const randomSets = 8

/**
 * Whether an explanation holds: 1 where leaving out the strongest tenth of the history, one item at least, lowers the score
 * of the item more than leaving out as much of it at random does on average, 1/2 where as much, 0 where less. Null where
 * nothing of the history is named, or it is too short to choose from.
 */
export async function faithfulnessOf(asked: Asked, item: number, random: Random): Promise<number | null> {
  const drops = await dropsOf(asked, item, random)
  if (!drops) return null
  const { strongest, atRandom } = drops
  return strongest > atRandom ? 1 : strongest === atRandom ? 0.5 : 0
}

/** How much lower the score is without the strongest evidence, and without as much of the history at random. */
export async function dropsOf(
  asked: Asked,
  item: number,
  random: Random,
): Promise<{ strongest: number; atRandom: number } | null> {
  const { history } = await reasonsOf(asked, item)
  const own = [...new Set(asked.history.itemIndices)]
  if (history.length === 0 || own.length < 4) return null
  const size = Math.max(1, Math.round(own.length / 10))
  const top = new Set(history.slice(0, size).map(({ index }) => index))
  const sets = [new Set<number>(), top, ...Array.from({ length: randomSets }, () => drawn(own, top.size, random))]
  const scores: number[] = []
  await scoreWithout(asked, sets, (all, at) => {
    scores[at] = all[item]
  })
  const [whole, strongest, ...others] = scores
  if (Number.isNaN(whole)) return null
  // Without a score at all the item has lost all of it.
  const drop = (score: number) => (Number.isNaN(score) ? Math.abs(whole) : whole - score)
  const atRandom = others.reduce((sum, score) => sum + drop(score), 0) / others.length
  return { strongest: drop(strongest), atRandom }
}

function drawn(items: readonly number[], size: number, random: Random): Set<number> {
  const left = [...items]
  const set = new Set<number>()
  while (set.size < size) set.add(left.splice(random.integer(left.length), 1)[0])
  return set
}
