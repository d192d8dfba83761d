import type { Random } from '../../models/random'
import type { Sampler } from '../sampler'
import type { Dimension, Point } from '../space'
import { uniformPoints } from './random'

/**
 * Halton's sequence, each digit put through a permutation of its own that the seed draws: points spread evenly in every
 * dimension, whatever their number.
 */
export const quasiRandom: Sampler = {
  id: 'quasi-random',
  source: 'Halton 1960; Owen 2017, A randomized Halton algorithm in R',
  beginsWithDefaults: true,
  startup: () => null,
  *propose({ space, index, common, random }) {
    // Whole numbers and choices may meet again; later points of the sequence are other trials'.
    yield haltonPoint(space.dimensions, index, common.derive(space.model))
    yield* uniformPoints(space.dimensions, random)
  },
}

export function haltonPoint(dimensions: readonly Dimension[], index: number, random: Random): Point {
  return dimensions.map((dimension, at) => {
    const place = scrambledInverse(index, prime(at), random.derive(`dimension ${at}`))
    return dimension.kind === 'choice' ? Math.floor(place * dimension.values.length) : place
  })
}

/** The digits of `index` in base `base`, each permuted, mirrored behind the point; in [0, 1). */
export function scrambledInverse(index: number, base: number, random: Random): number {
  let [rest, value, weight] = [index, 0, 1 / base]
  // The zeros before the first digit are permuted too, as far as they can be told apart.
  for (let digit = 0; weight > 2 ** -32; digit++, weight /= base) {
    value += permutation(base, random.derive(`digit ${digit}`))[rest % base] * weight
    rest = Math.floor(rest / base)
  }
  return Math.min(value, 1 - 2 ** -32)
}

function permutation(size: number, random: Random): number[] {
  const order = Array.from({ length: size }, (_, at) => at)
  for (let at = size - 1; at > 0; at--) {
    const other = random.integer(at + 1)
    ;[order[at], order[other]] = [order[other], order[at]]
  }
  return order
}

/** From 2 at 0. */
function prime(at: number): number {
  const found = [2]
  for (let number = 3; found.length <= at; number += 2) {
    if (found.every((other) => number % other !== 0)) found.push(number)
  }
  return found[at]
}
