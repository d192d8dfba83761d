import { describe, expect, test } from 'vitest'
import { meanNdcg, searchWeights, type WeightCase } from './weights'

describe('NDCG of fused lists', () => {
  // At equal weights items 3, 5, 8 and 9 get 1, 3, 3 and 2 halves: the list is 5, 8, 9, 3.
  const user: WeightCase = {
    items: Uint32Array.of(3, 5, 8, 9),
    contributions: Float32Array.of(1, 3, 0, 0, 0, 0, 3, 2),
    right: Uint32Array.of(2),
    relevant: 2,
  }

  test('by hand: rank 2 of two that were chosen', () => {
    const ideal = 1 + 1 / Math.log2(3)
    expect(meanNdcg([user], [0.5, 0.5], 10)).toBeCloseTo(1 / Math.log2(3) / ideal, 12)
    expect(meanNdcg([user], [0.5, 0.5], 1)).toBe(0)
    expect(meanNdcg([user], [0.2, 0.8], 1)).toBe(1)
    // With the first member alone items 8 and 9 are equal at rank 3, by ascending item.
    expect(meanNdcg([user], [1, 0], 10)).toBeCloseTo(1 / 2 / ideal, 12)
  })

  test('users of whom no member finds anything count', () => {
    expect(meanNdcg([user, { ...user, right: new Uint32Array(0) }], [0.2, 0.8], 1)).toBe(0.5)
    expect(meanNdcg([], [1], 1)).toBe(0)
  })
})

describe('the search', () => {
  const search = (members: number, objective: (weights: readonly number[]) => number) =>
    searchWeights(
      members,
      async (weights) => objective(weights),
      async () => {},
    )

  test.each([0, 0.3, 0.65, 1])('finds a share of %d', async (best) => {
    const [share, other] = await search(2, ([first]) => -((first - best) ** 2))
    expect(share).toBeCloseTo(best, 12)
    expect(share + other).toBeCloseTo(1, 12)
  })

  test('finds the peak over three members to a step', async () => {
    const peak = [0.2, 0.5, 0.3]
    const found = await search(3, (weights) => -weights.reduce((sum, weight, at) => sum + (weight - peak[at]) ** 2, 0))
    found.forEach((weight, at) => {
      expect(Math.abs(weight - peak[at])).toBeLessThan(0.05)
    })
  })

  test('of equal ones takes the nearest', async () => {
    expect((await search(2, ([first]) => (first >= 0.6 ? 1 : 0)))[0]).toBeCloseTo(0.6, 12)
  })

  test('each round is told, the last one without a gain', async () => {
    const told: [number, number][] = []
    const objective = async ([first]: readonly number[]) => -Math.abs(first - 0.25)
    await searchWeights(2, objective, async (...round) => void told.push(round))
    expect(told.map(([round]) => round)).toEqual([1, 2])
    expect(told.map(([, best]) => best)).toEqual([expect.closeTo(0, 12), expect.closeTo(0, 12)])
  })
})
