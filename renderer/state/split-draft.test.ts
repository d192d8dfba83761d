import { is } from 'valibot'
import { describe, expect, test } from 'vitest'
import type { Split } from '../../main/contract/experiment'
import type { DatasetRecord } from '../../main/contract/records'
import {
  draftOfSplit,
  hasTimes,
  holdsOutUsers,
  newRule,
  newSplit,
  type RuleDraft,
  ruleProblems,
  secondsOf,
  splitDraftSchema,
  splitOfDraft,
} from './split-draft'

const parts = { train: 'a', test: 'b' }
const dataset = { id: 'd', parts, profile: { firstTimestamp: 0 } } as unknown as DatasetRecord

test.each<Split>([
  { strategy: 'leave-last-out', count: 3 },
  { strategy: 'leave-one-out', validation: { strategy: 'leave-one-out' } },
  { strategy: 'random', ratio: 0.4, per: 'global' },
  { strategy: 'temporal', quantile: 0.6 },
  { strategy: 'temporal', quantile: 0.8, at: 1000 },
  { strategy: 'temporal', quantile: 0.8, at: '2020-01-31', validation: { strategy: 'temporal', quantile: 0.9 } },
  { strategy: 'user-holdout', ratio: 0.3, fold_in: 0.5, tested: 'latest' },
  { strategy: 'user-holdout', ratio: 0.1, count: 7, fold_in: 0.8, tested: 'random' },
  { strategy: 'k-fold', folds: 4, fold: 3, per: 'global' },
  { strategy: 'predefined', ...parts, validation: { strategy: 'leave-last-out', count: 2 } },
  { strategy: 'leave-last-out', count: 2, validation: { strategy: 'leave-last-out', count: 1 } },
])('a form filled with %j says the same', (split) => {
  const draft = draftOfSplit(split, dataset)
  expect(splitOfDraft(draft, dataset)).toEqual(split)
  expect([draft.test, ...(draft.validation ? [draft.validation] : [])].flatMap(ruleProblems)).toEqual([])
})

test('a recipe that drops the times leaves none to split by', () => {
  expect(hasTimes(dataset, [{ step: 'rating-filter', min: 4 }])).toBe(true)
  expect(hasTimes(dataset, [{ step: 'drop-columns', columns: ['timestamp'], items: [], users: [] }])).toBe(false)
})

describe('problems', () => {
  test.each<[Partial<RuleDraft>, ReturnType<typeof ruleProblems>]>([
    [{ strategy: 'temporal', quantile: '', cutBy: 'at', at: 5 }, []],
    [{ strategy: 'temporal', cutBy: 'at' }, [{ field: 'at', problem: { kind: 'empty' } }]],
    [{ strategy: 'user-holdout', usersBy: 'count', userShare: '' }, []],
    [
      { strategy: 'user-holdout', foldIn: 1 },
      [{ field: 'foldIn', problem: { kind: 'range', minimum: 0.01, maximum: 0.99 } }],
    ],
    [
      { strategy: 'k-fold', folds: 3, fold: 3 },
      [{ field: 'fold', problem: { kind: 'range', minimum: 0, maximum: 2 } }],
    ],
    [{ strategy: 'k-fold', folds: '', fold: 3 }, [{ field: 'folds', problem: { kind: 'empty' } }]],
  ])('of %j', (rule, problems) => {
    expect(ruleProblems({ ...newRule('random'), ...rule })).toEqual(problems)
  })
})

test('users are held out by either part, but not by a rule that files replace', () => {
  const blank = newSplit(dataset)
  const rule = newRule('user-holdout')
  expect(holdsOutUsers({ ...blank, test: rule })).toBe(false)
  expect(holdsOutUsers({ ...blank, predefined: false, test: rule })).toBe(true)
  expect(holdsOutUsers({ ...blank, validation: rule })).toBe(true)
})

test('points in time are seconds, or read from ISO texts in UTC', () => {
  expect([12, '2020-01-31', '2020-01-31T01:00:00+01:00', '', 'soon'].map(secondsOf)).toEqual([
    12,
    1_580_428_800,
    1_580_428_800,
    null,
    null,
  ])
})

test('what a workspace keeps is read again, and anything else is not', () => {
  const split = { ...newSplit(dataset), validation: newRule('k-fold') }
  expect(is(splitDraftSchema, JSON.parse(JSON.stringify(split)))).toBe(true)
  expect(is(splitDraftSchema, { ...split, test: 'leave-last-out' })).toBe(false)
  expect(is(splitDraftSchema, { ...split, test: { ...split.test, strategy: 'tomorrow' } })).toBe(false)
})
