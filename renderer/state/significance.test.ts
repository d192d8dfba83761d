import { expect, test } from 'vitest'
import type { RunRecord } from '../../main/contract/records'
import { createFormat } from '../locales/format'
import { comparedRuns, pText, signed, verdictOf, willBeComparable } from './significance'

const format = createFormat('en')

test('what a test did not find is neither better nor worse', () => {
  const pair = (difference: number, corrected: number) => ({ difference, corrected })
  expect(verdictOf(pair(0.1, 0.049), 'higher', 0.95)).toBe('better')
  expect(verdictOf(pair(-0.1, 0.049), 'higher', 0.95)).toBe('worse')
  expect(verdictOf(pair(-0.1, 0.049), 'lower', 0.95)).toBe('better')
  expect(verdictOf(pair(0.1, 0.051), 'higher', 0.95)).toBe('unsure')
  expect(verdictOf(pair(0.1, Number.NaN), 'higher', 0.95)).toBe('unsure')
})

test('the reference and the best of the others are compared', () => {
  const run = (id: string, value?: number) =>
    ({ id, metrics: value === undefined ? {} : { rmse: value } }) as unknown as RunRecord
  const runs = [run('a', 3), run('b', 1), run('c', 2), run('d')]
  expect(comparedRuns(runs, 'a', 'rmse', true)).toEqual(['a', 'b', 'c'])
  expect(comparedRuns(runs, 'b', 'rmse', false)).toEqual(['b', 'a', 'c'])
  const many = Array.from({ length: 40 }, (_, at) => run(`${at}`, at))
  expect(comparedRuns(many, '0', 'rmse', false)).toEqual(['0', ...Array.from({ length: 15 }, (_, at) => `${39 - at}`)])
})

test('which runs are judged on the same users in the same way is told by settings until their data is prepared', () => {
  const settings = { datasetId: 'd', clean: [], split: { strategy: 'leave_last' }, prepared: null }
  const evaluation = { candidates: 'all', exclude_seen: true }
  const run = (changed: object, judged: object = {}) =>
    ({ ...settings, ...changed, evaluation: { ...evaluation, ...judged } }) as unknown as RunRecord
  const finished = run({ prepared: 'p' })
  expect(willBeComparable(run({}), finished)).toBe(true)
  expect(willBeComparable(run({ prepared: 'p' }), finished)).toBe(true)
  expect(willBeComparable(run({ prepared: 'q' }), finished)).toBe(false)
  expect(willBeComparable(run({ split: { strategy: 'random' } }), finished)).toBe(false)
  expect(willBeComparable(run({ clean: [{ step: 'core' }] }), finished)).toBe(false)
  expect(willBeComparable(run({ datasetId: 'e' }), finished)).toBe(false)
  expect(willBeComparable(run({}, { exclude_seen: false }), finished)).toBe(false)
  expect(willBeComparable(run({}, { candidates: { sampled: 100 } }), finished)).toBe(false)
})

test('differences have a sign, and small p-values an end', () => {
  expect([0.012, -0.012, 0].map((value) => signed(value, format))).toEqual(['+0.0120', '-0.0120', '0.0000'])
  expect([0.00009, 0.0312].map((p) => pText(p, format))).toEqual(['< 0.0001', '0.0312'])
})
