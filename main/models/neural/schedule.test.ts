import { expect, test } from 'vitest'
import { scheduleOf } from './schedule'

const usual = { learning_rate: 0.1, schedule: 'constant', cycle_epochs: 0, warmup_steps: 0, epochs: 2 }
const rates = (params: object, steps: number) => {
  const { rateAt } = scheduleOf({ ...usual, ...params })
  return Array.from({ length: steps }, (_, done) => rateAt(done, 4))
}
const close = (found: number[], wanted: number[]) => {
  expect(found.length).toBe(wanted.length)
  for (const [at, value] of wanted.entries()) expect(found[at], `step ${at + 1}`).toBeCloseTo(value, 12)
}

test('a constant rate stays', () => close(rates({}, 3), [0.1, 0.1, 0.1]))

test('it rises by equal parts while it warms up', () =>
  close(rates({ warmup_steps: 4 }, 6), [0.025, 0.05, 0.075, 0.1, 0.1, 0.1]))

test('a cosine falls over all steps: 45 degrees after a quarter of them', () => {
  const half = Math.SQRT1_2
  const wanted = [1, (1 + Math.cos(Math.PI / 8)) / 2, (1 + half) / 2]
  close(
    rates({ schedule: 'cosine' }, 3),
    wanted.map((share) => 0.1 * share),
  )
  close([rates({ schedule: 'cosine' }, 5)[4]], [0.05])
})

test('a cosine with a cycle starts anew after it, however many epochs there are', () => {
  const cycle = [0.1, (0.1 * (1 + Math.SQRT1_2)) / 2, 0.05, (0.1 * (1 - Math.SQRT1_2)) / 2]
  for (const epochs of [1, 2, 30])
    close(rates({ schedule: 'cosine', cycle_epochs: 1, epochs }, 8), [...cycle, ...cycle])
})

test('warm-up and cosine are multiplied', () =>
  close(rates({ schedule: 'cosine', cycle_epochs: 1, warmup_steps: 2 }, 2), [0.05, (0.1 * (1 + Math.SQRT1_2)) / 2]))
