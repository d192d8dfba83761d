import { describe, expect, test } from 'vitest'
import type { Evaluation, Split } from '../../contract/experiment'
import type { SplitCounts } from '../../contract/records'
import type { SplitPicture } from '../../contract/split-preview'
import { warningsOf } from './warnings'

const counts: SplitCounts = {
  train: { interactions: 900, users: 100, items: 50 },
  foldIn: null,
  validation: null,
  test: { interactions: 100, users: 100, items: 40 },
  coldUsers: 0,
  coldItems: 0,
  clean: [],
}
const span = { first: 0, last: 1000 }
const picture: SplitPicture = {
  timeline: { from: 0, to: 1000, counts: { train: [900], 'fold-in': [0], validation: [0], test: [100] } },
  spans: { train: span, 'fold-in': null, validation: null, test: span },
  cuts: [],
  overlap: [],
  testSizes: [],
  usersWithoutTest: 0,
  repeatedAcross: 0,
  beforeLastTraining: 0,
  tied: 0,
}
const split: Split = { strategy: 'leave-last-out', count: 1 }
const evaluation: Evaluation = { candidates: 'all', exclude_seen: true, cutoffs: [10], metrics: ['ndcg'] }
const clean = { counts, picture, split, evaluation }
type Change = Partial<{
  counts: Partial<SplitCounts>
  picture: Partial<SplitPicture>
  split: Split
  evaluation: Partial<Evaluation>
}>
const warned = (change: Change) =>
  warningsOf({
    counts: { ...counts, ...change.counts },
    picture: { ...picture, ...change.picture },
    split: change.split ?? split,
    evaluation: { ...evaluation, ...change.evaluation },
  })

test('a clean split has no warning', () => {
  expect(warningsOf(clean)).toEqual([])
})

describe('each has its data, and its level by a limit', () => {
  test.each<[string, Change, ReturnType<typeof warned>[number]]>([
    [
      'much of the future',
      { picture: { beforeLastTraining: 93 } },
      { code: 'future-leak', level: 'warn', data: { found: 93, share: 0.93, last: 1000 } },
    ],
    [
      'a little of it',
      { picture: { beforeLastTraining: 1 } },
      { code: 'future-leak', level: 'info', data: { found: 1, share: 0.01, last: 1000 } },
    ],
    [
      'repeated pairs',
      { picture: { repeatedAcross: 5 } },
      { code: 'repeated-across', level: 'warn', data: { found: 5, share: 0.05 } },
    ],
    [
      'repeats that may be listed',
      { picture: { repeatedAcross: 5 }, evaluation: { exclude_seen: false } },
      { code: 'repeated-across', level: 'info', data: { found: 5, share: 0.05 } },
    ],
    [
      'files that overlap',
      { picture: { repeatedAcross: 7 }, split: { strategy: 'predefined', train: 'a', test: 'b' } },
      { code: 'parts-overlap', level: 'warn', data: { found: 7, share: 0.07 } },
    ],
    [
      'many cold users',
      { counts: { coldUsers: 11 } },
      { code: 'cold-users', level: 'warn', data: { found: 11, share: 0.11 } },
    ],
    [
      'a tenth of cold items',
      { counts: { coldItems: 4 } },
      { code: 'cold-items', level: 'info', data: { found: 4, share: 0.1 } },
    ],
    [
      'many cold items',
      { counts: { coldItems: 5 } },
      { code: 'cold-items', level: 'warn', data: { found: 5, share: 0.125 } },
    ],
    [
      'users without test',
      { picture: { usersWithoutTest: 25 } },
      { code: 'users-without-test', level: 'info', data: { found: 25, share: 0.2, users: 125 } },
    ],
    [
      'most users without test',
      { picture: { usersWithoutTest: 300 } },
      { code: 'users-without-test', level: 'warn', data: { found: 300, share: 0.75, users: 400 } },
    ],
    ['ties', { picture: { tied: 11 } }, { code: 'tied-times', level: 'warn', data: { found: 11, share: 0.11 } }],
    [
      'sampled candidates',
      { evaluation: { candidates: { sampled: 99 } } },
      { code: 'sampled-candidates', level: 'warn', data: { sampled: 99 } },
    ],
    [
      'no times',
      { picture: { timeline: null, spans: { ...picture.spans, train: null }, beforeLastTraining: null, tied: null } },
      { code: 'no-order', level: 'info', data: {} },
    ],
  ])('%s', (_, change, warning) => {
    expect(warned(change)).toEqual([warning])
  })
})

test('what lies in the nature of a split is no warning', () => {
  const holdout: Split = { strategy: 'user-holdout', ratio: 0.1, fold_in: 0.8, tested: 'random' }
  expect(warned({ picture: { usersWithoutTest: 900, tied: 90 }, split: holdout })).toEqual([])
})

test('an empty part blocks, and nothing else is said', () => {
  const empty = { interactions: 0, users: 0, items: 0 }
  expect(warned({ counts: { test: empty }, picture: { beforeLastTraining: 5 } })).toEqual([
    { code: 'empty-part', level: 'block', data: { part: 'test' } },
  ])
})

test('the gravest come first', () => {
  const found = warned({ counts: { coldItems: 1 }, picture: { usersWithoutTest: 1, beforeLastTraining: 90, tied: 50 } })
  expect(found.map(({ code, level }) => `${level} ${code}`)).toEqual([
    'warn future-leak',
    'warn tied-times',
    'info cold-items',
    'info users-without-test',
  ])
})
