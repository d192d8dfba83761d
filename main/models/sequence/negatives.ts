import type { Interactions } from '../model'
import type { Random } from '../random'

export const negativeSources = ['uniform', 'popularity', 'in-batch'] as const
export type NegativeSource = (typeof negativeSources)[number]

/** Items drawn for all examples of a batch, and how often each is expected among as many draws, as logarithms. */
export interface Drawn {
  readonly items: Int32Array
  readonly logExpected: Float32Array
}

/** Draws items, of those that anybody has chosen; `targets` are the chosen items of the batch. */
export type Draw = (targets: Int32Array, random: Random) => Drawn

/** How items are drawn; `targets`: all chosen items that an example has, from which those of a batch are drawn. */
export function drawFrom(source: NegativeSource, count: number, train: Interactions, targets: Uint32Array): Draw {
  const counts = new Uint32Array(train.items)
  for (const item of train.itemIndices) counts[item]++
  const known = Uint32Array.from(counts.keys()).filter((item) => counts[item] > 0)
  if (source === 'in-batch') {
    counts.fill(0)
    for (const item of targets) counts[item]++
  }
  const total = source === 'in-batch' ? targets.length : train.itemIndices.length
  const shareOf = (item: number) => (source === 'uniform' ? 1 / known.length : counts[item] / total)
  const next = (inBatch: Int32Array, random: Random) => {
    if (source === 'uniform') return known[random.integer(known.length)]
    // An interaction drawn at random is of an item as likely as it is popular.
    return source === 'popularity' ? train.itemIndices[random.integer(total)] : inBatch[random.integer(inBatch.length)]
  }
  return (inBatch, random) => {
    const items = Int32Array.from({ length: count }, () => next(inBatch, random))
    return { items, logExpected: Float32Array.from(items, (item) => Math.log(count * shareOf(item))) }
  }
}

/** [examples, drawn]: `value` where the drawn item is the example's target, 0 elsewhere. */
export function accidentalHits(targets: Int32Array, drawn: Int32Array, value: number): Float32Array {
  const hits = new Float32Array(targets.length * drawn.length)
  const placesOf = new Map<number, number[]>()
  drawn.forEach((item, place) => {
    const places = placesOf.get(item)
    if (places) places.push(place)
    else placesOf.set(item, [place])
  })
  targets.forEach((target, example) => {
    for (const place of placesOf.get(target) ?? []) hits[example * drawn.length + place] = value
  })
  return hits
}
