import type { Sampler } from '../sampler'
import type { Dimension, Point } from '../space'

/** Every combination once, the last dimension changing first; a range has its `points`, evenly spaced, ends included. */
export const grid: Sampler = {
  id: 'grid',
  source: 'every combination',
  beginsWithDefaults: false,
  startup: () => null,
  propose: ({ space }) => combinations(space.dimensions.map(levelsOf)),
}

function levelsOf(dimension: Dimension): number[] {
  if (dimension.kind === 'choice') return dimension.values.map((_, at) => at)
  return Array.from({ length: dimension.points }, (_, at) => at / (dimension.points - 1))
}

function* combinations(levels: readonly number[][]): Iterable<Point> {
  if (levels.length === 0) {
    yield []
    return
  }
  const [first, ...others] = levels
  for (const level of first) for (const rest of combinations(others)) yield [level, ...rest]
}
