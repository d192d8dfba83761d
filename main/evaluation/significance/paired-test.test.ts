import { expect, test } from 'vitest'
import { createRandom } from '../../models/random'
import { holm } from './holm'
import { pairedT } from './paired-t'
import { differencesOf } from './paired-test'
import { randomisation } from './randomisation'
import { wilcoxon } from './wilcoxon'

// Numbers of SciPy 1.17.1 where nothing else is said.

/** Twelve users, three of whom both runs serve alike. */
const twelve = Float64Array.of(0.3, 0, 0.13, 0.37, 0, -0.2, 0, 0.09, 0.57, -0.37, -0.31, 0.03)
/** Sixty users with two zeros and many ties. */
const sixty = Float64Array.from({ length: 60 }, (_, at) => ((((at + 1) * 37) % 23) - 9) / 10)
const ten = Float64Array.of(0.5, -0.2, 0.9, 1.4, -0.1, 0.33, 0.71, 2.2, -0.6, 0.05)
const random = createRandom(1)

test("Student's paired t test", () => {
  // stats.ttest_1samp(differences, 0)
  expect(pairedT(twelve).statistic).toBeCloseTo(0.6450751241219955, 12)
  expect(pairedT(twelve).p).toBeCloseTo(0.5321020639506838, 12)
  expect(pairedT(sixty).p).toBeCloseTo(0.017665937873064506, 12)
  // Of 1, 2, 3: t = 2 / (1 / sqrt(3)); with 2 degrees of freedom p = 1 - t / sqrt(t^2 + 2).
  expect(pairedT(Float64Array.of(1, 2, 3)).p).toBeCloseTo(1 - Math.sqrt(12) / Math.sqrt(14), 14)
  expect(pairedT(new Float64Array(5))).toEqual({ statistic: 0, p: 1 })
  expect(pairedT(Float64Array.of(1, 1, 1))).toEqual({ statistic: Number.POSITIVE_INFINITY, p: 0 })
})

test("Wilcoxon's signed rank test, counted out", () => {
  // Ranks 1, 2, 3, all positive: 1 of 8 signs is as large, on one side.
  expect(wilcoxon(Float64Array.of(0.1, 0.2, 0.3))).toEqual({ statistic: 6, p: 2 / 8 })
  // Two equal sizes share the rank 1.5: sums of 0, 1.5, 1.5, 3.
  expect(wilcoxon(Float64Array.of(0.1, -0.1, 0))).toEqual({ statistic: 1.5, p: 1 })
  // stats.wilcoxon(differences, method='exact'), whose statistic is the smaller sum: 55 - 44.
  expect(wilcoxon(ten)).toEqual({ statistic: 44, p: 0.10546875 })
  // stats.wilcoxon(differences without zeros, method=PermutationMethod(n_resamples=inf))
  expect(wilcoxon(twelve).p).toBeCloseTo(0.59375, 14)
  expect(wilcoxon(new Float64Array(5))).toEqual({ statistic: 0, p: 1 })
})

test("Wilcoxon's signed rank test: sizes that differ by rounding alone are equal", () => {
  // Precision over ten places: one hit more, less, more, and two more. Ranks 2, 2, 2 and 4, of which 8 are positive: 4 of
  // 16 signs go as far, on each side.
  const differences = Float64Array.of(3 / 10 - 2 / 10, 0 - 1 / 10, 8 / 10 - 7 / 10, 5 / 10 - 3 / 10)
  expect(wilcoxon(differences)).toEqual({ statistic: 8, p: 8 / 16 })
})

test('values that differ by rounding alone are the same', () => {
  // The same three items in another order.
  const values = Float64Array.of((0.1 + 0.2 + 0.3) / 3, 0.25, 0)
  const reference = Float64Array.of((0.3 + 0.2 + 0.1) / 3, 0.5, 0)
  expect(differencesOf(values, reference)).toEqual(Float64Array.of(0, -0.25, 0))
})

test("Wilcoxon's signed rank test, by the normal distribution", () => {
  // stats.wilcoxon(differences, method='asymptotic', correction=True)
  expect(wilcoxon(sixty).statistic).toBe(1145.5)
  expect(wilcoxon(sixty).p).toBeCloseTo(0.024875747413353716, 12)
})

test('the randomisation test of all signs', () => {
  // 1 + 2 + 4 is reached by two of eight signs.
  expect(randomisation(Float64Array.of(1, 2, 4), 100, random)).toEqual({ statistic: 7 / 3, p: 2 / 8 })
  // stats.permutation_test((differences,), mean, permutation_type='samples', n_resamples=inf)
  expect(randomisation(twelve, 100, random).p).toBeCloseTo(0.53125, 14)
  expect(randomisation(new Float64Array(5), 100, random)).toEqual({ statistic: 0, p: 1 })
})

test('the randomisation test of random signs', () => {
  // 3000 differences of +-1: the share of signs that go as far is a binomial tail, about normal.
  const many = Float64Array.from({ length: 3000 }, (_, at) => (at < 1550 ? 1 : -1))
  const { statistic, p } = randomisation(many, 4000, random)
  expect(statistic).toBeCloseTo(100 / 3000, 14)
  // 2 x P(B >= 1550), B of 3000 halves, is 0.07067 (stats.binomtest(1550, 3000)); a share of 4000 is off by 0.004.
  expect(Math.abs(p - 0.07067)).toBeLessThan(0.02)
  expect(randomisation(many, 4000, createRandom(1)).p).toBe(p)
  expect(randomisation(many, 4000, createRandom(3)).p).not.toBe(p)
  // None of 99 random signs of twenty users goes as far as all alike.
  expect(randomisation(new Float64Array(20).fill(0.1), 99, random).p).toBe(0.01)
})

test("Holm's correction", () => {
  // Holm 1979: 0.01 x 4, 0.03 x 3, the larger of 0.04 x 2 and the one before, 0.2.
  expect(holm([0.04, 0.01, 0.2, 0.03])).toEqual([0.09, 0.04, 0.2, 0.09])
  expect(holm([0.9, 0.8])).toEqual([1, 1])
  expect(holm([])).toEqual([])
})
