import { expect, test } from 'vitest'
import { detectableDifference, smallTest, usersNeeded } from './power'

// Cohen 1988, table 2.4.1, for matched pairs d' = d / sqrt(1 - r) enters a one-sample test: an effect of 0.2 standard
// deviations needs 199 pairs by the t distribution, 196.2 by the normal one; 0.5 needs 34 and 31.4; 0.8 needs 15 and 12.3.
test.each([
  [0.2, 197],
  [0.5, 32],
  [0.8, 13],
])('an effect of %f standard deviations needs %i users', (effect, users) => {
  expect(usersNeeded(1, effect)).toBe(users)
  expect(usersNeeded(0.25, effect * 0.25)).toBe(users)
})

test('the detectable difference is the one that so many users are needed for', () => {
  // 2.801585 x 0.2 / sqrt(943)
  expect(detectableDifference(0.2, 943)).toBeCloseTo(0.018246, 6)
  for (const users of [10, 671, 6040])
    expect(usersNeeded(0.3, detectableDifference(0.3, users) * 1.0000001)).toBe(users)
})

test('a test part warns where it cannot show the difference hoped for', () => {
  const power = { metric: 'ndcg@10', deviation: 0.2, comparisons: 0, users: 943 }
  expect(smallTest(power, 0.02)).toBe(null)
  expect(smallTest(power, 0.01)).toEqual({
    code: 'small-test',
    level: 'warn',
    // (2.801585 x 0.2 / 0.01)^2 = 3139.55
    data: { metric: 'ndcg@10', users: 943, detectable: expect.closeTo(0.018246, 6), difference: 0.01, needed: 3140 },
  })
  expect(smallTest({ ...power, users: 0 }, 0.01)).toBe(null)
})
