import type { Random } from '../../models/random'
import type { Sampler } from '../sampler'
import type { Dimension, Point, SearchSpace } from '../space'
import { haltonPoint } from './quasi-random'
import { uniformPoint, uniformPoints } from './random'

/**
 * The tree-structured Parzen estimator (Bergstra, Bardenet, Bengio and Kégl 2011), multivariate as in BOHB (Falkner,
 * Klein and Hutter 2018): one density of the good points and one of the others, each a mixture with a kernel over all
 * dimensions around every point and the uniform one beside them. Of candidates that are drawn from the good density the
 * one is tried whose ratio of both is highest.
 */
export const tpe: Sampler = {
  id: 'tpe',
  source: 'Bergstra, Bardenet, Bengio and Kégl 2011, Algorithms for hyper-parameter optimization',
  beginsWithDefaults: true,
  startup: startupOf,
  *propose({ space, index, ranked, random, common }) {
    const { dimensions } = space
    if (ranked.length < startupOf(space)) yield haltonPoint(dimensions, index, common.derive(space.model))
    else yield* bestCandidates(space, ranked, random)
    yield* uniformPoints(dimensions, random)
  },
}

const candidates = 24

/** Points that spread evenly before the densities say anything. */
function startupOf({ dimensions }: SearchSpace): number {
  return Math.min(10, 2 + 2 * dimensions.length)
}

/** How many of `count` trials count as good: the best 15 %, as in BOHB. */
function goodOf(count: number): number {
  return Math.min(25, Math.ceil(0.15 * count))
}

function* bestCandidates(space: SearchSpace, ranked: readonly Point[], random: Random): Iterable<Point> {
  const { dimensions } = space
  const good = mixtureOf(dimensions, ranked.slice(0, goodOf(ranked.length)))
  const others = mixtureOf(dimensions, ranked.slice(goodOf(ranked.length)))
  const drawn = Array.from({ length: candidates }, () => {
    // What does not matter is left out, and whole numbers are whole.
    const point = space.encode(space.decode(draw(good, random)))
    return { point, gain: logDensity(good, point) - logDensity(others, point) }
  })
  for (const { point } of drawn.sort((a, b) => b.gain - a.gain)) yield point
}

interface Mixture {
  dimensions: readonly Dimension[]
  points: readonly Point[]
  /** Standard deviation of the kernels in ranges. */
  width: number
  /** What a kernel over choices spreads over all of them, beside 1 for its own. */
  spread: number
}

/** Scott's rule for the width of kernels, as Optuna has it, and never so narrow that a point is tried again and again. */
function mixtureOf(dimensions: readonly Dimension[], points: readonly Point[]): Mixture {
  const count = points.length
  const width = Math.max(0.2 * Math.max(1, count) ** (-1 / (dimensions.length + 4)), 1 / Math.min(100, count + 2))
  return { dimensions, points, width, spread: 1 / (count + 1) }
}

function draw({ dimensions, points, width, spread }: Mixture, random: Random): Point {
  const centre = points[random.integer(points.length + 1)]
  const uniform = uniformPoint(dimensions, random)
  if (!centre) return uniform
  return dimensions.map((dimension, at) => {
    if (Number.isNaN(centre[at])) return uniform[at]
    if (dimension.kind === 'range') return within(() => centre[at] + width * random.normal())
    const size = dimension.values.length
    return random.uniform() * (1 + size * spread) < 1 ? centre[at] : uniform[at]
  })
}

function within(next: () => number): number {
  for (;;) {
    const value = next()
    if (value >= 0 && value <= 1) return value
  }
}

/** Of the mixture with the uniform density as one more component; dimensions that do not matter in `point` are left out. */
function logDensity({ dimensions, points, width, spread }: Mixture, point: Point): number {
  const uniform = dimensions.reduce(
    (sum, dimension, at) =>
      sum - (dimension.kind === 'choice' && !Number.isNaN(point[at]) ? Math.log(dimension.values.length) : 0),
    0,
  )
  const logs = points.map((centre) =>
    dimensions.reduce((sum, dimension, at) => sum + logKernel(dimension, centre[at], point[at], width, spread), 0),
  )
  return logSum([uniform, ...logs]) - Math.log(points.length + 1)
}

function logKernel(dimension: Dimension, centre: number, place: number, width: number, spread: number): number {
  if (Number.isNaN(place)) return 0
  if (dimension.kind === 'choice') {
    const size = dimension.values.length
    if (Number.isNaN(centre)) return -Math.log(size)
    return Math.log(((centre === place ? 1 : 0) + spread) / (1 + size * spread))
  }
  if (Number.isNaN(centre)) return 0
  const inside = normalBelow((1 - centre) / width) - normalBelow(-centre / width)
  return -0.5 * ((place - centre) / width) ** 2 - Math.log(width * Math.sqrt(2 * Math.PI) * inside)
}

function logSum(logs: readonly number[]): number {
  const highest = Math.max(...logs)
  return highest + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - highest), 0))
}

/** The standard normal distribution function, by Abramowitz and Stegun 26.2.17; exact to 7.5e-8. */
export function normalBelow(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x))
  const tail =
    (Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI)) *
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return x >= 0 ? 1 - tail : tail
}
