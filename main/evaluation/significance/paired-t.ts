import { tTwoSided } from './distributions'
import { momentsOf } from './moments'
import type { TestResult } from './test'

/**
 * Student's paired t test: t = mean of the differences / (s / sqrt(n)), s their standard deviation, with n - 1 degrees
 * of freedom, on both sides (Student 1908, The probable error of a mean). Of n users, 2 or more.
 */
export function pairedT(differences: Float64Array): TestResult {
  const { mean, deviation, count } = momentsOf(differences)
  if (mean === 0) return { statistic: 0, p: 1 }
  const t = mean / (deviation / Math.sqrt(count))
  return { statistic: t, p: tTwoSided(t, count - 1) }
}
