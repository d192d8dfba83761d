import { expect, test } from 'vitest'
import { type RunSpread, valueCells } from '../../main/contract/per-user'
import { barShares, cellEdges, cumulativeShares } from './spread'

/** Of ten users four have the least value, five one in the middle, one the greatest. */
const run: RunSpread = {
  runId: 'a',
  users: 10,
  mean: 0.3,
  cells: Uint32Array.of(0, valueCells / 2, valueCells - 1),
  counts: Uint32Array.of(4, 5, 1),
}

test('bars hold the shares of their parts', () => {
  expect(barShares(run, 4)).toEqual([0.4, 0, 0.5, 0.1])
})

test('a share of users is below an edge, everyone below the last one', () => {
  const shares = cumulativeShares(run)
  expect(shares.length).toBe(valueCells + 1)
  const at = (share: number) => shares[Math.round(share * valueCells)]
  expect([at(0), shares[1], at(0.5), shares[valueCells / 2 + 1], shares[valueCells - 1], at(1)]).toEqual([
    0, 0.4, 0.4, 0.9, 0.9, 1,
  ])
})

test('edges reach from the least to the greatest value', () => {
  const spread = { low: 1, high: 3, runs: [] }
  expect(cellEdges(spread, 4, true)).toEqual([1, 1.5, 2, 2.5, 3])
  expect(cellEdges(spread, 4, false)).toEqual([1, 1.5, 2, 2.5])
  expect(cellEdges({ low: 0, high: 1, runs: [] }, 3, true)).toEqual([0, 0.3333, 0.6667, 1])
})
