import { expect, test } from 'vitest'
import type { StudyRecord, TrialRecord } from '../contract/tuning'
import type { Search } from '../tuning/next-step'
import { progressOf } from './study-clock'

const shares = [1 / 9, 1 / 3, 1]

/** Of a study of nine trials of one model. */
function fractionOf(rungs: number[], trials: Partial<TrialRecord>[]): number | null {
  const study = { settings: { budget: { trials: 9 }, objectives: ['ndcg@10'] }, best: [] } as unknown as StudyRecord
  const search = { models: [{ space: { model: 'ials' }, rungs }] } as unknown as Search
  const whole = trials.map((trial) => ({ model: 'ials', state: 'waiting', ...trial }) as TrialRecord)
  return progressOf(study, search, whole, { seconds: () => 1 }).fraction
}

const judged = (...rungs: number[]) => ({ rungs: rungs.map((share) => ({ share })) }) as Partial<TrialRecord>

test('with halving a study is done once the best trials are trained whole, not once all have begun', () => {
  // Of nine trials nine are trained to a ninth, three to a third and one whole: three whole trainings.
  const begun = Array.from({ length: 9 }, () => judged(shares[0]))
  expect(fractionOf(shares, begun)).toBeCloseTo(1 / 3, 12)
  const climbed = begun.map((trial, at) => (at < 3 ? judged(shares[0], shares[1]) : trial))
  expect(fractionOf(shares, climbed)).toBeCloseTo(2 / 3, 12)
  const whole = climbed.map((trial, at) => (at === 0 ? { ...judged(...shares), state: 'done' as const } : trial))
  expect(fractionOf(shares, whole)).toBeCloseTo(1, 12)
  // A fourth one climbs, since it was among the best third for a while.
  const more = whole.map((trial, at) => (at === 4 ? { ...trial, state: 'running' as const } : trial))
  expect(fractionOf(shares, more)).toBeCloseTo(3 / (3 + 1 / 3), 12)
})

test('without halving each trial is as much, one that failed included', () => {
  const trials = [
    { ...judged(1), state: 'done' },
    { rungs: [], state: 'failed' },
    { rungs: [], state: 'running' },
  ]
  expect(fractionOf([1], trials as Partial<TrialRecord>[])).toBeCloseTo(2 / 9, 12)
})
