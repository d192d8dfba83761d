import { expect, test } from 'vitest'
import { distanceOf, spaceOf } from './space'
import { tsne } from './t-sne'
import { contextOf, groupsOf } from './testing/context'
import { trustworthiness } from './trustworthiness'
import { fuzzyGraph, umap } from './umap'
import { fitCurve } from './umap-curve'

const options = { neighbours: 15, minDistance: 0.1, spread: 1, epochs: 200, negatives: 5 }

test('the curve is the one that umap-learn fits', () => {
  // find_ab_params(spread, min_dist) of umap-learn 0.5.12.
  for (const [minDistance, spread, a, b] of [
    [0.1, 1, 1.5769434, 0.8950608],
    [0.5, 1, 0.58303, 1.3341669],
    [0, 2, 0.6460467, 0.7904945],
  ]) {
    const found = fitCurve(minDistance, spread)
    expect(found.a).toBeCloseTo(a, 3)
    expect(found.b).toBeCloseTo(b, 3)
  }
})

test('weights of neighbours add up to log2 k, the nearest one has 1, and both sides are joined', () => {
  // Two neighbours each: 0 and 1 name each other first, 2 names both, so that edges to 2 have one side only.
  const nearest = {
    k: 2,
    indices: Uint32Array.of(1, 2, 0, 2, 1, 0),
    squared: Float32Array.of(1, 9, 1, 4, 4, 9),
  }
  const { offsets, neighbours, weights } = fuzzyGraph({ distance: 'euclidean' }, nearest)
  const weight = (one: number, other: number) =>
    weights[offsets[one] + neighbours.subarray(offsets[one], offsets[one + 1]).indexOf(other)]
  // Of point 0: exp(-(3 - 1) / w) = log2 3 - 1 whatever the scale; joined with the same of point 2.
  const rest = Math.log2(3) - 1
  expect(weight(0, 1)).toBeCloseTo(1, 4)
  expect(weight(0, 2)).toBeCloseTo(2 * rest - rest ** 2, 4)
  expect(weight(2, 0)).toBeCloseTo(weight(0, 2), 6)
  expect(weight(1, 2)).toBeCloseTo(1, 4)
})

/** How many of each point's nearest five in the layout are of its group. */
function purity(layout: Float32Array, groups: number): number {
  const count = layout.length / 2
  let same = 0
  for (let one = 0; one < count; one++) {
    const others = Array.from({ length: count }, (_, other) => ({
      other,
      squared: (layout[2 * one] - layout[2 * other]) ** 2 + (layout[2 * one + 1] - layout[2 * other + 1]) ** 2,
    })).sort((a, b) => a.squared - b.squared)
    same += others.slice(1, 6).filter(({ other }) => other % groups === one % groups).length
  }
  return same / (5 * count)
}

test.each(['umap', 'tsne'] as const)('%s keeps groups together, at any number of threads', async (method) => {
  const space = spaceOf(groupsOf(500, 12, 6), 'euclidean')
  const layOut = async (threads: number, seed = 1) => {
    const context = await contextOf(threads, seed)
    return method === 'umap' ? umap(space, options, context) : tsne(space, { perplexity: 20, iterations: 300 }, context)
  }
  const layout = await layOut(2)
  expect(layout.every(Number.isFinite)).toBe(true)
  expect(purity(layout, 6)).toBeGreaterThan(0.99)
  expect(await layOut(1)).toEqual(layout)
  expect(await layOut(2, 2)).not.toEqual(layout)
  const judged = Uint32Array.from({ length: 500 }, (_, at) => at)
  expect(await trustworthiness(space, layout, 15, judged, await contextOf())).toBeGreaterThan(0.9)
})

test.each([2, 3, 5])('%i points have a map', async (count) => {
  const space = spaceOf(groupsOf(count, 4, 1), 'cosine')
  const context = await contextOf()
  for (const layout of [
    await umap(space, options, context),
    await tsne(space, { perplexity: 30, iterations: 50 }, context),
  ]) {
    expect(layout).toHaveLength(2 * count)
    expect(layout.every(Number.isFinite)).toBe(true)
  }
  expect(distanceOf(space, 0)).toBe(0)
})
