import { expect, test } from 'vitest'
import { incompleteBeta, logGamma, normalQuantile, normalUpper, tTwoSided } from './distributions'

// Numbers of SciPy 1.17.1: special.gammaln, special.betainc, stats.t.sf, stats.norm.sf, stats.norm.ppf.

/** The share by which a number is off. */
const error = (found: number, expected: number) => Math.abs(found - expected) / Math.abs(expected)

test('the logarithm of the gamma function', () => {
  expect(logGamma(1)).toBeCloseTo(0, 13)
  expect(logGamma(5)).toBeCloseTo(Math.log(24), 13)
  expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 13)
  expect(error(logGamma(100.25), 360.28455963776423)).toBeLessThan(1e-14)
  expect(error(logGamma(70000), 710932.8772866678)).toBeLessThan(1e-14)
})

test('the incomplete beta function', () => {
  // I_x(2, 3) = 6 x^2 - 8 x^3 + 3 x^4.
  expect(incompleteBeta(0.2, 2, 3)).toBeCloseTo(0.1808, 14)
  expect(incompleteBeta(0.9, 0.5, 0.5)).toBeCloseTo(0.7951672353008665, 14)
  expect(error(incompleteBeta(0.99999, 70000, 0.5), 0.23672323576827628)).toBeLessThan(1e-8)
  expect([incompleteBeta(0, 2, 3), incompleteBeta(1, 2, 3)]).toEqual([0, 1])
})

test.each([
  [0.1, 1, 0.936548965138893],
  [2.5, 9, 0.033861827682985735],
  [-3.2, 609, 0.0014457228025257663],
  [12, 139999, 3.6887883558985916e-33],
  [40, 5, 1.8411962171772954e-7],
  [1e-3, 609, 0.9992024430437929],
])('t = %d with %d degrees of freedom', (t, degrees, expected) => {
  expect(error(tTwoSided(t, degrees), expected)).toBeLessThan(1e-8)
})

test('an infinite t', () => {
  expect(tTwoSided(Number.POSITIVE_INFINITY, 3)).toBe(0)
})

test.each([
  [0, 0.5],
  [0.5, 0.3085375387259869],
  [1.96, 0.024997895148220435],
  [2, 0.022750131948179195],
  [2.5, 0.006209665325776132],
  [6, 9.865876450376946e-10],
  [20, 2.7536241186061556e-89],
  [-1.3, 0.9031995154143897],
])('the normal distribution above %d', (z, expected) => {
  expect(error(normalUpper(z), expected)).toBeLessThan(1e-13)
})

test('the quantiles of the normal distribution', () => {
  expect(normalQuantile(0.5)).toBeCloseTo(0, 14)
  expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 12)
  expect(normalQuantile(0.3)).toBeCloseTo(-0.5244005127080409, 12)
  expect(normalQuantile(1e-12)).toBeCloseTo(-7.034483825301131, 12)
  expect([normalQuantile(0), normalQuantile(1)]).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY])
})
