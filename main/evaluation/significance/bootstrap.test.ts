import { expect, test } from 'vitest'
import { createRandom } from '../../models/random'
import { bcaInterval, resampledMeans } from './bootstrap'
import { compareRuns } from './compare'

const values = Float64Array.of(0, 0, 0, 0.2, 0.3, 0.1, 0, 0.9, 1, 0.05)

test('the BCa interval of given resamples', () => {
  // SciPy 1.17.1: stats.bootstrap((values,), np.mean, n_resamples=40, method='BCa', confidence_level=0.9), seed 3.
  const resampled = [
    0.31, 0.17, 0.31999999999999995, 0.30500000000000005, 0.135, 0.25, 0.05000000000000001, 0.21000000000000002, 0.355,
    0.36500000000000005, 0.24500000000000002, 0.06500000000000002, 0.30999999999999994, 0.25, 0.225,
    0.22000000000000003, 0.22499999999999995, 0.39, 0.13, 0.06999999999999999, 0.27999999999999997, 0.14500000000000002,
    0.23499999999999996, 0.30500000000000005, 0.5, 0.22999999999999998, 0.19, 0.265, 0.26499999999999996, 0.17, 0.24,
    0.22000000000000003, 0.40499999999999997, 0.185, 0.215, 0.42000000000000004, 0.18, 0.16999999999999998, 0.38, 0.08,
  ]
  const { from, to } = bcaInterval(values, Float64Array.from(resampled), 0.9)
  expect(from).toBeCloseTo(0.17, 12)
  expect(to).toBeCloseTo(0.4847130572968683, 12)
})

test('the BCa interval of many resamples', () => {
  const [resampled] = resampledMeans([values], 50_000, createRandom(1))
  const { from, to } = bcaInterval(values, resampled, 0.95)
  // SciPy 1.17.1 with 200000 resamples: 0.08 to 0.56; means lie 0.01 apart there.
  expect(Math.abs(from - 0.08)).toBeLessThan(0.0101)
  expect(Math.abs(to - 0.56)).toBeLessThan(0.0101)
})

test('what does not vary has an interval without width', () => {
  const constant = new Float64Array(4).fill(0.25)
  const [resampled] = resampledMeans([constant], 100, createRandom(1))
  expect(bcaInterval(constant, resampled, 0.95)).toEqual({ from: 0.25, to: 0.25 })
})

test('resamples are of the same rows in all columns', () => {
  const doubled = values.map((value) => 2 * value)
  const [once, twice] = resampledMeans([values, doubled], 50, createRandom(1))
  once.forEach((mean, at) => void expect(twice[at]).toBeCloseTo(2 * mean, 12))
  const spread = Math.sqrt(once.reduce((sum, mean) => sum + (mean - 0.255) ** 2, 0) / 50)
  // The standard error of the mean: sqrt(sum of squares / n) / sqrt(n) = 0.115.
  expect(spread).toBeGreaterThan(0.08)
  expect(spread).toBeLessThan(0.15)
})

test('runs against a reference', () => {
  const better = values.map((value, at) => value + (at < 6 ? 0.1 : at < 8 ? 0 : -0.05))
  const settings = { test: 't', level: 0.95, resamples: 1000, seed: 7 } as const
  const request = { values: [values, better, values], reference: 0, direction: 'higher', ...settings } as const
  const { runs, pairs } = compareRuns(request)
  expect(runs.map(({ mean }) => mean)).toEqual([0.255, expect.closeTo(0.305, 12), 0.255])
  expect(pairs[0]).toMatchObject({ better: 6, equal: 2, worse: 2, difference: expect.closeTo(0.05, 12) })
  // Differences of 0.1 six times, 0 twice, -0.05 twice: variance (6 x 0.0025 + 2 x 0.0025 + 2 x 0.01) / 9.
  expect(pairs[0].effect).toBeCloseTo(0.05 / Math.sqrt(0.04 / 9), 12)
  expect(pairs[0].interval.from).toBeLessThan(0.05)
  expect(pairs[0].interval.to).toBeGreaterThan(0.05)
  expect(pairs[0].corrected).toBe(2 * pairs[0].p)
  expect(pairs[1]).toMatchObject({ difference: 0, p: 1, corrected: 1, effect: null, equal: 10 })
  expect(compareRuns(request)).toEqual({ runs, pairs })
  const lower = compareRuns({ ...request, direction: 'lower' })
  expect(lower.pairs[0]).toMatchObject({ better: 2, worse: 6 })
})
