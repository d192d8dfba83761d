import type { SplitPower, SplitWarning } from './split-preview'

/** The difference that is looked for where nobody has said another. */
export const usualDifference = 0.01

/** Quantiles of the normal distribution: two-sided level 0.05, power 0.8. */
const quantiles = 1.959964 + 0.841621

/**
 * The smallest mean difference that a paired test over `users` users finds four times out of five, at a two-sided level
 * of 0.05: (z_0.975 + z_0.8) x deviation / sqrt(users). `deviation` is that of the differences of single users (Cohen
 * 1988, Statistical power analysis for the behavioral sciences; normal approximation).
 */
export function detectableDifference(deviation: number, users: number): number {
  return (quantiles * deviation) / Math.sqrt(users)
}

/** Users that it takes to find `difference` with the same level and power. */
export function usersNeeded(deviation: number, difference: number): number {
  return Math.ceil(((quantiles * deviation) / difference) ** 2)
}

/** A warning where the test part is too small for the difference hoped for. */
export function smallTest({ deviation, users, metric }: SplitPower, difference: number): SplitWarning | null {
  const detectable = detectableDifference(deviation, users)
  if (users === 0 || detectable <= difference) return null
  const data = { metric, users, detectable, difference, needed: usersNeeded(deviation, difference) }
  return { code: 'small-test', level: 'warn', data }
}
