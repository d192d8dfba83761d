import type { Random } from '../../models/random'
import type { Sampler } from '../sampler'
import type { Dimension, Point } from '../space'

/** Tries in vain before a space counts as exhausted. */
const mostTries = 200

export const random: Sampler = {
  id: 'random',
  source: 'Bergstra and Bengio 2012, Random search for hyper-parameter optimization',
  beginsWithDefaults: true,
  startup: () => null,
  propose: ({ space, random }) => uniformPoints(space.dimensions, random),
}

/** One point after another, until a space counts as exhausted. */
export function* uniformPoints(dimensions: readonly Dimension[], random: Random): Iterable<Point> {
  for (let tries = 0; tries < mostTries; tries++) yield uniformPoint(dimensions, random)
}

/** Uniform in the space, on the logarithm where a dimension asks for it. */
export function uniformPoint(dimensions: readonly Dimension[], random: Random): Point {
  return dimensions.map((dimension) =>
    dimension.kind === 'choice' ? random.integer(dimension.values.length) : random.uniform(),
  )
}
